/** Money on a day number: what the investor pays is negative, what he receives (or holds at the end) positive. */
export interface DatedFlow {
  readonly day: number;
  readonly amount: number;
}

export type Xirr = { readonly rate: number } | { readonly reason: "no_sign_change" | "no_root" };

const DAYS_PER_YEAR = 365;
/** Bounds of the search: together at most 200 evaluations of the present value. */
const MAX_SCAN_STEPS = 60;
const MAX_BISECTIONS = 80;
/** The first step of the scan away from a return of 0, in log return over the whole span, and its growth. */
const FIRST_STEP = 0.05;
const STEP_GROWTH = 1.12;

/**
 * The internal rate of return of dated flows, actual/365 (docs/money.md, rule 9): the rate at which
 * the sum of amount / (1 + rate)^(days / 365) is zero, as a fraction a year.
 *
 * The search runs over v = ln(1 + rate) x years of the whole span, which makes a span of three days as well
 * conditioned as one of thirty years: outwards from v = 0 in growing steps until the present value changes its
 * sign, then bisection. Where flows change their sign more than once there can be several roots;
 * the one nearest to a return of zero is taken.
 *
 * @returns `no_sign_change` where nothing was paid or nothing received, `no_root` where no rate fits,
 * for example because all flows are of one day.
 */
export function xirr(flows: readonly DatedFlow[]): Xirr {
  if (!flows.some((flow) => flow.amount > 0) || !flows.some((flow) => flow.amount < 0)) {
    return { reason: "no_sign_change" };
  }
  const first = flows.reduce((day, flow) => Math.min(day, flow.day), Number.POSITIVE_INFINITY);
  const span = flows.reduce((days, flow) => Math.max(days, flow.day - first), 0);
  if (span === 0) return { reason: "no_root" };
  const root = nearestRoot((v) =>
    flows.reduce((total, flow) => total + flow.amount * Math.exp((-v * (flow.day - first)) / span), 0),
  );
  if (root === null) return { reason: "no_root" };
  const rate = Math.expm1((root * DAYS_PER_YEAR) / span);
  return Number.isFinite(rate) ? { rate } : { reason: "no_root" };
}

interface Point {
  readonly at: number;
  readonly value: number;
}

function nearestRoot(value: (v: number) => number): number | null {
  const start = { at: 0, value: value(0) };
  if (start.value === 0) return 0;
  let upper: Point = start;
  let lower: Point = start;
  let step = FIRST_STEP;
  for (let i = 0; i < MAX_SCAN_STEPS; i++) {
    const above = { at: upper.at + step, value: value(upper.at + step) };
    if (above.value > 0 !== upper.value > 0) return bisect(value, upper, above);
    const below = { at: lower.at - step, value: value(lower.at - step) };
    if (below.value > 0 !== lower.value > 0) return bisect(value, lower, below);
    upper = above;
    lower = below;
    step *= STEP_GROWTH;
  }
  return null;
}

/** Halves a bracket whose ends have values of different sign until it is as narrow as doubles can tell apart. */
function bisect(value: (v: number) => number, from: Point, to: Point): number {
  let inside = from.at;
  let outside = to.at;
  for (let i = 0; i < MAX_BISECTIONS; i++) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) break;
    if (value(middle) > 0 === from.value > 0) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
