import type { Cell } from "../../src/contracts/kinds/kind.ts";
import type { ReasonCode } from "../../src/contracts/kinds/reasons.ts";
import type { ColumnType } from "../../src/contracts/types.ts";
import type { Dialect } from "./dialect.ts";
import type { SqlDialect } from "./sql-dialect.ts";

/** SQL of one cell: its typed value(s), and the code of what is wrong with it or NULL. */
export interface CellSql {
  /** Column -> expression over `x_<target>` (the cell's text) and the joined lookups. */
  readonly values: Readonly<Record<string, string>>;
  readonly code: string;
}

export interface CellContext {
  readonly sql: SqlDialect;
  readonly dialect: Dialect;
  /** Today in São Paulo. */
  readonly today: string;
  /** Type of the silver column that the cell fills. */
  readonly columnType: ColumnType;
}

/** Years outside are typing errors: B3's electronic records do not reach further back, papers not further ahead. */
const FIRST_DAY = "1990-01-01";
const LAST_DAY = "2199-12-31";

const DMY = "[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}";
const ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00([.]0+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?";
const TWO_DIGIT_YEAR = "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}";
const TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?";
const EMAIL = "[^@\\s]+@[^@\\s]+[.][^@\\s]+";

/** Most numbers of a file are this plain; the rest take the longer way. */
const PLAIN_NUMBER = { comma: "[0-9]{1,9}(,[0-9]{1,8})?", point: "[0-9]{1,9}([.][0-9]{1,8})?" } as const;
/** Holds every plain number. Reading a text as a decimal of more than 18 digits takes DuckDB 15 times as long. */
const NARROW = "decimal(18,8)";
const NUMBER = { comma: numberPattern("[.]", ","), point: numberPattern(",", "[.]") } as const;
const TOO_MANY_DECIMALS = { comma: ",[0-9]{8}[0-9]*[1-9]", point: "[.][0-9]{8}[0-9]*[1-9]" } as const;
/** Currency signs, the percent sign and spaces, wherever they stand. */
const AROUND_NUMBERS = "[A-Z]{0,2}[$]|[€£%]| ";

function numberPattern(group: string, decimal: string): string {
  const whole = `([0-9]+|[1-9][0-9]{0,2}(${group}[0-9]{3})+)`;
  const number = `(${whole}(${decimal}[0-9]+)?|${decimal}[0-9]+)`;
  return `([+-]?${number}|${number}[+-])`;
}

/** Makes the SQL of a cell whose text is in the column `x_<target>`. */
export function cellSql(cell: Cell, context: CellContext): CellSql {
  const text = `x_${cell.target}`;
  const { sql } = context;
  switch (cell.type) {
    case "text":
      return simple(cell, text, "null");
    case "client":
      return looked(cell, "client_id", "client_not_found");
    case "asset":
      return {
        values: { [cell.target]: lookup(cell, "code"), to_instrument_id: lookup(cell, "to_code") },
        code: coded(cell, cell.target, quoted(cell.invalid ?? "asset_invalid")),
      };
    case "factor":
      return {
        values: { factor_new: lookup(cell, "factor_new"), factor_old: lookup(cell, "factor_old") },
        code: coded(cell, "factor_new", quoted("factor_invalid")),
      };
    case "choice":
    case "flag":
      return looked(cell, "value", cell.invalid ?? "choice_unknown");
    case "currency":
      return looked(cell, "value", "currency_invalid");
    case "pastDay":
    case "day":
      return daySql(cell, text, context);
    case "time":
      return simple(
        cell,
        `case when ${sql.isAll(text, TIME)} then ${clock(text)} end`,
        quoted("time_invalid"),
      );
    case "email":
      return simple(cell, `case when ${sql.isAll(text, EMAIL)} then ${text} end`, quoted("email_invalid"));
    case "names":
      return simple(cell, sql.replaced(text, " *[|,;] *", "|"), "null");
    case "number":
      return numberSql(cell, text, context);
  }
}

/** Column of the lookup that is joined for the cell. */
function lookup(cell: Cell, column: string): string {
  return `l_${cell.target}.${column}`;
}

function looked(cell: Cell, column: string, invalid: ReasonCode): CellSql {
  return simple(cell, lookup(cell, column), quoted(invalid));
}

function simple(cell: Cell, value: string, invalid: string): CellSql {
  const filled =
    cell.fallback === undefined
      ? value
      : `case when x_${cell.target} is null then ${cell.fallback} else ${value} end`;
  return { values: { [cell.target]: filled }, code: coded(cell, cell.target, invalid) };
}

/** NULL where there is a value or nothing was needed; the code of what is missing or `invalid` otherwise. */
function coded(cell: Cell, column: string, invalid: string): string {
  const missing = cell.required ? quoted(cell.missing ?? "missing") : "null";
  return `case when x_${cell.target} is null then ${missing} when ${column} is null then ${invalid} end`;
}

function quoted(code: ReasonCode): string {
  return `'${code}'`;
}

function clock(text: string): string {
  return (
    `lpad(split_part(${text}, ':', 1), 2, '0') || ':' || split_part(${text}, ':', 2) || ':' || ` +
    `coalesce(nullif(split_part(${text}, ':', 3), ''), '00')`
  );
}

function daySql(cell: Cell, text: string, { sql, today }: CellContext): CellSql {
  const value =
    `case when ${sql.isAll(text, DMY)} then ${sql.slashDay(text)} ` +
    `when ${sql.isAll(text, ISO)} then try_cast(left(${text}, 10) as date) end`;
  const tooLate = `when ${cell.target} > date '${LAST_DAY}' then 'date_too_late'`;
  const { aheadWhere } = cell;
  const ahead =
    aheadWhere === undefined ? "" : `and ${aheadWhere.column} is distinct from '${aheadWhere.value}' `;
  const late =
    cell.type === "pastDay"
      ? `when ${cell.target} > date '${today}' ${ahead}then 'date_future' ${tooLate}`
      : tooLate;
  const code =
    `case when ${cell.target} < date '${FIRST_DAY}' then 'date_too_early' ${late} ` +
    `when ${cell.target} is not null then null ` +
    `when ${text} is null then ${cell.required ? quoted(cell.missing ?? "date_missing") : "null"} ` +
    `when ${sql.isAll(text, TWO_DIGIT_YEAR)} then 'date_two_digit_year' else 'date_invalid' end`;
  return { values: { [cell.target]: value }, code };
}

function numberSql(cell: Cell, text: string, context: CellContext): CellSql {
  const { dialect, sql } = context;
  const type = sql.types[context.columnType];
  const decimal = dialect === "comma" ? "," : ".";
  const group = dialect === "comma" ? "." : ",";
  const clean = sql.replaced(text, AROUND_NUMBERS, "");
  const sign = `case when contains(${text}, '-') then '-' else '' end`;
  const digits = `replace(replace(${sql.replaced(clean, "[+-]", "")}, '${group}', ''), '${decimal}', '.')`;
  const tooMany = cell.rounded === true ? "false" : sql.holds(clean, TOO_MANY_DECIMALS[dialect]);
  const value =
    `case when ${sql.isAll(text, PLAIN_NUMBER[dialect])} then try_cast(try_cast(replace(${text}, ',', '.') as ${NARROW}) as ${type}) ` +
    `when ${sql.isAll(clean, NUMBER[dialect])} and not ${tooMany} then try_cast(${sign} || ${digits} as ${type}) end`;
  const otherDialect = dialect === "comma" ? "point" : "comma";
  const contradicts = dialect === "comma" ? "number_not_comma" : "number_not_point";
  const code =
    `case when ${text} is null then ${cell.required ? quoted(cell.missing ?? "missing") : "null"} ` +
    `when ${cell.target} is not null then ${cell.signed === true ? "null" : `case when ${cell.target} < 0 then 'number_negative' end`} ` +
    `when ${sql.isAll(clean, NUMBER[dialect])} then case when ${tooMany} then 'number_decimals' else 'number_too_big' end ` +
    `when ${sql.isAll(clean, NUMBER[otherDialect])} then '${contradicts}' else 'number_invalid' end`;
  return { values: { [cell.target]: value }, code };
}
