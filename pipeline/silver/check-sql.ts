import type { Cell, FileContract, Rule } from "../../src/contracts/kinds/kind.ts";
import type { ColumnType } from "../../src/contracts/types.ts";
import { type CellSql, cellSql } from "./cell-sql.ts";
import { type ContentRequest, columnsOf, contentColumns, contentSql, isAbsent } from "./content.ts";

/** How much of a cell's text an issue shows. */
const SHOWN_CHARACTERS_MAX = 80;

/** All that decides how a file's rows are checked. */
export interface CheckSqlRequest extends ContentRequest {
  /** Today in São Paulo. */
  readonly today: string;
  /** What is known from outside the rows: `file_date`, `file_instrument`. */
  readonly given: Readonly<Record<string, string>>;
}

/** Name of a column of the file, as text, in the view `staged` and in all that is made of it. */
export function sourceColumn(name: string, { sql }: Pick<ContentRequest, "sql">): string {
  return sql.identifier(`s_${name}`);
}

/** Name of the table that a cell's text is looked up in, joined on its column `raw`. */
export function lookupAlias(cell: Cell): string {
  return `l_${cell.target}`;
}

/** Every cell's text, and whether the row is supplied elsewhere; rows that are no data are left out. Over `staged`. */
export function cellsSql(request: CheckSqlRequest): string {
  const { contract, sql } = request;
  const fill = (text: string) => expand(text, request);
  const texts = contract.cells.map((cell) => {
    const own = cell.from === undefined ? sourceColumn(cell.source, request) : fill(cell.from);
    const client = request.clientId === null ? own : `coalesce(${own}, ${sql.literal(request.clientId)})`;
    return `cast(${cell.type === "client" ? client : own} as ${sql.text}) as x_${cell.target}`;
  });
  const elsewhere = contract.suppliedElsewhere === undefined ? "false" : fill(contract.suppliedElsewhere);
  const kept = contract.ignore === undefined ? "" : `where not coalesce(${fill(contract.ignore)}, false)`;
  return `select *, coalesce(${elsewhere}, false) as elsewhere, ${texts.join(", ")} from staged ${kept}`;
}

/**
 * The rows of `cells`, typed and checked: the silver columns of content that the file fills, `row_hash`, `position`,
 * `elsewhere` (supplied by another file) and `issues`, which is NULL for a row that is good. `joins` brings the lookups.
 */
export function checkedSql(request: CheckSqlRequest, joins: readonly string[]): string {
  const { contract, sql } = request;
  const parts = contract.cells.map((cell) => ({
    cell,
    made: isAbsent(cell, request)
      ? absentSql(cell, request)
      : cellSql(cell, {
          sql,
          dialect: request.staged.dialect,
          today: request.today,
          columnType: typeOf(contract, cell),
        }),
  }));
  const typed = `select cells.*, ${valuesSql(parts.map(({ made }) => made))} from cells ${joins.join(" ")}`;
  const codes = parts.map(({ cell, made }) => `${made.code} as k_${cell.target}`);
  const coded = `select *, ${codes.join(", ")} from (${typed})`;
  const ruled = `select *, ${rulesSql(request)} from (${coded})`;
  const judged = `select *, not elsewhere and coalesce(${codesOf(contract).join(", ")}) is not null as rejected from (${ruled})`;
  return `select position, elsewhere, ${issuesSql(request)} as issues, ${contentSql(request)} from (${judged})`;
}

function absentSql(cell: Cell, { sql }: CheckSqlRequest): CellSql {
  const missing = cell.required ? sql.literal(cell.missing ?? "missing") : `cast(null as ${sql.text})`;
  return { values: Object.fromEntries(columnsOf(cell).map((column) => [column, "null"])), code: missing };
}

/** Puts columns (`{name}`), their normal form (`{~name}`) and what is given into SQL of a contract. */
function expand(text: string, request: CheckSqlRequest): string {
  const { contract, given, sql } = request;
  return sql.contract(text).replace(/\{(~?)(\w+)\}/g, (_whole, tilde: string, name: string) => {
    const known = contract.columns.some((column) => column.name === name);
    const value = given[name];
    const own = known ? sourceColumn(name, request) : value === undefined ? "null" : sql.literal(value);
    return tilde === "~" ? sql.plain(name, own) : own;
  });
}

function typeOf(contract: FileContract, cell: Cell): ColumnType {
  return contentColumns(contract).find(({ name }) => name === cell.target)?.type ?? "text";
}

function valuesSql(cells: readonly CellSql[]): string {
  return cells
    .flatMap(({ values }) => Object.entries(values).map(([column, value]) => `${value} as ${column}`))
    .join(", ");
}

/** A rule speaks only where the cells of its column are well-formed: one mistake, one issue. */
function rulesSql(request: CheckSqlRequest): string {
  const { contract, sql } = request;
  if (contract.rules.length === 0) return "null as r_none";
  return contract.rules
    .map((rule, i) => {
      const wellFormed = cellsAt(contract, rule).map((cell) => `k_${cell.target} is null`);
      const when = [`(${expand(rule.when, request)})`, ...wellFormed].join(" and ");
      return `case when ${when} then ${sql.literal(rule.code)} end as r_${i}`;
    })
    .join(", ");
}

function cellsAt(contract: FileContract, rule: Rule): readonly Cell[] {
  return contract.cells.filter((cell) => cell.source === rule.source);
}

function codesOf(contract: FileContract): string[] {
  return [...contract.cells.map((cell) => `k_${cell.target}`), ...contract.rules.map((_, i) => `r_${i}`)];
}

function issuesSql(request: CheckSqlRequest): string {
  const { contract, sql } = request;
  const at = [...contract.cells.map((cell) => cell.source), ...contract.rules.map((rule) => rule.source)];
  const issues = codesOf(contract).map((code, i) => {
    const source = at[i] ?? "";
    const issue = sql.struct({
      source: sql.literal(source),
      value: `coalesce(left(${sourceColumn(source, request)}, ${SHOWN_CHARACTERS_MAX}), '')`,
      code,
    });
    return `case when ${code} is not null then ${issue} end`;
  });
  return `case when rejected then ${sql.present(issues)} end`;
}
