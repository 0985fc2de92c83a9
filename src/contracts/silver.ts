import { type Column, column, optional, type Table } from "./types.ts";

/**
 * Silver: one typed Parquet file per upload and kind, holding every row that passed its checks,
 * also those that repeat another upload's (undoing that one brings them back).
 */

const lineage: readonly Column[] = [
  column("upload_id", "text", "upload that the row came in"),
  column("source_file", "text", "name of the file as received"),
  column("row_number", "count", "line of the file on which the row starts, 1 = first line"),
  column("row_hash", "text", "md5 of the row's typed content without its note"),
  column("occurrence", "count", "1 for the first such row of the file, 2 for the next identical one"),
];

/** `silver/operations`: trades, events, income and custody snapshots, in one shape for all formats. */
export const SILVER_OPERATIONS: Table = {
  name: "operations",
  meaning: "operations and custody snapshots that passed their checks",
  sortedBy: ["client_id", "date", "row_number"],
  columns: [
    column("client_id", "text", "client"),
    column("date", "day", "day of the operation; for income the day of credit"),
    optional("time", "text", "HH:MM:SS where the file has it"),
    column("type", "text", "tipo as in the contract, or `custodia` for a snapshot"),
    optional(
      "instrument_id",
      "text",
      "canonical code (PETR4, never PETR4F or PETR4.SA); absent for cash without an asset",
    ),
    optional("to_instrument_id", "text", "for a conversion: what it becomes"),
    optional("quantity", "quantity", "units, never negative"),
    optional("price", "price", "price a unit; for a snapshot the average cost"),
    optional("currency", "text", "ISO code as the file states it; absent: the instrument's"),
    column("fees", "money", "fees and brokerage, 0 where absent"),
    optional("amount", "money", "valor: total in currency where the file states it"),
    column("tax", "money", "ir: tax withheld as the file states it, 0 where absent"),
    optional("factor_new", "count", "fator: new units …"),
    optional("factor_old", "count", "… per this many old ones"),
    column("brokerage", "text", "corretora, empty where absent"),
    optional("external_id", "text", "id of the row in the sender's system: the same id again corrects it"),
    optional("record_date", "day", "data_com"),
    optional("indexer", "text", "indexador: CDI, CDI_MAIS, CDI_PERCENTUAL, IPCA, PRE, SELIC, IGPM"),
    optional("indexer_rate", "rate", "taxa_juros in percent"),
    optional("maturity", "day", "vencimento"),
    optional("issuer", "text", "emissor"),
    optional("note", "text", "observacao"),
    column("origin", "text", "`own`, `b3_trades`, `b3_movements` or `b3_positions`"),
    ...lineage,
  ],
};

/** `silver/prices`: prices, exchange rates and index points as received. */
const SILVER_PRICES: Table = {
  name: "prices",
  meaning: "prices, rates and index points that passed their checks",
  sortedBy: ["instrument_id", "date"],
  columns: [
    column("instrument_id", "text", "canonical code; USDBRL for a rate, IBOV, CDI or IPCA for an index"),
    column("date", "day", "day that the price is of"),
    column("price", "price", "as received; CDI in percent a day, IPCA in percent a month"),
    optional("currency", "text", "ISO code as the file states it"),
    column("source", "text", "who published it: `arquivo`, `yahoo`, `bcb`, `tesouro`, `demo`"),
    column("restated", "flag", "whether the source restates past closes for later splits"),
    column("captured_at", "instant", "UTC time of capture"),
    ...lineage,
  ],
};

const SILVER_CLIENTS: Table = {
  name: "clients",
  meaning: "clients that passed their checks",
  sortedBy: ["client_id"],
  columns: [
    column("client_id", "text", "id as brokers write it"),
    column("name", "text", "name"),
    column("broker_id", "text", "broker who looks after the client"),
    optional("profile", "text", "perfil: suitability profile"),
    optional("profile_valid_until", "day", "validade_perfil"),
    column("base_currency", "text", "moeda_base, BRL where absent"),
    column("controls_cash", "flag", "controla_caixa = sim"),
    optional("email", "text", "e-mail"),
    ...lineage,
  ],
};

const SILVER_INSTRUMENTS: Table = {
  name: "instruments",
  meaning: "instruments that an admin registered or corrected",
  sortedBy: ["instrument_id"],
  columns: [
    column("instrument_id", "text", "canonical code"),
    column("name", "text", "name"),
    column("class", "text", "classe"),
    optional("sector", "text", "setor"),
    column("currency", "text", "currency it is quoted in"),
    optional("issuer", "text", "emissor"),
    optional("yahoo_symbol", "text", "symbol on Yahoo Finance; `-` where somebody said that it has none"),
    optional("aliases", "text", "apelidos, joined by `|`"),
    ...lineage,
  ],
};

/**
 * `silver/actions`: the dated ledger of corporate actions. A later row of the same instrument, day and type takes the place
 * of an earlier one: that is how what was inferred is confirmed or rejected.
 */
const SILVER_ACTIONS: Table = {
  name: "actions",
  meaning: "the ledger of corporate actions: splits, reverse splits, bonus shares and payments by instrument",
  sortedBy: ["instrument_id", "date"],
  columns: [
    column("instrument_id", "text", "canonical code"),
    column("date", "day", "first session traded on the new basis; of a payment the ex day"),
    column("type", "text", "desdobramento, grupamento, bonificacao or provento"),
    optional("factor_new", "count", "new units …; absent for a payment"),
    optional("factor_old", "count", "… per this many old ones"),
    column("status", "text", "situacao: confirmado, inferido or recusado"),
    column("source", "text", "fonte: who says so, `arquivo` where the file does not tell"),
    optional("cost", "price", "custo: declared cost of one new unit of a bonus issue"),
    optional("amount", "price", "valor: what a payment gives a unit, before tax"),
    ...lineage,
  ],
};

export const SILVER_TABLES = {
  operations: SILVER_OPERATIONS,
  prices: SILVER_PRICES,
  clients: SILVER_CLIENTS,
  instruments: SILVER_INSTRUMENTS,
  actions: SILVER_ACTIONS,
} as const;

export type SilverTableName = keyof typeof SILVER_TABLES;
