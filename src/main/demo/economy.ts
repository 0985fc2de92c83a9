import { bankDaysBetween } from "../../market/calendar.ts";
import { addDays, dayNumber, type IsoDay } from "../../money/day.ts";
import { randomOf } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The made-up economy that the demo's prices move in: one return a session for each common factor, the CDI
 * and inflation. Everything is drawn in the order of time from `seed` and `start` alone, so that a later
 * `today` only adds to it. Doubles are right here: prices are being invented, and are exact once written.
 */
export interface Economy {
  /** One entry a session; the first is 0 where a factor moves. */
  readonly factors: readonly Factors[];
  /** CDI in 10^-6 percent a day, one a bank day. */
  readonly cdi: readonly { readonly day: IsoDay; readonly percentE6: number }[];
  /** Inflation in 10^-2 percent of each published month, dated its first day as the Banco Central does. */
  readonly ipca: readonly { readonly day: IsoDay; readonly percentE2: number; readonly published: IsoDay }[];
}

export interface Factors {
  readonly market: number;
  readonly abroad: number;
  readonly dollar: number;
  readonly crypto: number;
  /** Real yield a year, and its change in the session. */
  readonly realYield: number;
  readonly yieldChange: number;
  /** What the CDI accrued since the session before. */
  readonly cdi: number;
}

const SESSIONS_A_YEAR = 252;
const REAL_YIELD = { start: 0.069, centre: 0.073, pull: 0.01, deviation: 0.0006 };
/**
 * Part of its distance from its trend that a level makes good each session: half of it in four months. It keeps
 * the prices of a demo believable whatever its seed, and however long it has been extended.
 */
const PULL = 0.008;
const COPOM_DAYS = 45;
/** Percent a year: where the CDI starts, and the band the demo keeps it in. */
const CDI = { start: 14.4, low: 13.9, high: 14.9, step: 0.25 };
/** Inflation of a month is published on this day of the next one. */
const IPCA_DAY = "10";

export function economyOf(options: {
  readonly seed: string | number;
  readonly start: IsoDay;
  readonly today: IsoDay;
  readonly timeline: Timeline;
}): Economy {
  const { seed, start, today, timeline } = options;
  const cdi = cdiOf(seed, start, today);
  return { factors: factorsOf(seed, timeline, cdi), cdi, ipca: ipcaOf(seed, today, timeline) };
}

function cdiOf(seed: string | number, start: IsoDay, today: IsoDay): Economy["cdi"] {
  const random = randomOf(seed, "cdi");
  let yearly = CDI.start;
  let meeting = dayNumber(start) + COPOM_DAYS;
  return bankDaysBetween(start, addDays(today, 1)).map((day) => {
    if (dayNumber(day) >= meeting) {
      const moved = yearly + CDI.step * random.whole(-1, 1);
      yearly = Math.min(CDI.high, Math.max(CDI.low, moved));
      meeting += COPOM_DAYS;
    }
    const daily = (1 + yearly / 100) ** (1 / SESSIONS_A_YEAR) - 1;
    return { day, percentE6: Math.round(daily * 100 * 1e6) };
  });
}

function ipcaOf(seed: string | number, today: IsoDay, timeline: Timeline): Economy["ipca"] {
  return timeline.months
    .map(({ key }, index) => ({
      day: `${key}-01`,
      percentE2: randomOf(seed, "ipca", key).whole(20, 60),
      published: `${timeline.months[index + 1]?.key ?? "9999-12"}-${IPCA_DAY}`,
    }))
    .filter(({ published }) => published <= today);
}

function factorsOf(seed: string | number, timeline: Timeline, cdi: Economy["cdi"]): Factors[] {
  const random = randomOf(seed, "factors");
  const accrual = accruals(timeline, cdi);
  const pulled = { market: tethered(), abroad: tethered(), dollar: tethered(), crypto: tethered() };
  let realYield = REAL_YIELD.start;
  return timeline.sessions.map((_, index) => {
    const shock = shocksOf({
      common: random.normal(),
      world: random.normal(),
      market: random.normal(),
      dollar: random.normal(),
      crypto: random.normal(),
      rates: random.normal(),
    });
    // A day's fear: now and then all shares move more than they usually do.
    const stress = random.chance(0.02) ? 2 : 1;
    if (index === 0) return { market: 0, abroad: 0, dollar: 0, crypto: 0, yieldChange: 0, realYield, cdi: 0 };
    const yieldChange = REAL_YIELD.pull * (REAL_YIELD.centre - realYield) + shock.rates;
    realYield += yieldChange;
    return {
      market: pulled.market(shock.market * stress),
      abroad: pulled.abroad(shock.abroad * stress),
      dollar: pulled.dollar(shock.dollar),
      crypto: pulled.crypto(shock.crypto),
      yieldChange,
      realYield,
      cdi: accrual[index] ?? 0,
    };
  });
}

/** A session's shocks: what is good for Brazil is good for its shares, and bad for the dollar and for yields. */
function shocksOf(
  draw: Readonly<Record<"common" | "world" | "market" | "dollar" | "crypto" | "rates", number>>,
) {
  const { common, world } = draw;
  return {
    market: 0.0095 * (0.85 * common + 0.35 * world + 0.4 * draw.market),
    abroad: 0.0088 * (0.95 * world + 0.3 * common),
    dollar: 0.0075 * (0.85 * draw.dollar - 0.5 * common),
    crypto: 0.026 * (0.85 * draw.crypto + 0.5 * world),
    rates: REAL_YIELD.deviation * (0.9 * draw.rates - 0.4 * common),
  };
}

/** Turns shocks into moves of a level that is drawn back to its trend. */
export function tethered(): (shock: number) => number {
  let distance = 0;
  return (shock) => {
    const move = shock - PULL * distance;
    distance += move;
    return move;
  };
}

/** What the CDI accrued into each session: the rate of a bank day accrues from it to the next one. */
function accruals(timeline: Timeline, cdi: Economy["cdi"]): number[] {
  let at = 0;
  return timeline.sessions.map((session) => {
    let factor = 1;
    for (let rate = cdi[at]; rate !== undefined && rate.day < session; rate = cdi[++at]) {
      factor *= 1 + rate.percentE6 / 1e8;
    }
    return factor - 1;
  });
}
