import { bankDaysBetween, previousSession, sessionOnOrBefore } from "../market/calendar.ts";
import type { InstrumentClass } from "../market/classes.ts";
import { marketOf, openSince } from "../market/hours.ts";
import { isB3Class } from "../market/instruments.ts";
import { addDays, type IsoDay } from "../money/day.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { SourceNote, StaleNote } from "./answer.ts";
import type { AnswerContext, Basis, DaySession } from "./context.ts";
import { isOpen, type Position, type Priced, pricedOf, type Rated, ratedOf } from "./positions.ts";
import { count, text } from "./rows.ts";

/** Prices of deposits and funds come late; older than this many business days, and any price that old, is stale. */
const OLD_AFTER_DAYS = 5;

/** Classes with a price every session: one from before the last session is stale. */
const TRADED: ReadonlySet<string> = new Set(["acao_exterior", "cripto", "tesouro"]);

/** A curve is known a bank day after the rate that it accrues by; one that is behind by more lacks its index. */
const CURVE_AFTER_DAYS = 2;

/** Kinds of price that have a day of their own. */
const DATED: ReadonlySet<Priced["priceKind"]> = new Set(["quote", "curve"]);

/** The name of the client's own last trade as a source of prices. */
export const OPERATION_SOURCE = "operacao";

/** As of when a portfolio's figures are, whose prices they rest on, and which of those are old or missing. */
export function basisOf(positions: readonly Position[], context: AnswerContext): Basis {
  const open = positions.filter(isOpen);
  const basis = basisOfPrices(open, context);
  return { ...basis, stale: [...basis.stale, ...missingRates(open)] };
}

/** The same for the rows of a whole book, one an instrument. */
export function basisOfBook(rows: readonly Row[], context: AnswerContext): Basis {
  const held = rows.filter((row) => count(row, "holders") > 0);
  return basisOfPrices(
    held.map((row) => ({ ...pricedOf(row, text(row, "instrument_id")), ...ratedOf(row) })),
    context,
  );
}

function basisOfPrices(priced: readonly (Priced & Rated)[], context: AnswerContext): Basis {
  return {
    asOf: newest(
      priced.map(({ priceKind, priceAt, priceDate }) =>
        DATED.has(priceKind) ? (priceAt ?? priceDate) : null,
      ),
    ),
    sources: [...priceSources(priced), ...rateSources(priced)],
    stale: staleOf(priced, context),
    session: sessionOf(priced, context),
  };
}

/** Around the clock: what trades so has a price of today while nothing else has, and does not make it a session. */
const ENDLESS: ReadonlySet<string> = new Set(["cripto", "cambio"]);

/**
 * Which session a change of the day is of: on a Monday before the opening, on a holiday, or while a source is silent it is another
 * day's, or each market's own, and is called so. What has no price of its market's newest session does not move.
 */
function sessionOf(priced: readonly Priced[], { today, asOf }: AnswerContext): DaySession {
  const moving = priced.flatMap(({ priceKind, priceDate, marketNewest, class: kind }) =>
    priceKind === "quote" &&
    priceDate !== null &&
    priceDate >= (marketNewest ?? asOf ?? priceDate) &&
    priceDate >= (asOf ?? priceDate)
      ? [{ kind, day: priceDate }]
      : [],
  );
  const sessions = moving.filter(({ kind }) => !ENDLESS.has(kind));
  const days = new Set((sessions.length > 0 ? sessions : moving).map(({ day }) => day));
  const [day, ...others] = days;
  if (day === undefined || (others.length === 0 && day >= today)) return null;
  return others.length > 0 ? "several" : day;
}

/** The same for one price, of a quote or of the holders' asset. */
export function basisOfPrice(priced: Priced, context: AnswerContext): Basis {
  return {
    asOf: DATED.has(priced.priceKind) ? (priced.priceAt ?? priced.priceDate) : null,
    sources: priceSources([priced]),
    stale: staleOf([priced], context),
    session: sessionOf([priced], context),
  };
}

/** Of what was read at a past close: whether its prices were late by now says nothing. */
export function closedOn(to: IsoDay, basis: Basis): Basis {
  return { asOf: to, sources: basis.sources, stale: [] };
}

/** Of what rests on the client's operations to the end of a day, and on no price. */
export function basisOfOperations(to: IsoDay): Basis {
  const note = { source: OPERATION_SOURCE, of: "operations", at: to, delayMinutes: null };
  return { asOf: to, sources: [note], stale: [] };
}

/** The latest of days and instants: ISO text sorts by time, a day before its instants. */
export function newest(times: readonly (string | null)[]): string | null {
  return times.reduce<string | null>(
    (latest, time) => (time !== null && (latest === null || time > latest) ? time : latest),
    null,
  );
}

/** What is older than it should be, late, or missing. */
export function staleOf(
  priced: readonly Priced[],
  context: Pick<AnswerContext, "today" | "past" | "asOf" | "now" | "hours">,
): readonly StaleNote[] {
  const limits = limitsOf(context);
  return priced.flatMap((one): readonly StaleNote[] => {
    const { asset, priceKind, priceDate } = one;
    if (priceKind === "cash") return [];
    if (priceKind === "none") return [{ asset, priceAt: null, reason: "missing" }];
    if (priceKind === "operation") return [{ asset, priceAt: one.tradeDay, reason: "operation_price" }];
    if (priceDate !== null && priceDate < oldestFresh(one, limits)) {
      return [{ asset, priceAt: priceDate, reason: "old" }];
    }
    return isLate(one, context) ? [{ asset, priceAt: one.priceAt ?? priceDate, reason: "late" }] : [];
  });
}

/** Sources of live prices: one that was silent for long while the market trades is late, whatever it last said. */
const LIVE_SOURCES: ReadonlySet<string> = new Set(["yahoo"]);
/** Quotes come every minute, a quarter of an hour late at the most. */
const LATE_AFTER_MS = 20 * 60_000;

/** Whether the market trades and the source has not told the price for a while, be it the same as before. */
function isLate(
  { class: kind, source, capturedAt }: Priced,
  { now, hours, past }: Pick<AnswerContext, "now" | "hours" | "past">,
): boolean {
  if (past || source === null || !LIVE_SOURCES.has(source) || capturedAt === null) return false;
  const market = marketOf(kind as InstrumentClass, kind === "acao_exterior" ? "USD" : "BRL");
  const since = market === null ? null : openSince(market, now, hours);
  if (since === null) return false;
  return now.getTime() - Math.max(since.getTime(), Date.parse(capturedAt)) > LATE_AFTER_MS;
}

interface Limits {
  /** Day before which any price is old. */
  readonly any: IsoDay;
  readonly curve: IsoDay;
  /** The last session that must have closed by now; what trades on B3 has a price of it. */
  readonly lastSession: IsoDay;
  readonly asOf: IsoDay;
}

function limitsOf({ today, past, asOf }: Pick<AnswerContext, "today" | "past" | "asOf">): Limits {
  // Closes of a past day are all in; today's session may still be running.
  const lastSession = past ? sessionOnOrBefore(today) : previousSession(today);
  const days = bankDaysBetween(addDays(today, -3 * OLD_AFTER_DAYS), today);
  const daysAgo = (count: number): IsoDay => days[days.length - count] ?? today;
  return {
    any: daysAgo(OLD_AFTER_DAYS),
    curve: daysAgo(CURVE_AFTER_DAYS),
    lastSession,
    asOf: asOf ?? lastSession,
  };
}

function oldestFresh({ class: kind, priceKind, marketNewest }: Priced, limits: Limits): IsoDay {
  const { any, lastSession, asOf } = limits;
  if (priceKind === "curve") return limits.curve;
  if (isB3Class(kind)) return latest(lastSession, asOf, marketNewest ?? asOf);
  return TRADED.has(kind) ? latest(any, asOf, marketNewest ?? asOf) : any;
}

function latest(...days: readonly IsoDay[]): IsoDay {
  return days.reduce((last, day) => (day > last ? day : last));
}

/** One note for each source, at its newest price. */
function priceSources(priced: readonly Priced[]): readonly SourceNote[] {
  return bySource(
    priced.flatMap((one) => {
      if (one.priceKind === "operation" && one.tradeDay !== null) {
        return [{ source: OPERATION_SOURCE, of: "prices", at: one.tradeDay, delayMinutes: null }];
      }
      const at = one.priceAt ?? one.priceDate;
      if (!DATED.has(one.priceKind) || at === null || one.source === null) return [];
      return [{ source: one.source, of: "prices", at, delayMinutes: one.delayMinutes }];
    }),
  );
}

function rateSources(positions: readonly Rated[]): readonly SourceNote[] {
  return bySource(
    positions.flatMap(({ rateAt, rateDate, rateSource, rateDelayMinutes }) => {
      const at = rateAt ?? rateDate;
      return at === null || rateSource === null
        ? []
        : [{ source: rateSource, of: "fx", at, delayMinutes: rateDelayMinutes }];
    }),
  );
}

function bySource(notes: readonly SourceNote[]): readonly SourceNote[] {
  const groups = Map.groupBy(notes, (note) => note.source);
  return [...groups.values()].map((group) => group.reduce((last, note) => (note.at > last.at ? note : last)));
}

/** A position that has a price but no exchange rate has no value: what is missing is the pair. */
function missingRates(positions: readonly Position[]): readonly StaleNote[] {
  const pairs = positions.flatMap(({ price, rate, currency, baseCurrency }) =>
    price !== null && rate === null ? [`${currency}${baseCurrency}`] : [],
  );
  return [...new Set(pairs)].map((asset) => ({ asset, priceAt: null, reason: "missing" }));
}
