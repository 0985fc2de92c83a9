import type { IsoDay } from "../money/day.ts";
import type { Decimal } from "../money/decimal.ts";
import type { Benchmark, ClarifyReason, ParsedQuestion } from "../questions/question.ts";

/** Where a number comes from and how old it is. `at` is a day (a close) or an instant (a quote). */
export interface SourceNote {
  /** `arquivo`, `yahoo`, `bcb`, `demo`, `operacao` (the client's own last trade price), `curva` (the client's own terms). */
  readonly source: string;
  /** What it supplied: `prices`, `fx`, `operations`, `CDI`, `IBOV`, `IPCA`. */
  readonly of: string;
  readonly at: string;
  readonly delayMinutes: number | null;
}

/** A price that is older than it should be, or missing. */
export interface StaleNote {
  readonly asset: string;
  /** Day of the price in use, null when there is none. */
  readonly priceAt: string | null;
  readonly reason: "old" | "late" | "missing" | "operation_price";
}

/** Something in the data that a person should look at: a row of gold's `data_quality`. */
export interface Finding {
  /** What was found, in snake_case. */
  readonly code: string;
  readonly severity: "warning" | "info";
  /** Null where it concerns an instrument, and nobody in particular. */
  readonly client: string | null;
  readonly clientName: string | null;
  readonly asset: string | null;
  /** What shares without a price became in a merger: they have none because their holders got others. */
  readonly mergedInto: string | null;
  readonly date: IsoDay | null;
  /** What a file states and what was computed, as quantities, where that applies. */
  readonly expected: Decimal | null;
  readonly found: Decimal | null;
  readonly sourceFile: string | null;
  readonly rowNumber: number | null;
}

/** All findings of a scope: warnings first, the newest first. */
export interface Findings {
  readonly findings: readonly Finding[];
  /** Whether the book is the synthetic demo. */
  readonly demo: boolean;
}

/** What of a scope's book is not as it should be: prices that are old, late or missing, and what does not add up. */
export interface Upkeep extends Findings {
  readonly asOf: string | null;
  readonly sources: readonly SourceNote[];
  readonly stale: readonly StaleNote[];
}

/** The warnings that concern an answer: how many, and the first one. */
export interface ToCheck {
  readonly warnings: number;
  readonly first: Finding;
}

export interface HoldingData {
  readonly client: string;
  readonly clientName: string;
  readonly asset: string;
  readonly name: string;
  readonly class: string;
  readonly sector: string | null;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly quantity: Decimal;
  /** null where a file never stated the cost. */
  readonly averageCost: Decimal | null;
  readonly averageCostGross: Decimal | null;
  readonly cost: Decimal | null;
  readonly costBase: Decimal | null;
  /** null: no price is known. Never zero for unknown. */
  readonly price: Decimal | null;
  readonly priceAt: string | null;
  readonly priceSource: string | null;
  readonly value: Decimal | null;
  readonly valueBase: Decimal | null;
  /** Of a bond at its market price: what the terms of its purchases make of it, gross, in its currency, known up to a day. */
  readonly curve?: { readonly value: Decimal; readonly through: IsoDay } | undefined;
  readonly unrealizedGain: Decimal | null;
  readonly unrealizedGainBase: Decimal | null;
  readonly unrealizedPercent: Decimal | null;
  readonly realizedGain: Decimal | null;
  readonly realizedGainBase: Decimal | null;
  readonly fees: Decimal;
  readonly feesBase: Decimal | null;
  readonly income: Decimal;
  readonly incomeBase: Decimal | null;
  /** In base currency: value now against the previous close of its market. */
  readonly dayChange: Decimal | null;
  readonly dayChangePercent: Decimal | null;
  readonly weightPercent: Decimal | null;
  /** Only where the answer is about this one holding; null where nothing is to be checked. */
  readonly toCheck?: ToCheck | null;
}

export interface AllocationSlice {
  readonly key: string;
  readonly value: Decimal;
  readonly weightPercent: Decimal;
}

export interface SeriesPoint {
  readonly date: IsoDay;
  /** Percent since the period's base: 12.5 = +12.5%. null where the series has no point. */
  readonly portfolio: Decimal | null;
  readonly cdi: Decimal | null;
  readonly ibov: Decimal | null;
  /** Value of the portfolio in base currency. */
  readonly value: Decimal | null;
}

export interface PeriodInfo {
  readonly kind: string;
  /** The base: returns run from the close of this day … */
  readonly from: IsoDay;
  /** … to this one. */
  readonly to: IsoDay;
  /** True when the client is younger than the period that was asked for. */
  readonly shortened: boolean;
}

export interface PerformanceData {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  readonly period: PeriodInfo;
  /** Null without history, and where no session had capital to return on. */
  readonly twrPercent: Decimal | null;
  /** Sessions of the period that the return leaves out, as they began without capital (docs/money.md, rule 7). */
  readonly skippedSessions: number;
  readonly xirrPercent: Decimal | null;
  readonly benchmark: Benchmark;
  readonly benchmarkPercent: Decimal | null;
  readonly differencePercent: Decimal | null;
  /** TWR / CDI in percent, only where CDI > 0. */
  readonly percentOfCdi: Decimal | null;
  readonly cdiPercent: Decimal | null;
  readonly ibovPercent: Decimal | null;
  readonly ipcaPercent: Decimal | null;
  /** The last month of IPCA that counted, `2026-10`. */
  readonly ipcaThrough: string | null;
  readonly gain: {
    readonly price: Decimal;
    readonly income: Decimal;
    readonly currency: Decimal;
    readonly fees: Decimal;
    readonly total: Decimal;
  };
  readonly series: readonly SeriesPoint[];
}

export interface PortfolioData {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  readonly value: Decimal | null;
  readonly cost: Decimal | null;
  readonly unrealizedGain: Decimal | null;
  readonly dayChange: Decimal | null;
  readonly dayChangePercent: Decimal | null;
  readonly positions: readonly HoldingData[];
  readonly allocation: readonly AllocationSlice[];
  /** Positions without any price, which the value leaves out. */
  readonly unpriced: number;
  /** Twelve months, or since the start of a younger client; null where there is no history. */
  readonly headline: Omit<PerformanceData, "series" | "gain"> | null;
  readonly series: readonly SeriesPoint[];
  readonly toCheck: ToCheck | null;
}

export interface AllocationData {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  readonly grouping: "class" | "sector" | "currency";
  readonly value: Decimal | null;
  readonly allocation: readonly AllocationSlice[];
}

export interface MoversData {
  /** Null: all of the asker's clients; their name is null too. */
  readonly client: string | null;
  readonly clientName: string | null;
  readonly baseCurrency: string;
  readonly period: PeriodInfo;
  readonly movers: readonly {
    readonly asset: string;
    readonly name: string;
    readonly changePercent: Decimal;
    /** Effect in base currency. */
    readonly change: Decimal;
  }[];
}

export interface HistoryData {
  readonly client: string;
  readonly clientName: string;
  readonly asset: string | null;
  readonly period: PeriodInfo;
  readonly operations: readonly {
    readonly date: IsoDay;
    readonly type: string;
    readonly asset: string | null;
    readonly quantity: Decimal | null;
    readonly price: Decimal | null;
    readonly amount: Decimal | null;
    readonly fees: Decimal;
    readonly currency: string;
  }[];
  /** How many there are beyond those listed. */
  readonly more: number;
}

export interface IncomeData {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  readonly period: PeriodInfo;
  /** Net, in base currency; null when a rate was missing. */
  readonly total: Decimal | null;
  readonly byAsset: readonly { readonly asset: string; readonly type: string; readonly total: Decimal }[];
  readonly byMonth: readonly { readonly month: string; readonly total: Decimal }[];
}

export interface RankingData {
  readonly period: PeriodInfo;
  readonly direction: "up" | "down";
  readonly clients: readonly {
    readonly client: string;
    readonly name: string;
    readonly twrPercent: Decimal;
    readonly value: Decimal | null;
    readonly baseCurrency: string;
  }[];
}

export interface HoldersData {
  readonly asset: string;
  readonly name: string;
  readonly currency: string;
  readonly holders: readonly {
    readonly client: string;
    readonly name: string;
    readonly quantity: Decimal;
    readonly value: Decimal | null;
    readonly weightPercent: Decimal | null;
  }[];
  /** How many there are beyond those listed. */
  readonly more: number;
  /** Of all holders. */
  readonly totalQuantity: Decimal;
  /** Of all holders whose value is known; null where none is. */
  readonly totalValue: Decimal | null;
  /** Holders without a known value, which the total leaves out. */
  readonly unpriced: number;
}

export interface AumData {
  /** In BRL. */
  readonly value: Decimal | null;
  readonly currency: string;
  readonly clients: number;
  readonly dayChange: Decimal | null;
  readonly dayChangePercent: Decimal | null;
  readonly allocation: readonly AllocationSlice[];
  readonly largest: readonly { readonly client: string; readonly name: string; readonly value: Decimal }[];
}

export interface RiskData {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  readonly period: PeriodInfo;
  readonly sessions: number;
  /** Percent a year; null with fewer than 20 sessions. */
  readonly volatilityPercent: Decimal | null;
  readonly drawdown: {
    readonly percent: Decimal;
    readonly peak: IsoDay;
    readonly trough: IsoDay;
    readonly recovery: IsoDay | null;
  } | null;
  readonly largest: readonly { readonly asset: string; readonly weightPercent: Decimal }[];
  /** 0 to 1. */
  readonly herfindahl: Decimal | null;
  /** Issuers of deposits above the FGC's limit of R$ 250,000. */
  readonly aboveFgc: readonly { readonly issuer: string; readonly value: Decimal }[];
}

export interface QuoteData {
  readonly asset: string;
  readonly name: string;
  readonly currency: string;
  readonly price: Decimal;
  readonly priceAt: string;
  readonly previousClose: Decimal | null;
  readonly dayChangePercent: Decimal | null;
}

export interface ClientsData {
  readonly clients: readonly {
    readonly client: string;
    readonly name: string;
    readonly value: Decimal | null;
    readonly baseCurrency: string;
  }[];
  readonly more: number;
}

export type AnswerData =
  | { readonly intent: "portfolio"; readonly data: PortfolioData }
  | { readonly intent: "holding"; readonly data: HoldingData }
  | { readonly intent: "allocation"; readonly data: AllocationData }
  | { readonly intent: "performance"; readonly data: PerformanceData }
  | { readonly intent: "movers"; readonly data: MoversData }
  | { readonly intent: "history"; readonly data: HistoryData }
  | { readonly intent: "income"; readonly data: IncomeData }
  | { readonly intent: "ranking"; readonly data: RankingData }
  | { readonly intent: "holders"; readonly data: HoldersData }
  | { readonly intent: "aum"; readonly data: AumData }
  | { readonly intent: "risk"; readonly data: RiskData }
  | { readonly intent: "quote"; readonly data: QuoteData }
  | { readonly intent: "clients"; readonly data: ClientsData }
  | { readonly intent: "help"; readonly data: null };

export type AnswerStatus = "ok" | "clarify" | "not_found" | "unsupported";

interface AnswerBase {
  readonly question: ParsedQuestion;
  /** The newest price, close or day of operations the answer rests on: a day or an instant; null where it rests on none. */
  readonly asOf: string | null;
  readonly sources: readonly SourceNote[];
  readonly stale: readonly StaleNote[];
  /** Whether the book is the synthetic demo: said on every screen. */
  readonly demo: boolean;
}

/** One answer. `data.intent` is the question's. Unknown and forbidden clients are both `not_found`. */
export type Answer =
  | (AnswerBase & {
      readonly status: "ok";
      readonly result: AnswerData;
      /** Session that changes of the day are of: null is the day of the answer, `several` each market's newest one. */
      readonly session: IsoDay | "several" | null;
    })
  | (AnswerBase & { readonly status: "clarify"; readonly reason: ClarifyReason })
  | (AnswerBase & { readonly status: "not_found" })
  | (AnswerBase & { readonly status: "unsupported" });

/** One source row and what it did to a position, for `explain`. Amounts in the instrument's currency. */
export interface ExplanationStep {
  readonly date: IsoDay;
  readonly type: string;
  readonly sourceFile: string;
  readonly rowNumber: number;
  readonly quantity: Decimal | null;
  readonly price: Decimal | null;
  readonly fees: Decimal;
  readonly amount: Decimal | null;
  readonly factor: string | null;
  readonly quantityBefore: Decimal;
  readonly costBefore: Decimal;
  readonly quantityAfter: Decimal;
  readonly costAfter: Decimal;
  /** Cumulative, after the step. */
  readonly realizedAfter: Decimal;
  readonly feesAfter: Decimal;
  readonly incomeAfter: Decimal;
}

/** A purchase of a deposit as far as it is still held: invested x factor = value (docs/money.md, rule 15). */
export interface CurveLotData {
  readonly date: IsoDay;
  readonly index: "CDI" | "SELIC" | "IPCA" | "PRE";
  readonly basis: "percent" | "spread";
  /** In percent: of the index, or a year. */
  readonly rate: Decimal;
  readonly maturity: IsoDay | null;
  readonly invested: Decimal;
  readonly factor: Decimal;
  readonly value: Decimal;
}

export interface CurveExplanation {
  readonly lots: readonly CurveLotData[];
  /** The day to which the index, and with it the price, is known. */
  readonly through: IsoDay;
}

/** Where the figures of one holding come from: the rows, the arithmetic, the price. */
export interface ExplanationData {
  readonly holding: HoldingData;
  readonly steps: readonly ExplanationStep[];
  /** How a price on the curve comes about, or the curve that stands beside a bond's market price; null for what has neither. */
  readonly curve: CurveExplanation | null;
  /** Rate used for base figures now: base currency for one unit of the instrument's; null where none is known. */
  readonly fxRate: Decimal | null;
  readonly fxAt: string | null;
  readonly runId: string;
}
