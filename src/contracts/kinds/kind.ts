import type { SilverTableName } from "../silver.ts";
import type { ReasonCode } from "./reasons.ts";

/**
 * One kind of file: which columns it has, what they become, and what makes a row good. Plain data, so that
 * every engine can make its own SQL of it; the expressions use what DuckDB and Spark have in common.
 */
export interface FileContract {
  readonly kind: string;
  readonly table: SilverTableName;
  /** What people call such a file. */
  readonly title: { readonly pt: string; readonly en: string };
  readonly columns: readonly SourceColumn[];
  /** A file with one of these columns (normalised names) is of another kind. */
  readonly excludes: readonly string[];
  readonly cells: readonly Cell[];
  readonly rules: readonly Rule[];
  /** Rows that are no data (totals under a table): neither counted nor reported. Over `{columns}`. */
  readonly ignore?: string;
  /** Rows that another file supplies: counted as repeated, kept out of silver. Over `{columns}`. */
  readonly suppliedElsewhere?: string;
}

/** A column as files have it. */
export interface SourceColumn {
  /** As documented, without accents: `quantidade`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Without it the file is not of this kind. */
  readonly required: boolean;
}

type CellType =
  | "text"
  /** A client that the sender may load for; the sender's `--client` where the file has none. */
  | "client"
  /** An instrument in any spelling; `OLD>NEW` fills the column `to_instrument_id`, too. */
  | "asset"
  | "choice"
  | "flag"
  /** A day up to today. */
  | "pastDay"
  | "day"
  | "time"
  | "number"
  /** `2`, `0,1`, `1:2` (old:new): fills `factor_new` and `factor_old`. */
  | "factor"
  | "currency"
  | "email"
  /** Names joined by `|`, `,` or `;`. */
  | "names";

/** One column of silver and where it comes from. */
export interface Cell {
  /** Column of the silver table (`factor` stands for its two). */
  readonly target: string;
  /** Column of the file that a reader has to look at. */
  readonly source: string;
  readonly type: CellType;
  /**
   * SQL that makes the cell's text of the file's columns: `{name}` is a column's text, `{~name}` the same in
   * lower case without accents, spaces and punctuation. Absent: the source's own text.
   */
  readonly from?: string;
  readonly required: boolean;
  /** SQL literal for an empty cell. */
  readonly fallback?: string;
  /** For a choice: normalised text -> value. */
  readonly choices?: Readonly<Record<string, string>>;
  /** For a number: whether it may be below zero. */
  readonly signed?: boolean;
  /** For a number: digits beyond the column's scale are rounded, as with sources that send binary floats. */
  readonly rounded?: boolean;
  /** For a day up to today: the rows whose day may lie ahead, as a value of another choice's column. */
  readonly aheadWhere?: { readonly column: string; readonly source: string; readonly value: string };
  /** Why an empty or a wrong cell is rejected, where there is something better to say than the general words. */
  readonly missing?: ReasonCode;
  readonly invalid?: ReasonCode;
}

/** A condition over silver columns (and `{columns}`) under which a row is rejected. */
export interface Rule {
  readonly code: ReasonCode;
  readonly source: string;
  readonly when: string;
}

/** A header or a word as it is compared: lower case, without accents, spaces and punctuation. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
}

/** Keys of a choice, normalised: `{ "JCP": "jcp" }` -> `{ jcp: "jcp" }`. */
export function choices(words: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [value, spellings] of Object.entries(words)) {
    for (const spelling of [value, ...spellings]) found[plain(spelling)] = value;
  }
  return found;
}

/** A list of SQL text literals for IN (…). Only for words of our own: they hold no quotes. */
export function oneOf(...words: readonly string[]): string {
  return `(${words.map((word) => `'${word}'`).join(", ")})`;
}
