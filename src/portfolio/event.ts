/**
 * What the fold reads and writes: plain data, amounts as integers scaled by 10^8 (suffix `E8`),
 * days as day numbers. Currency is the instrument's unless a name says `Base`.
 */

export type EventType =
  | "compra"
  | "venda"
  | "subscricao"
  | "dividendo"
  | "jcp"
  | "rendimento"
  | "juros"
  | "amortizacao"
  | "bonificacao"
  | "desdobramento"
  | "grupamento"
  | "fracao"
  | "conversao"
  | "transferencia_entrada"
  | "transferencia_saida"
  | "resgate"
  | "vencimento"
  | "come_cotas"
  | "ir"
  | "taxa"
  | "aporte"
  | "retirada"
  | "custodia";

/** One operation of one client, as silver holds it, with its exchange rate looked up. */
export interface PortfolioEvent {
  readonly day: number;
  /** `HH:MM:SS`, or null where the file has none. */
  readonly time: string | null;
  readonly type: EventType;
  /** Canonical code; `CAIXA-<currency>` for cash. */
  readonly instrument: string;
  readonly toInstrument: string | null;
  readonly currency: string;
  readonly quantityE8: bigint | null;
  readonly priceE8: bigint | null;
  readonly feesE8: bigint;
  readonly amountE8: bigint | null;
  readonly taxE8: bigint;
  readonly factorNew: bigint | null;
  readonly factorOld: bigint | null;
  readonly brokerage: string;
  /** Units of the client's base currency for one unit of `currency` on `day`; null when no rate is known. */
  readonly fxRateE8: bigint | null;
  /** Market price of the instrument on `day` in `currency`, for transfers; null when none is known. */
  readonly marketPriceE8: bigint | null;
  /** Whether buys and sells of one day are day trades (IN RFB 1585, art. 65): instruments traded on B3. */
  readonly dayTradable: boolean;
  /** Whether the row is from a B3 export, which has no time and no fixed order. */
  readonly unordered: boolean;
  readonly sourceFile: string;
  readonly rowNumber: number;
  readonly rowHash: string;
}

export interface FoldClient {
  readonly clientId: string;
  readonly baseCurrency: string;
  readonly controlsCash: boolean;
}

/** The state of one position over [validFrom, validTo): one row per change day. Cumulative figures run from the start. */
export interface SpanRow {
  readonly clientId: string;
  readonly instrument: string;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly validFrom: number;
  /** Exclusive; `OPEN_DAY` while it holds. */
  readonly validTo: number;
  readonly quantityE8: bigint;
  /** Cost with fees; negative for a short. */
  readonly costE8: bigint;
  readonly costGrossE8: bigint;
  readonly realizedE8: bigint;
  readonly feesE8: bigint;
  readonly incomeE8: bigint;
  readonly costBaseE8: bigint;
  readonly costGrossBaseE8: bigint;
  readonly realizedBaseE8: bigint;
  readonly feesBaseE8: bigint;
  readonly incomeBaseE8: bigint;
  /** False once a cost entered that the file did not state: average cost and gain are then not known. */
  readonly costKnown: boolean;
  /** False once a gain was realised whose cost or proceeds no file stated; stays false when the position is closed. */
  readonly realizedKnown: boolean;
  /** False once an amount entered without a known exchange rate: base figures are then not known. */
  readonly baseKnown: boolean;
  /** The same for the two base costs alone, which are known again once a position was closed. */
  readonly costBaseKnown: boolean;
  /** Quantity at the end of the day before validFrom, after that day's splits (so on validFrom's basis). */
  readonly openingQuantityE8: bigint;
  /** Net purchases of validFrom without fees: what entered the position at its trade value (transfers at market). */
  readonly dayFlowE8: bigint;
  readonly dayFlowBaseE8: bigint;
  /** Price of the client's own last trade and its day: the price before any quote. */
  readonly tradePriceE8: bigint | null;
  readonly tradeDay: number | null;
  readonly sourceFile: string;
  readonly rowNumber: number;
}

/** 9999-12-31, the `valid_to` of an open span. */
export const OPEN_DAY = 2_932_896;

/** One disposal. gain = proceeds - fees - costRemoved. */
export interface RealizedRow {
  readonly clientId: string;
  readonly instrument: string;
  readonly currency: string;
  readonly day: number;
  readonly type: EventType;
  readonly dayTrade: boolean;
  readonly quantityE8: bigint;
  readonly proceedsE8: bigint;
  readonly feesE8: bigint;
  readonly costRemovedE8: bigint;
  readonly gainE8: bigint;
  /** Whether cost and proceeds were both stated; where not, what is missing counts as 0 and the gain is not known. */
  readonly gainKnown: boolean;
  readonly gainBaseE8: bigint | null;
  readonly sourceFile: string;
  readonly rowNumber: number;
  readonly rowHash: string;
}

/** One payment received. net = gross - tax. */
export interface IncomeRow {
  readonly clientId: string;
  readonly instrument: string;
  readonly currency: string;
  readonly day: number;
  readonly type: EventType;
  readonly grossE8: bigint;
  readonly taxE8: bigint;
  readonly netE8: bigint;
  readonly netBaseE8: bigint | null;
  readonly sourceFile: string;
  readonly rowNumber: number;
  readonly rowHash: string;
}

/**
 * Money and securities that crossed the border of the portfolio, per client, day and currency.
 * `flow`: into the portfolio positive, fees included (buys minus sells; with controlled cash contributions minus
 * withdrawals; transfers at market value). `flowGross`: the same without fees.
 */
export interface FlowRow {
  readonly clientId: string;
  readonly day: number;
  readonly currency: string;
  readonly flowE8: bigint;
  readonly flowGrossE8: bigint;
  readonly flowBaseE8: bigint | null;
  readonly flowGrossBaseE8: bigint | null;
  readonly incomeE8: bigint;
  readonly incomeBaseE8: bigint | null;
  readonly feesE8: bigint;
  readonly feesBaseE8: bigint | null;
}

export type FindingCode =
  | "sold_more_than_held"
  | "snapshot_differs"
  | "cost_unknown"
  | "rate_missing"
  | "cash_not_controlled"
  | "nothing_held"
  /** The row is in another currency than the position: it was not applied, two currencies are never added. */
  | "currency_differs"
  /** The row lacks an amount that its type needs: it was applied as far as it goes. */
  | "incomplete";

/** Something that a person should look at. Never carries an amount in its code. */
export interface Finding {
  readonly clientId: string;
  readonly instrument: string;
  readonly day: number;
  readonly code: FindingCode;
  /** What was expected (the file's) and found (the computed), as quantities where that applies. */
  readonly expectedE8: bigint | null;
  readonly foundE8: bigint | null;
  readonly sourceFile: string;
  readonly rowNumber: number;
}

/** Where the fold's rows go. Called in order of day; spans of one instrument come in order of validFrom. */
export interface FoldSink {
  span(row: SpanRow): void;
  realized(row: RealizedRow): void;
  income(row: IncomeRow): void;
  flow(row: FlowRow): void;
  finding(row: Finding): void;
}
