import { COLUMN_TYPES, type Column, type ColumnType } from "../../src/contracts/types.ts";
import { identifier, quote } from "../engine.ts";

/**
 * What two engines write differently in the SQL of the checks. The meaning is written once, in the files around this one:
 * whatever is made with one of these has to come out the same, to the digit and the hash, with the other.
 */
export interface SqlDialect {
  readonly types: Readonly<Record<ColumnType, string>>;
  /** The type of texts in a cast. */
  readonly text: string;
  literal(text: string): string;
  identifier(name: string): string;
  /** SQL of a file contract, which keeps to what both engines have but for the names of types. */
  contract(sql: string): string;
  /** The normal form of a source column: lower case without accents and punctuation. `text` is the SQL of its text. */
  plain(name: string, text: string): string;
  /** Whether the whole text is of the pattern. */
  isAll(text: string, pattern: string): string;
  /** Whether the pattern is somewhere in the text. */
  holds(text: string, pattern: string): string;
  replaced(text: string, pattern: string, by: string): string;
  /** The day of a text that is written `d/m/yyyy` or `dd/mm/yyyy`; NULL for one that is in no calendar. */
  slashDay(text: string): string;
  instant(text: string): string;
  /** md5 of the texts one after the other, NULL taken for an empty one. */
  md5(parts: readonly string[]): string;
  /** The text of a value of silver, as it is hashed. */
  hashText(column: Column, sql: string): string;
  struct(fields: Readonly<Record<string, string>>): string;
  /** The list of those that are not NULL. */
  present(items: readonly string[]): string;
}

export const DUCKDB: SqlDialect = {
  types: COLUMN_TYPES,
  text: "varchar",
  literal: quote,
  identifier,
  contract: (sql) => sql,
  plain: (_name, text) => plainSql(text),
  isAll: (text, pattern) => `regexp_full_match(${text}, '${pattern}')`,
  holds: (text, pattern) => `regexp_matches(${text}, '${pattern}')`,
  replaced: (text, pattern, by) => `regexp_replace(${text}, '${pattern}', '${by}', 'g')`,
  slashDay: (text) => `cast(try_strptime(${text}, '%d/%m/%Y') as date)`,
  instant: (text) => `timestamp ${quote(text)}`,
  // concat takes NULL for an empty text.
  md5: (parts) => `md5(concat(${parts.join(", ")}))`,
  hashText(column, sql) {
    const text = `cast(${sql} as varchar)`;
    // Wide decimals go through a narrow one where they fit, which DuckDB writes five times as fast.
    const wide = ["quantity", "money"].includes(column.type);
    return wide
      ? `case when ${sql} < 10000000000 then cast(cast(${sql} as decimal(18,8)) as varchar) else ${text} end`
      : text;
  },
  struct(fields) {
    const named = Object.entries(fields).map(([name, sql]) => `${quote(name)}: ${sql}`);
    return `{${named.join(", ")}}`;
  },
  present: (items) => `list_filter([${items.join(", ")}], issue -> issue is not null)`,
};

/** The same as `plain` of the contracts: lower case without accents and punctuation. */
export function plainSql(text: string): string {
  return (
    `case when regexp_full_match(${text}, '[a-z0-9]*') then ${text} ` +
    `else regexp_replace(lower(strip_accents(${text})), '[^a-z0-9]+', '', 'g') end`
  );
}
