import type { MarketNeeds, NeededInstrument } from "../../../pipeline/gold/needs.ts";
import { describeInstrument } from "../../market/instruments.ts";
import { BCB_SERIES, type BcbCode } from "../../market/sources/bcb/series.ts";
import { BCB_INDICES, SOURCES } from "../../market/sources/by-class.ts";
import { addDays, addMonths, type IsoDay, startOfMonth } from "../../money/day.ts";

/** One instrument to ask a source about. */
export interface Wanted {
  readonly code: string;
  readonly class: string;
  readonly symbol: string;
  readonly currency: string;
}

interface WantedHistory extends Wanted {
  readonly from: IsoDay;
}

/** A series of Banco Central, by its code: `CDI`, `USDBRL`. */
interface WantedSeries {
  readonly code: BcbCode;
  readonly from: IsoDay;
  readonly to: IsoDay;
}

export interface MarketPlan {
  readonly quotes: readonly Wanted[];
  readonly histories: readonly WantedHistory[];
  readonly series: readonly WantedSeries[];
  /** Held now, with prices on no source: they come from files. */
  readonly fromFiles: readonly string[];
}

/** Asked again each time: a source corrects its newest closes. */
const OVERLAP_DAYS = 7;
/** A history that starts later than this after the first holding is asked for from its beginning. */
const LATE_START_DAYS = 10;
/** What answers compare with, and ask for by name, in every book. */
const ALWAYS = ["IBOV", "SP500", "NASDAQ", "USDBRL", "EURBRL"] as const;
/** Inflation counts with up to two months of delay. */
const INFLATION_MONTHS = 2;
const NEW_BOOK_DAYS = 30;

/**
 * What to ask the sources for, so that a book is valued at the market: closes from where gold ends (or from the first
 * holding, where it starts too late), or from `historyFrom` where that is given; quotes of what is held, and the benchmarks.
 */
export function planMarket(needs: MarketNeeds, today: IsoDay, historyFrom: IsoDay | null): MarketPlan {
  const first = needs.firstDay ?? addDays(today, -NEW_BOOK_DAYS);
  const bookFrom = historyFrom ?? addDays(first, -OVERLAP_DAYS);
  const held = needs.instruments.filter((one) => one.firstDay !== null);
  const traded = held.flatMap((one): readonly (NeededInstrument & { yahooSymbol: string })[] => {
    const sources = SOURCES[one.class as keyof typeof SOURCES];
    const { yahooSymbol } = one;
    return sources?.daily === "yahoo_chart" && yahooSymbol !== null ? [{ ...one, yahooSymbol }] : [];
  });
  const common = commonOf(needs);
  const histories = [
    ...traded
      .filter((one) => historyFrom !== null || needsHistory(one))
      .map((one) => ({ ...wantedOf(one), from: historyFrom ?? startOf(one) })),
    ...common
      // A currency that the central bank does not publish has Yahoo's closes for its daily rates.
      .filter((one) => one.class === "indice" || !isBcbCode(one.code))
      .map((one) => ({ ...one, from: historyFrom ?? seriesFrom(needs, one.code, bookFrom) })),
  ];
  const known = new Set(traded.map(({ code }) => code));
  return {
    quotes: [...traded.filter((one) => one.held).map(wantedOf), ...common],
    histories,
    series: seriesOf(needs, common, { bookFrom, historyFrom, today }),
    fromFiles: held
      .filter(
        (one) =>
          one.held && !known.has(one.code) && SOURCES[one.class as keyof typeof SOURCES]?.daily === "file",
      )
      .map(({ code }) => code),
  };
}

function wantedOf(one: NeededInstrument & { readonly yahooSymbol: string }): Wanted {
  return { code: one.code, class: one.class, symbol: one.yahooSymbol, currency: one.currency };
}

/** Benchmarks, and the exchange rate of each currency of the book; a row of the instruments file counts before the table. */
function commonOf(needs: MarketNeeds): readonly Wanted[] {
  const codes = new Set<string>([...ALWAYS, ...needs.currencies.map((currency) => `${currency}BRL`)]);
  const filed = new Map(needs.instruments.map((one) => [one.code, one] as const));
  return [...codes].flatMap((code): readonly Wanted[] => {
    const { class: kind, currency, yahooSymbol } = filed.get(code) ?? describeInstrument(code);
    return yahooSymbol === null ? [] : [{ code, class: kind, currency, symbol: yahooSymbol }];
  });
}

/** What nobody holds any more needs closes until it was sold, and no longer. */
function needsHistory({ lastDay, lastClose, firstClose, firstDay }: NeededInstrument): boolean {
  if (lastDay === null || lastClose === null || lastClose < lastDay) return true;
  return startsLate(firstClose, firstDay);
}

function startOf({ firstDay, firstClose, lastClose }: NeededInstrument): IsoDay {
  const start = addDays(firstDay ?? "1990-01-01", -OVERLAP_DAYS);
  if (lastClose === null || startsLate(firstClose, firstDay)) return start;
  return addDays(lastClose, -OVERLAP_DAYS);
}

function startsLate(firstClose: IsoDay | null, firstDay: IsoDay | null): boolean {
  return firstDay !== null && (firstClose === null || firstClose > addDays(firstDay, LATE_START_DAYS));
}

function seriesFrom(needs: MarketNeeds, code: string, bookFrom: IsoDay): IsoDay {
  const known = needs.series.get(code);
  if (known === undefined || startsLate(known.first, bookFrom)) return bookFrom;
  return addDays(known.last, -OVERLAP_DAYS);
}

function seriesOf(
  needs: MarketNeeds,
  common: readonly Wanted[],
  days: { bookFrom: IsoDay; historyFrom: IsoDay | null; today: IsoDay },
): readonly WantedSeries[] {
  const { bookFrom, historyFrom, today } = days;
  const pairs = common.map(({ code }) => code).filter(isBcbCode);
  return [...BCB_INDICES, ...pairs].map((code) => {
    const monthly = code === "IPCA" || code === "IGPM";
    const early = monthly ? startOfMonth(addMonths(bookFrom, -INFLATION_MONTHS)) : bookFrom;
    const from = historyFrom === null ? seriesFrom(needs, code, early) : early;
    return { code, from: monthly ? startOfMonth(addMonths(from, -1)) : from, to: today };
  });
}

function isBcbCode(code: string): code is BcbCode {
  return Object.hasOwn(BCB_SERIES, code);
}
