import { type Column, column, optional, type Table } from "./types.ts";

/**
 * Gold: the contract of every engine. Money is DECIMAL, days are DATE, and each row says which
 * run wrote it and, where it stems from one, which row of which file.
 */

const run = column("run_id", "text", "pipeline run that wrote the row");
const sourceRow: readonly Column[] = [
  optional("source_file", "text", "file of the (last) row behind it"),
  optional("row_number", "count", "line in that file"),
];
const sourceHash = optional("row_hash", "text", "hash of that row's content");

const spanColumns: readonly Column[] = [
  column("client_id", "text", "client"),
  column("instrument_id", "text", "canonical code"),
  column("currency", "text", "currency of the instrument"),
  column("base_currency", "text", "the client's base currency"),
  column("valid_from", "day", "first day of this state"),
  column("valid_to", "day", "first day of the next state, 9999-12-31 while it holds"),
  column("quantity", "quantity", "units at the end of the day; negative for a short"),
  column("cost", "money", "acquisition cost with fees"),
  column("cost_gross", "money", "acquisition cost without fees"),
  optional(
    "realized_gain",
    "money",
    "cumulative realised gain after fees; null once a cost or price behind it was never stated",
  ),
  column("fees", "money", "cumulative fees"),
  column("income", "money", "cumulative net income"),
  optional(
    "cost_base",
    "money",
    "cost in base currency at each operation's rate; null when a rate was missing",
  ),
  optional("cost_gross_base", "money", "the same without fees"),
  optional("realized_gain_base", "money", "cumulative realised gain in base currency"),
  optional("fees_base", "money", "cumulative fees in base currency"),
  optional("income_base", "money", "cumulative net income in base currency"),
  column("cost_known", "flag", "false once a cost entered that no file stated"),
  column(
    "opening_quantity",
    "quantity",
    "units at the end of the day before valid_from, on valid_from's split basis",
  ),
  column("day_flow", "money", "net purchases of valid_from at trade value, without fees"),
  optional("day_flow_base", "money", "the same in base currency at the operations' rates"),
  optional("trade_price", "price", "price of the client's own last trade, on the current split basis"),
  optional("trade_day", "day", "day of that trade"),
  ...sourceRow,
  run,
];

const POSITION_SPANS: Table = {
  name: "position_spans",
  meaning: "the source of history: one row per client, instrument and change day",
  sortedBy: ["client_id", "instrument_id", "valid_from"],
  columns: spanColumns,
};

const POSITIONS: Table = {
  name: "positions",
  meaning: "the open spans, sold-out instruments included (quantity 0)",
  sortedBy: ["client_id", "instrument_id"],
  columns: spanColumns,
};

const CLIENTS: Table = {
  name: "clients",
  meaning: "clients and who looks after them",
  sortedBy: ["client_id"],
  columns: [
    column("client_id", "text", "id"),
    column("name", "text", "name"),
    column("broker_id", "text", "broker"),
    optional("profile", "text", "suitability profile"),
    optional("profile_valid_until", "day", "until when the profile is valid"),
    column("base_currency", "text", "currency of all base figures"),
    column("controls_cash", "flag", "whether cash is an instrument of this client"),
    optional("email", "text", "e-mail"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

const INSTRUMENTS: Table = {
  name: "instruments",
  meaning: "every instrument that is held, priced or registered",
  sortedBy: ["instrument_id"],
  columns: [
    column("instrument_id", "text", "canonical code"),
    column("name", "text", "name"),
    column("class", "text", "acao, fii, etf, bdr, …, caixa; `desconhecida` until it is registered"),
    optional("sector", "text", "sector"),
    column("currency", "text", "currency it is quoted in"),
    optional("issuer", "text", "issuer"),
    optional("yahoo_symbol", "text", "symbol on Yahoo Finance"),
    optional("aliases", "text", "names people use, joined by |"),
    column("origin", "text", "`file`, `builtin` or `inferred` from the code's pattern"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

export const OPERATIONS: Table = {
  name: "operations",
  meaning: "every effective operation and snapshot, in the order the fold took them",
  sortedBy: ["client_id", "date", "seq"],
  columns: [
    column("client_id", "text", "client"),
    column("date", "day", "day"),
    column("seq", "count", "order of the fold within the client, with gaps"),
    optional("time", "text", "HH:MM:SS"),
    column("type", "text", "tipo"),
    column("instrument_id", "text", "canonical code; CAIXA-<currency> for cash"),
    optional("to_instrument_id", "text", "what a conversion becomes"),
    optional("quantity", "quantity", "units"),
    optional("price", "price", "price a unit"),
    column("currency", "text", "the instrument's currency, in which the amounts are"),
    optional("stated_currency", "text", "currency the file stated, where it was converted from"),
    column("fees", "money", "fees"),
    optional("amount", "money", "valor"),
    column("tax", "money", "tax withheld"),
    optional("factor_new", "count", "new units"),
    optional("factor_old", "count", "per old units"),
    column("brokerage", "text", "corretora"),
    optional("external_id", "text", "id in the sender's system"),
    optional("record_date", "day", "data_com"),
    optional("indexer", "text", "indexador"),
    optional("indexer_rate", "rate", "taxa_juros in percent"),
    optional("maturity", "day", "vencimento"),
    optional("issuer", "text", "emissor"),
    optional("note", "text", "observacao"),
    column(
      "origin",
      "text",
      "own, b3_trades, b3_movements, b3_positions; ledger: a confirmed corporate action that no file of the client's tells",
    ),
    optional("fx_rate", "rate", "base currency for one unit of currency on the day"),
    column("upload_id", "text", "upload that the row came in"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

const REALIZED_GAINS: Table = {
  name: "realized_gains",
  meaning: "one row per disposal: gain = proceeds - fees - cost_removed",
  sortedBy: ["client_id", "date"],
  columns: [
    column("client_id", "text", "client"),
    column("instrument_id", "text", "canonical code"),
    column("date", "day", "day"),
    column("type", "text", "tipo"),
    column("day_trade", "flag", "bought and sold on the day, outside the average"),
    column("currency", "text", "currency"),
    column("quantity", "quantity", "units disposed of"),
    column("proceeds", "money", "quantity x price"),
    column("fees", "money", "fees of the disposal (of both sides for a day trade)"),
    column("cost_removed", "money", "cost that left with them"),
    optional("gain", "money", "realised gain; null where its cost or price was never stated"),
    optional("gain_base", "money", "in base currency"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

const INCOME: Table = {
  name: "income",
  meaning: "payments received on their credit date",
  sortedBy: ["client_id", "date"],
  columns: [
    column("client_id", "text", "client"),
    column("instrument_id", "text", "canonical code"),
    column("date", "day", "credit date"),
    column("type", "text", "dividendo, jcp, rendimento, juros"),
    column("currency", "text", "currency"),
    column("gross", "money", "as declared"),
    column("tax", "money", "withheld, as the file states it"),
    column("net", "money", "gross - tax"),
    optional("net_base", "money", "in base currency"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

const FLOWS: Table = {
  name: "flows",
  meaning: "what crossed the border of a portfolio, per client, day and currency: the input of returns",
  sortedBy: ["client_id", "date"],
  columns: [
    column("client_id", "text", "client"),
    column("date", "day", "day of the operations"),
    column("currency", "text", "currency of the amounts without a suffix"),
    column("flow", "money", "into the portfolio positive, fees included"),
    column("flow_gross", "money", "what moved the value other than prices"),
    optional("flow_base", "money", "flow in base currency at the operations' rates"),
    optional("flow_gross_base", "money", "flow_gross in base currency"),
    column("income", "money", "net income"),
    optional("income_base", "money", "in base currency"),
    column("fees", "money", "fees"),
    optional("fees_base", "money", "in base currency"),
    run,
  ],
};

export const PORTFOLIO_DAILY: Table = {
  name: "portfolio_daily",
  meaning: "one row per client and B3 session: value, flow and linked return in base currency",
  sortedBy: ["client_id", "date"],
  monthOf: "date",
  columns: [
    column("client_id", "text", "client"),
    column("date", "day", "B3 session"),
    column("value", "sum", "market value at the close, without unpriced positions"),
    column("cost", "sum", "acquisition cost in base currency"),
    column("flow", "sum", "net external flow since the session before"),
    column("income", "sum", "net income since the session before"),
    column("fees", "sum", "fees since the session before"),
    column("price_gain", "sum", "price effect, at the opening rate"),
    column("currency_gain", "sum", "currency effect"),
    column("day_return", "return", "r of docs/money.md, as a fraction"),
    column("twr_index", "return", "linked index, 1 on the day before the first session"),
    column("unpriced", "count", "positions without any price"),
    column("skipped", "flag", "true where the denominator was zero or less"),
    run,
  ],
};

/** The standard periods that client_summary keeps index points for. */
export const SUMMARY_PERIODS = ["day", "wtd", "mtd", "3m", "6m", "12m", "ytd", "inception"] as const;

export const CLIENT_SUMMARY: Table = {
  name: "client_summary",
  meaning: "one row per client with history: last session, and the base of each standard period",
  sortedBy: ["client_id"],
  columns: [
    column("client_id", "text", "client"),
    column("first_date", "day", "first session with a position"),
    column("as_of", "day", "last session of portfolio_daily"),
    column("value", "sum", "value at as_of in base currency"),
    column("twr_index", "return", "linked index at as_of"),
    optional("cdi_level", "level", "accumulated CDI at as_of"),
    optional("ibov_level", "level", "IBOV's close at as_of"),
    ...SUMMARY_PERIODS.flatMap((period) => [
      optional(
        `p_${period}_from`,
        "day",
        `base session of ${period}; the client's first one where that is later`,
      ),
      optional(`p_${period}_index`, "return", `linked index at the base of ${period}`),
      optional(`p_${period}_cdi`, "level", `accumulated CDI at the base of ${period}`),
      optional(`p_${period}_ibov`, "level", `IBOV's close at the base of ${period}`),
    ]),
    run,
  ],
};

const PRICES_DAILY: Table = {
  name: "prices_daily",
  meaning: "one traded close per instrument and day: the newest valid capture",
  sortedBy: ["instrument_id", "date"],
  columns: [
    column("instrument_id", "text", "canonical code"),
    column("date", "day", "day"),
    column("price", "price", "as traded that day: a restated close is turned back by later splits"),
    column("received_price", "price", "as the source gave it"),
    column("currency", "text", "currency"),
    column(
      "source",
      "text",
      "arquivo, yahoo, bcb, demo; ajuste: the last price on the basis of a split of this day",
    ),
    column("captured_at", "instant", "UTC time of capture"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

const FX_DAILY: Table = {
  name: "fx_daily",
  meaning: "exchange rates by pair: units of `to_currency` for one of `from_currency`, direct and derived",
  sortedBy: ["from_currency", "to_currency", "date"],
  columns: [
    column("from_currency", "text", "currency converted"),
    column("to_currency", "text", "into this one"),
    column("date", "day", "day"),
    column("rate", "rate", "PTAX sale or as filed; inverse and cross rates divided to 8 digits"),
    column("source", "text", "source"),
    column("captured_at", "instant", "UTC time of capture"),
    ...sourceRow,
    run,
  ],
};

const INDEX_DAILY: Table = {
  name: "index_daily",
  meaning: "index points and their accumulated level",
  sortedBy: ["index_id", "date"],
  columns: [
    column("index_id", "text", "CDI, IPCA, IBOV, …"),
    column("date", "day", "day (IPCA: first of the month)"),
    optional(
      "value",
      "price",
      "as published: CDI % a day, IPCA % a month, level otherwise; null on the day after the last rate",
    ),
    column(
      "level",
      "level",
      "CDI: product of (1 + rate) over days before this one; IPCA: of the months before this one; others: value",
    ),
    column("source", "text", "source"),
    column("captured_at", "instant", "UTC time of capture"),
    ...sourceRow,
    run,
  ],
};

const curveColumns: readonly Column[] = [
  column("client_id", "text", "client"),
  column("instrument_id", "text", "canonical code"),
  column("date", "day", "B3 session, or the day of a change without one"),
  column("price", "price", "unit price on the curve of the client's own terms, gross of tax"),
  optional("previous_close", "price", "the same at the session before; null where nothing was held"),
  optional("previous_date", "day", "that session"),
  column("price_date", "day", "day that the price is of: earlier where the index is not known up to `date`"),
];

export const CURVE_DAILY: Table = {
  name: "curve_daily",
  meaning: "CDB, LCI and LCA of which every purchase states its terms: one price per client, code and day",
  sortedBy: ["client_id", "instrument_id", "date"],
  monthOf: "date",
  columns: [...curveColumns, run],
};

const CURVE_LATEST: Table = {
  name: "curve_latest",
  meaning: "the newest of these prices of each open position",
  sortedBy: ["client_id", "instrument_id"],
  columns: [
    ...curveColumns,
    optional("maturity", "day", "the earliest maturity of what is held; nothing accrues from it on"),
    run,
  ],
};

const ANNOUNCED_PAYMENTS: Table = {
  name: "announced_payments",
  meaning:
    "payments that the ledger of corporate actions announces: what a unit held before the ex day is to get",
  sortedBy: ["instrument_id", "date"],
  columns: [
    column("instrument_id", "text", "canonical code"),
    column("date", "day", "ex day: who held at the end of the day before is entitled"),
    column("amount", "price", "what a unit gets, before tax, in the instrument's currency"),
    column("source", "text", "who says so"),
    ...sourceRow,
    sourceHash,
    run,
  ],
};

export const DATA_QUALITY: Table = {
  name: "data_quality",
  meaning: "what a person should look at: differences, flags, unknown instruments, prices that are missing",
  sortedBy: ["client_id", "date"],
  columns: [
    column("code", "text", "what was found, in snake_case"),
    column("severity", "text", "`warning` or `info`"),
    optional("client_id", "text", "client, where it concerns one"),
    optional("instrument_id", "text", "instrument, where it concerns one"),
    optional("date", "day", "day"),
    optional("expected", "quantity", "what a file states"),
    optional("found", "quantity", "what was computed"),
    ...sourceRow,
    run,
  ],
};

export const QUOTES_LATEST: Table = {
  name: "quotes_latest",
  meaning: "the newest valid price of each instrument and pair, under a pointer of its own",
  sortedBy: ["instrument_id"],
  columns: [
    column(
      "instrument_id",
      "text",
      "canonical code; a pair such as USDBRL, all pairs that some client needs",
    ),
    column("price", "price", "last traded price, or rate"),
    column("currency", "text", "currency of the price"),
    column("price_date", "day", "day it was traded on, in its own market"),
    optional(
      "price_at",
      "instant",
      "UTC time of the trade, where the source tells; null for a close of price_date",
    ),
    optional(
      "previous_close",
      "price",
      "close of the session before price_date, on price_date's split basis",
    ),
    optional("previous_date", "day", "that session"),
    column("source", "text", "source"),
    optional("delay_minutes", "count", "delay that the source states"),
    column("captured_at", "instant", "UTC time of capture"),
    run,
  ],
};

/** Every table that a gold run publishes together. `quotes_latest` has a pointer of its own. */
export const GOLD_TABLES = {
  clients: CLIENTS,
  instruments: INSTRUMENTS,
  operations: OPERATIONS,
  position_spans: POSITION_SPANS,
  positions: POSITIONS,
  realized_gains: REALIZED_GAINS,
  income: INCOME,
  flows: FLOWS,
  portfolio_daily: PORTFOLIO_DAILY,
  client_summary: CLIENT_SUMMARY,
  prices_daily: PRICES_DAILY,
  fx_daily: FX_DAILY,
  index_daily: INDEX_DAILY,
  curve_daily: CURVE_DAILY,
  curve_latest: CURVE_LATEST,
  announced_payments: ANNOUNCED_PAYMENTS,
  data_quality: DATA_QUALITY,
} as const;

export type GoldTableName = keyof typeof GOLD_TABLES;
export type ServedTableName = GoldTableName | "quotes_latest";

/** Keys in the lake. The pointers are the only objects that ever change. */
export const GOLD_POINTER = "gold/CURRENT";
export const QUOTES_POINTER = "speed/CURRENT";

/** What a gold pointer names: the files that make up one run. Unchanged files of earlier runs are listed again. */
export interface GoldManifest {
  readonly version: 1;
  readonly runId: string;
  readonly createdAt: string;
  /** Last B3 session that portfolio_daily holds; null for a book without prices. */
  readonly asOf: string | null;
  readonly demo: boolean;
  /** Uploads that the run was built from, with their versions: equal inputs mean that nothing is to be done. */
  readonly inputs: readonly string[];
  readonly tables: Readonly<Record<GoldTableName, readonly GoldFile[]>>;
}

export interface GoldFile {
  readonly key: string;
  readonly rows: number;
  /** Hex; absent where another engine than ours has written the file. */
  readonly sha256?: string;
  /** `2026-11` for a table split by month. */
  readonly month?: string;
}

export interface QuotesManifest {
  readonly version: 1;
  readonly runId: string;
  readonly createdAt: string;
  readonly file: GoldFile;
}
