import { INSTRUMENT_CLASSES } from "../market/classes.ts";
import { mergedInto } from "../market/ticker-changes.ts";
import type { Row } from "../warehouse/warehouse.ts";

/** One instrument of the book, as its gold table has it. */
export interface ListedInstrument {
  readonly code: string;
  readonly name: string;
  readonly class: string;
  readonly sector: string | null;
  readonly currency: string;
  readonly issuer: string | null;
  readonly yahooSymbol: string | null;
  readonly aliases: readonly string[];
  /** `file`, `builtin` or `inferred`. */
  readonly origin: string;
  /** Day of the newest price; null where there is none. */
  readonly priceDay: string | null;
  /** What shares without a price became in a merger. */
  readonly mergedInto: string | null;
}

export function listedInstrument(row: Row): ListedInstrument {
  const code = textOf(row, "instrument_id") ?? "";
  const priceDay = textOf(row, "price_date");
  return {
    code,
    name: textOf(row, "name") ?? code,
    class: textOf(row, "class") ?? UNKNOWN_CLASS,
    sector: textOf(row, "sector"),
    currency: textOf(row, "currency") ?? "",
    issuer: textOf(row, "issuer"),
    yahooSymbol: textOf(row, "yahoo_symbol"),
    aliases: textOf(row, "aliases")?.split("|") ?? [],
    origin: textOf(row, "origin") ?? "",
    priceDay,
    mergedInto: priceDay === null ? mergedInto(code) : null,
  };
}

function textOf(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}

const UNKNOWN_CLASS = "desconhecida";
/** What has no price of its own: a series in its place, or the curve of each client's terms, whose absence is among the findings. */
const UNPRICED: ReadonlySet<string> = new Set(["caixa", "indice", "cdb", "lci", "lca"]);

/** Whether somebody should look at it: nobody knows what it is, or what it is worth. */
export function isUnknown(instrument: ListedInstrument): boolean {
  const { class: instrumentClass, priceDay } = instrument;
  return hasNoClass(instrument) || (priceDay === null && !UNPRICED.has(instrumentClass));
}

export function hasNoClass(instrument: ListedInstrument): boolean {
  return instrument.class === UNKNOWN_CLASS;
}

/** Whether its code, its name or one of its aliases has the text in it, whatever the case and the accents. */
export function isNamed(instrument: ListedInstrument, text: string): boolean {
  const wanted = folded(text);
  return [instrument.code, instrument.name, ...instrument.aliases].some((name) =>
    folded(name).includes(wanted),
  );
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** As the contract `instruments` reads it (docs/data.md). */
const CSV_HEADER = "ativo;nome;classe;setor;moeda;emissor;simbolo_yahoo;apelidos";
/** In the column of the symbol: Yahoo does not have it. An empty cell would leave the built-in symbol. */
const NO_SYMBOL = "nenhum";
const FILED: ReadonlySet<string> = new Set(INSTRUMENT_CLASSES);

/**
 * Lines of a CSV file that `ingest` takes as it is. Exchange rates and indices are no part of it: they cannot be
 * registered. A class that nobody knows is left blank, and has to be filled in first.
 */
export function csvLines(instruments: readonly ListedInstrument[]): readonly string[] {
  const rows = instruments.filter((one) => FILED.has(one.class) || hasNoClass(one)).map(csvRow);
  return [CSV_HEADER, ...rows];
}

function csvRow(one: ListedInstrument): string {
  const cells = [
    one.code,
    one.name,
    hasNoClass(one) ? "" : one.class,
    one.sector ?? "",
    one.currency,
    one.issuer ?? "",
    one.yahooSymbol ?? NO_SYMBOL,
    one.aliases.join("|"),
  ];
  return cells.map(csvCell).join(";");
}

function csvCell(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
