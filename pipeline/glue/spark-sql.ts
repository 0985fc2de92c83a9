import { COLUMN_TYPES, type ColumnType } from "../../src/contracts/types.ts";
import type { SqlDialect } from "../silver/sql-dialect.ts";

/** The contract's types as Spark calls them. */
export const SPARK_TYPES: Readonly<Record<ColumnType, string>> = {
  ...COLUMN_TYPES,
  text: "STRING",
  instant: "TIMESTAMP_NTZ",
};

/**
 * Java's regular expressions go back where DuckDB's never do, which takes a time that grows with the square of the text.
 * No day, number or address is nearly as long: what is longer is none.
 */
const MATCHED_CHARACTERS_MAX = 10_000;

/**
 * The SQL of the checks for Spark 3.5 in ANSI mode, which writes decimals without an exponent. Normal forms of source columns are joined
 * (`p_<column>`), as Spark has nothing that strips accents.
 */
export const SPARK: SqlDialect = {
  types: SPARK_TYPES,
  text: "string",
  literal: sparkLiteral,
  identifier: (name) => `\`${name.replaceAll("`", "``")}\``,
  contract: (sql) =>
    sql
      .replaceAll(" as varchar)", " as string)")
      // DuckDB takes a whole number out of `2034.0`, too.
      .replace(/try_cast\((.*?) as integer\)/g, "try_cast(round(try_cast($1 as decimal(20,4))) as integer)")
      // Java makes two characters of the one, and looks where the other stands in its word.
      .replace(/\blower\((\{\w+\})\)/g, "lower(translate($1, 'İΣ', 'iσ'))"),
  plain: (name) => plainColumn(name),
  isAll: (text, pattern) =>
    `(length(${text}) <= ${MATCHED_CHARACTERS_MAX} and regexp_like(${text}, ${sparkLiteral(`^(?:${pattern})\\z`)}))`,
  holds: (text, pattern) => `regexp_like(${text}, ${sparkLiteral(pattern)})`,
  replaced: (text, pattern, by) => `regexp_replace(${text}, ${sparkLiteral(pattern)}, ${sparkLiteral(by)})`,
  slashDay: (text) =>
    `try_cast(concat_ws('-', split_part(${text}, '/', 3), split_part(${text}, '/', 2), split_part(${text}, '/', 1)) as date)`,
  instant: (text) => `timestamp_ntz ${sparkLiteral(text)}`,
  // concat_ws leaves NULL out.
  md5: (parts) => `md5(cast(concat_ws('', ${parts.join(", ")}) as binary))`,
  hashText: (_column, sql) => `cast(${sql} as string)`,
  struct(fields) {
    const named = Object.entries(fields).map(([name, sql]) => `${sparkLiteral(name)}, ${sql}`);
    return `named_struct(${named.join(", ")})`;
  },
  present: (items) => `filter(array(${items.join(", ")}), issue -> issue is not null)`,
};

/** Name of the column with the normal form of a source column's text. */
export function plainColumn(name: string): string {
  return `p_${name}`;
}

/** Two quotes side by side would end one text and begin the next, and a backslash escapes. */
function sparkLiteral(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
