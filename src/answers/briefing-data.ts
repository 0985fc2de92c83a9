import type { IsoDay } from "../money/day.ts";
import type { Decimal } from "../money/decimal.ts";
import type {
  AllocationSlice,
  Finding,
  PerformanceData,
  PeriodInfo,
  SeriesPoint,
  SourceNote,
  StaleNote,
} from "./answer.ts";
import type { DaySession } from "./context.ts";

/** What a digest is made of. */
export interface BriefingRequest {
  readonly brokers: readonly string[];
  /** One client; null is all of theirs. */
  readonly client: string | null;
  /** As known today about the Brazilian day of this instant; null is now. */
  readonly at: Date | null;
  /** For a morning: speak of the last session before this day, not of the one that runs on it. Null otherwise. */
  readonly before: IsoDay | null;
}

/** A time-weighted return (docs/money.md, rules 7 and 17) beside CDI and IBOV over the same closes. */
export type BriefingReturn = Pick<
  PerformanceData,
  "twrPercent" | "skippedSessions" | "cdiPercent" | "ibovPercent" | "percentOfCdi"
> & { readonly period: PeriodInfo };

/** What a client or an asset did to the whole in the newest session. */
export interface BriefingMove {
  /** The client's id, or the asset's code. */
  readonly id: string;
  readonly name: string;
  readonly change: Decimal;
  readonly changePercent: Decimal | null;
}

/** Net income, in the briefing's currency. */
export interface BriefingIncome {
  /** Null where the exchange rate of a payment is not known. */
  readonly total: Decimal | null;
  readonly byAsset: readonly { readonly asset: string; readonly total: Decimal }[];
}

/** A payment that the ledger announces: not received, and not sure to be. Amounts in `currency`, before tax. */
export interface AnnouncedPayment {
  readonly asset: string;
  readonly name: string;
  readonly exDay: IsoDay;
  /** For one unit. */
  readonly amount: Decimal;
  readonly currency: string;
  readonly clients: number;
  readonly quantity: Decimal;
  /** Quantity times amount; of an ex day to come on what is held now. */
  readonly total: Decimal;
  readonly source: string;
}

export interface Maturity {
  readonly day: IsoDay;
  readonly client: string;
  readonly clientName: string;
  readonly asset: string;
  readonly class: string;
  readonly currency: string;
  /** Of the whole position, in `currency`; null where it has no price. */
  readonly value: Decimal | null;
}

/** The figures of a book, or of one client, at one moment. Amounts in `currency` unless they have one of their own. */
export interface Briefing {
  readonly client: { readonly client: string; readonly clientName: string } | null;
  readonly currency: string;
  readonly clients: number;
  /** Whether nobody holds anything. */
  readonly empty: boolean;
  /** The same figures as the answers `aum` and `portfolio` have. */
  readonly value: Decimal | null;
  readonly dayChange: Decimal | null;
  readonly dayChangePercent: Decimal | null;
  /** The last session whose figures these are; null before there is any. */
  readonly lastSession: IsoDay | null;
  readonly returns: Readonly<Record<"day" | "month" | "year", BriefingReturn>> | null;
  /** The year's points; empty without history. */
  readonly series: readonly SeriesPoint[];
  /** Clients whose portfolio moved: the most up and the most down, best first. Null of one client. */
  readonly clientMoves: { readonly moved: number; readonly listed: readonly BriefingMove[] } | null;
  /** Every asset that moved, the largest effect first; cash is none. */
  readonly assetMoves: readonly BriefingMove[];
  readonly allocation: readonly AllocationSlice[];
  readonly income: { readonly session: BriefingIncome; readonly month: BriefingIncome };
  readonly announced: readonly AnnouncedPayment[];
  readonly maturities: readonly Maturity[];
  readonly findings: readonly Finding[];
  readonly asOf: string | null;
  readonly sources: readonly SourceNote[];
  readonly stale: readonly StaleNote[];
  /** Session that the day's change is of, as an answer tells it. */
  readonly session: DaySession;
  readonly demo: boolean;
  readonly runId: string;
}
