import { isIsoDay } from "../money/day.ts";
import { type Dialect, NOTHING, type ScalarParam } from "./emit.ts";
import { WarehouseError } from "./warehouse.ts";

/** Characters of one parameter, as the API of Athena allows. */
const ATHENA_PARAMETER_MAX = 1_024;

export interface AthenaDialect extends Dialect {
  /** What the `?` stand for, in their order: typed literals, since Athena evaluates each as an expression. */
  readonly literals: readonly string[];
}

/**
 * Athena: `?` and a literal for each place. A literal holds its value whatever that is: in Trino's strings only the quote
 * means anything, and it is doubled. Throws WarehouseError for a value that cannot be sent.
 */
export function athenaDialect(tableOf: (name: string) => string): AthenaDialect {
  const literals: string[] = [];
  return {
    literals,
    table: tableOf,
    bind(param) {
      if (isUnheard(param)) return NOTHING;
      const literal = athenaLiteral(param);
      if (literal.length > ATHENA_PARAMETER_MAX)
        throw new WarehouseError("failed", `a parameter has over ${ATHENA_PARAMETER_MAX} characters`);
      literals.push(literal);
      return "?";
    },
  };
}

function athenaLiteral(param: ScalarParam): string {
  if (param.type === "text") return `'${param.value.replaceAll("'", "''")}'`;
  return param.type === "day" ? `DATE '${checked(param)}'` : `BIGINT '${checked(param)}'`;
}

export interface RedshiftDialect extends Dialect {
  /** The values of `:p1`, `:p2`, … */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** A VARCHAR without a length has 256 bytes in Redshift, and a cast cuts what is longer: two ids could become one. */
const REDSHIFT_TYPES = { text: "VARCHAR(65535)", day: "DATE", count: "BIGINT" } as const;

/**
 * Redshift: `:name` with its type, one for each value however often it is used. The Data API takes no empty value, which is
 * written down instead; and to Redshift blanks at the end of a text mean nothing, so that one with such is equal to none.
 */
export function redshiftDialect(tableOf: (name: string) => string): RedshiftDialect {
  const values: { name: string; value: string }[] = [];
  const written = new Map<ScalarParam, string>();
  return {
    values,
    table: tableOf,
    bind(param) {
      const before = written.get(param);
      if (before !== undefined) return before;
      if (isUnheard(param) || (param.type === "text" && param.value.endsWith(" "))) return NOTHING;
      const value = param.type === "text" ? param.value : checked(param);
      if (value === "") return "CAST('' AS VARCHAR(1))";
      const name = `p${values.length + 1}`;
      values.push({ name, value });
      const placeholder = `CAST(:${name} AS ${REDSHIFT_TYPES[param.type]})`;
      written.set(param, placeholder);
      return placeholder;
    },
  };
}

/** A text that neither JSON nor an engine's text can hold, and so no row does: it is equal to nothing. */
function isUnheard(param: ScalarParam): boolean {
  return param.type === "text" && (param.value.includes("\0") || !param.value.isWellFormed());
}

/** A day or a count as plain text. Throws WarehouseError for what is neither. */
function checked(param: Exclude<ScalarParam, { readonly type: "text" }>): string {
  const { value } = param;
  const fits = typeof value === "string" ? isIsoDay(value) : Number.isSafeInteger(value);
  if (!fits) throw new WarehouseError("failed", `a parameter is no ${param.type}`);
  return String(value);
}
