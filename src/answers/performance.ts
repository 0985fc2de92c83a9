import { dayNumber, type IsoDay } from "../money/day.ts";
import { Decimal, sum } from "../money/decimal.ts";
import { type DatedFlow, xirr } from "../portfolio/xirr.ts";
import type { Benchmark } from "../questions/question.ts";
import type { PerformanceData, PeriodInfo, SeriesPoint, SourceNote } from "./answer.ts";
import type { BriefingReturn } from "./briefing-data.ts";
import type { History, Session } from "./history.ts";
import { BENCHMARKS, type IndexLevels } from "./levels.ts";
import { percentChange, percentOf, percentOfDouble } from "./percent.ts";
import type { Closes } from "./period.ts";
import type { ClientBook } from "./positions.ts";

/** A chart shows no more points than this; longer series are thinned. */
const POINTS_MAX = 520;

const ONE = Decimal.of(1);

/** A stretch of a client's history: the close it starts from, and the sessions whose returns it is made of. */
interface Stretch {
  readonly period: PeriodInfo;
  /** Index and value at the base; 1 and 0 where the period starts with the client. */
  readonly opening: { readonly index: Decimal; readonly value: Decimal };
  /** The base's close, where there is one: a point of the chart. */
  readonly base: Session | null;
  readonly sessions: readonly Session[];
}

/** What a performance is worked out from. */
export interface PerformanceInput {
  readonly book: ClientBook;
  /** Sessions from the base (or the client's first) to the end. */
  readonly history: History;
  readonly closes: Closes;
  readonly levels: IndexLevels;
  readonly benchmark: Benchmark;
}

type ReturnInput = Pick<PerformanceInput, "history" | "closes" | "levels">;

/** A client's return, gain and benchmarks over a period (docs/money.md, rules 7 to 11). */
export function performanceOf(input: PerformanceInput): PerformanceData {
  const { book, levels, benchmark } = input;
  const stretch = stretchOf(input);
  const { period, twrPercent: twr, series, ...returned } = returnOn(stretch, levels);
  const ipca = levels.ipca(period);
  const returns = {
    CDI: returned.cdiPercent,
    IBOV: returned.ibovPercent,
    IPCA: ipca?.percent ?? null,
  };
  const against = returns[benchmark];
  return {
    client: book.client,
    clientName: book.clientName,
    baseCurrency: book.baseCurrency,
    period,
    twrPercent: twr,
    ...returned,
    xirrPercent: xirrOf(stretch, input.history.controlsCash),
    benchmark,
    benchmarkPercent: against,
    differencePercent: twr === null || against === null ? null : twr.minus(against),
    ipcaPercent: returns.IPCA,
    ipcaThrough: ipca?.through ?? null,
    gain: gainOf(stretch.sessions),
    series,
  };
}

/** The return alone, of one client's history or of a whole book's, beside CDI and IBOV. */
export function returnOf(input: ReturnInput): BriefingReturn & Pick<PerformanceData, "series"> {
  return returnOn(stretchOf(input), input.levels);
}

function returnOn(stretch: Stretch, levels: IndexLevels): ReturnType<typeof returnOf> {
  const { period } = stretch;
  const index = indexOf(stretch);
  return {
    period,
    twrPercent: index === null ? null : percentChange(index),
    skippedSessions: stretch.sessions.filter(({ skipped }) => skipped).length,
    percentOfCdi: percentOfCdi(index, {
      from: levels.at("CDI", period.from),
      to: levels.at("CDI", period.to),
    }),
    cdiPercent: levels.percent("CDI", period),
    ibovPercent: levels.percent("IBOV", period),
    series: seriesOf(stretch, levels),
  };
}

/** The linked index at both ends; null where no session of the period had capital to return on (rule 7). */
function indexOf({ opening, sessions }: Stretch): { readonly from: Decimal; readonly to: Decimal } | null {
  const last = sessions.at(-1);
  if (last === undefined || sessions.every(({ skipped }) => skipped)) return null;
  return { from: opening.index, to: last.index };
}

/** TWR / CDI in one division, so that neither is rounded before it; only where CDI > 0 (rule 11). */
function percentOfCdi(
  index: { readonly from: Decimal; readonly to: Decimal } | null,
  cdi: { readonly from: Decimal | null; readonly to: Decimal | null },
): Decimal | null {
  if (index === null || index.from.sign() <= 0 || cdi.from === null || cdi.to === null) return null;
  const given = cdi.to.minus(cdi.from);
  if (cdi.from.sign() <= 0 || given.sign() <= 0) return null;
  return percentOf(index.to.minus(index.from).times(cdi.from), given.times(index.from));
}

/** The sources of the indices that a performance was compared with. */
export function benchmarkNotes(levels: IndexLevels, to: IsoDay): readonly SourceNote[] {
  return BENCHMARKS.flatMap((index) => levels.note(index, to) ?? []);
}

/** A period that starts before the client does starts with the first session, that session's return included. */
function stretchOf({ history, closes: { kind, base, to } }: ReturnInput): Stretch {
  const { firstDate } = history;
  const sessions = history.sessions.filter(({ date }) => date <= to);
  const start = base === null ? undefined : sessions.find(({ date }) => date === base);
  if (base !== null && start !== undefined) {
    const period = { kind, from: base, to, shortened: false };
    return { period, opening: start, base: start, sessions: sessions.filter(({ date }) => date > base) };
  }
  const opening = { index: ONE, value: Decimal.ZERO };
  if (firstDate === null || firstDate > to || (base !== null && firstDate <= base)) {
    // Nothing happened between these closes: the client came later, or the period has not begun.
    return { period: { kind, from: base ?? to, to, shortened: false }, opening, base: null, sessions: [] };
  }
  return { period: { kind, from: firstDate, to, shortened: base !== null }, opening, base: null, sessions };
}

/** price + income + currency - fees = total, summed from daily splits; fees as a positive amount (rule 10). */
function gainOf(sessions: readonly Session[]): PerformanceData["gain"] {
  const price = sum(sessions.map((session) => session.priceGain));
  const income = sum(sessions.map((session) => session.income));
  const currency = sum(sessions.map((session) => session.currencyGain));
  const fees = sum(sessions.map((session) => session.fees));
  return { price, income, currency, fees, total: price.plus(income).plus(currency).minus(fees) };
}

/** What was there and what came in is paid, what went out, income paid out and the end value are received. */
function xirrOf({ period, opening, sessions }: Stretch, controlsCash: boolean): Decimal | null {
  const last = sessions.at(-1);
  if (last === undefined) return null;
  const flows: DatedFlow[] = [{ day: dayNumber(period.from), amount: -opening.value.toNumber() }];
  for (const { date, flow, income } of sessions) {
    const received = controlsCash ? flow.negated() : income.minus(flow);
    if (received.sign() !== 0) flows.push({ day: dayNumber(date), amount: received.toNumber() });
  }
  flows.push({ day: dayNumber(last.date), amount: last.value.toNumber() });
  const result = xirr(flows);
  return "rate" in result ? percentOfDouble(result.rate) : null;
}

/** Percent since the base, one point a session. */
function seriesOf(stretch: Stretch, levels: IndexLevels): readonly SeriesPoint[] {
  const { period, opening, base, sessions } = stretch;
  const returns = indexOf(stretch) !== null;
  return thinned(base === null ? sessions : [base, ...sessions]).map(({ date, value, index }) => ({
    date,
    portfolio: returns ? percentChange({ from: opening.index, to: index }) : null,
    cdi: levels.percent("CDI", { from: period.from, to: date }),
    ibov: levels.percent("IBOV", { from: period.from, to: date }),
    value,
  }));
}

/** At most POINTS_MAX of them, evenly spaced, with the first and the last. */
function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= POINTS_MAX) return points;
  const step = (points.length - 1) / (POINTS_MAX - 1);
  return Array.from({ length: POINTS_MAX }, (_, place) => points[Math.round(place * step)]).filter(
    (point): point is T => point !== undefined,
  );
}
