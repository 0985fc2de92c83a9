import { COLUMN_TYPES, type Column, type Table } from "../../src/contracts/types.ts";
import { identifier, quote } from "../engine.ts";

/**
 * Integer arithmetic that SQL lacks for decimals: exact, rounded half away from zero. Loaded once an engine.
 * Operands are widened first: DuckDB gives the product of two decimals of at most 18 digits only 18.
 */
export const MACROS = `
create or replace macro e8_of(x) as cast(cast(x as decimal(38,8)) * cast(100000000 as decimal(10,0)) as hugeint);
create or replace macro of_e8(u) as cast(cast(u as decimal(28,0)) * cast(0.00000001 as decimal(8,8)) as decimal(38,8));
create or replace macro of_e12(u) as cast(cast(u as decimal(24,0)) * cast(0.000000000001 as decimal(12,12)) as decimal(38,12));
create or replace macro div_round(n, d) as
  case when (n < 0) = (d < 0) then (2 * abs(n) + abs(d)) // (2 * abs(d)) else -((2 * abs(n) + abs(d)) // (2 * abs(d))) end;
`;

/** `create table` text for a contract's table under another name. */
export function createTable(table: Table, name: string): string {
  return `create or replace table ${name} (${table.columns.map((c) => `${identifier(c.name)} ${COLUMN_TYPES[c.type]}`).join(", ")})`;
}

/** The contract's columns cast to their types, in the contract's order, from expressions of the same names. */
export function typedColumns(columns: readonly Column[], from = ""): string {
  const prefix = from === "" ? "" : `${from}.`;
  return columns
    .map((c) => `cast(${prefix}${identifier(c.name)} as ${COLUMN_TYPES[c.type]}) as ${identifier(c.name)}`)
    .join(", ");
}

/** A `copy` statement that writes sorted rows as Parquet, in groups of `rowGroup` rows where that is given. */
export function copyText(rows: string, sortedBy: readonly string[], path: string, rowGroup?: number): string {
  const group = rowGroup === undefined ? "" : `, row_group_size ${rowGroup}`;
  return `copy (select * from (${rows}) order by ${sortedBy.join(", ")}) to ${quote(path)} (format parquet, compression zstd${group})`;
}
