import type { Cell, FileContract, Rule } from "../../src/contracts/kinds/kind.ts";
import type { ColumnType } from "../../src/contracts/types.ts";
import { type Engine, identifier, quote } from "../engine.ts";
import { type CellSql, cellSql } from "./cell-sql.ts";
import {
  type Constants,
  type ContentRequest,
  columnsOf,
  contentColumns,
  contentOf,
  contentSql,
  isAbsent,
} from "./content.ts";
import { makeLookup } from "./lookups.ts";
import { FIELD, FIELD_CR, FIELD_LF, RECORD_BYTES_MAX } from "./records.ts";

/** How much of a cell's text an issue shows. */
const SHOWN_CHARACTERS_MAX = 80;

/** Columns with more values than this (ids, hashes) are not worth a dictionary in a file that is read twice. */
const DICTIONARY_MAX = 2_000;

export interface CheckRequest extends ContentRequest {
  /** Today in São Paulo. */
  readonly today: string;
  /** What is known from outside the rows: `file_date`, `file_instrument`. */
  readonly given: Readonly<Record<string, string>>;
  /** Table of the clients (`client_id`) that the sender may load for. */
  readonly allowedClients: string;
  /** Where the checked rows go, as Parquet. */
  readonly outPath: string;
}

/**
 * Types and checks every staged record in one pass. The result has the silver columns of content that the file
 * fills (the others are returned), `row_hash`, `position`, `elsewhere` (supplied by another file) and `issues`,
 * which is NULL for a row that is good.
 */
export async function checkRows(engine: Engine, request: CheckRequest): Promise<Constants> {
  const { contract } = request;
  await engine.run(`create or replace temp view staged as ${stagedSql(request)}`);
  await engine.run(`create or replace temp view cells as ${cellsSql(request)}`);
  const joins: string[] = [];
  for (const cell of contract.cells.filter((one) => !isAbsent(one, request))) {
    const join = await joinOf(engine, cell, request);
    if (join !== null) joins.push(join);
  }
  const parts = contract.cells.map((cell) => ({
    cell,
    sql: isAbsent(cell, request)
      ? absentSql(cell)
      : cellSql(cell, {
          dialect: request.staged.dialect,
          today: request.today,
          columnType: typeOf(contract, cell),
        }),
  }));
  const typed = `select cells.*, ${valuesSql(parts)} from cells ${joins.join(" ")}`;
  const coded = `select *, ${parts.map(({ cell, sql }) => `${sql.code} as k_${cell.target}`).join(", ")} from (${typed})`;
  const ruled = `select *, ${rulesSql(request)} from (${coded})`;
  const judged = `select *, not elsewhere and coalesce(${codesOf(contract).join(", ")}) is not null as rejected from (${ruled})`;
  // How many rows a text file has is not known before it is read, and the planner then takes it for the small
  // side of a join and holds all of it in memory. The joins here are written with the small side second.
  await engine.run("set disabled_optimizers = 'join_order,build_side_probe_side'");
  await engine.run(
    `copy (select position, elsewhere, ${issuesSql(request)} as issues, ${contentSql(request)} from (${judged}))
     to ${quote(request.outPath)} (format parquet, compression snappy, dictionary_size_limit ${DICTIONARY_MAX})`,
  );
  await engine.run("reset disabled_optimizers");
  return contentOf(request).constants;
}

function absentSql(cell: Cell): CellSql {
  const missing = cell.required ? quote(cell.missing ?? "missing") : "cast(null as varchar)";
  return { values: Object.fromEntries(columnsOf(cell).map((column) => [column, "null"])), code: missing };
}

function source(name: string): string {
  return identifier(`s_${name}`);
}

function stagedSql({ staged, contract }: CheckRequest): string {
  const fields = staged.positions.map((_, i) => `${quote(`f${i}`)}: 'VARCHAR'`);
  const lineBreaks = `chr(${FIELD_LF}) || chr(${FIELD_CR})`;
  const columns = contract.columns.map(({ name }) => {
    const at = staged.positions.indexOf(name);
    const text = staged.lineBreaks ? `translate(f${at}, ${lineBreaks}, chr(10) || chr(13))` : `f${at}`;
    return `${at < 0 ? "cast(null as varchar)" : text} as ${source(name)}`;
  });
  return `select position, ${columns.join(", ")}
    from read_csv(${quote(staged.path)}, delim = chr(${FIELD}), quote = '', escape = '', header = false,
      auto_detect = false, nullstr = '', max_line_size = ${2 * RECORD_BYTES_MAX},
      columns = {'position': 'BIGINT', ${fields.join(", ")}})`;
}

/** Every cell's text, and whether the row is supplied elsewhere; rows that are no data are left out. */
function cellsSql(request: CheckRequest): string {
  const { contract } = request;
  const fill = (sql: string) => expand(sql, request);
  const texts = contract.cells.map((cell) => {
    const own = cell.from === undefined ? source(cell.source) : fill(cell.from);
    const client = request.clientId === null ? own : `coalesce(${own}, ${quote(request.clientId)})`;
    return `cast(${cell.type === "client" ? client : own} as varchar) as x_${cell.target}`;
  });
  const elsewhere = contract.suppliedElsewhere === undefined ? "false" : fill(contract.suppliedElsewhere);
  const kept = contract.ignore === undefined ? "" : `where not coalesce(${fill(contract.ignore)}, false)`;
  return `select *, coalesce(${elsewhere}, false) as elsewhere, ${texts.join(", ")} from staged ${kept}`;
}

/** Puts columns (`{name}`), their normal form (`{~name}`) and what is given into SQL of a contract. */
function expand(sql: string, { contract, given }: CheckRequest): string {
  return sql.replace(/\{(~?)(\w+)\}/g, (_whole, tilde: string, name: string) => {
    const known = contract.columns.some((column) => column.name === name);
    const text = known ? source(name) : given[name] === undefined ? "null" : quote(given[name]);
    return tilde === "~" ? plainSql(text) : text;
  });
}

/** The same as `plain` of the contracts: lower case without accents and punctuation. */
function plainSql(text: string): string {
  return (
    `case when regexp_full_match(${text}, '[a-z0-9]*') then ${text} ` +
    `else regexp_replace(lower(strip_accents(${text})), '[^a-z0-9]+', '', 'g') end`
  );
}

async function joinOf(engine: Engine, cell: Cell, request: CheckRequest): Promise<string | null> {
  const alias = `l_${cell.target}`;
  if (cell.type === "client") {
    return `left join ${request.allowedClients} ${alias} on ${alias}.client_id = x_${cell.target}`;
  }
  const lookup = await makeLookup(engine, cell, {
    dialect: request.staged.dialect,
    plain: plainSql,
    texts: async () => {
      const rows = await engine.rows(
        `select distinct x_${cell.target} as text from cells where x_${cell.target} is not null`,
      );
      return rows.map((row) => String(row["text"]));
    },
  });
  return lookup === null ? null : `left join ${lookup.table} ${alias} on ${alias}.raw = ${lookup.key}`;
}

function typeOf(contract: FileContract, cell: Cell): ColumnType {
  return contentColumns(contract).find(({ name }) => name === cell.target)?.type ?? "text";
}

function valuesSql(parts: readonly { readonly sql: CellSql }[]): string {
  return parts
    .flatMap(({ sql }) => Object.entries(sql.values).map(([column, value]) => `${value} as ${column}`))
    .join(", ");
}

/** A rule speaks only where the cells of its column are well-formed: one mistake, one issue. */
function rulesSql(request: CheckRequest): string {
  const { contract } = request;
  if (contract.rules.length === 0) return "null as r_none";
  return contract.rules
    .map((rule, i) => {
      const wellFormed = cellsAt(contract, rule).map((cell) => `k_${cell.target} is null`);
      const when = [`(${expand(rule.when, request)})`, ...wellFormed].join(" and ");
      return `case when ${when} then ${quote(rule.code)} end as r_${i}`;
    })
    .join(", ");
}

function cellsAt(contract: FileContract, rule: Rule): readonly Cell[] {
  return contract.cells.filter((cell) => cell.source === rule.source);
}

function codesOf(contract: FileContract): string[] {
  return [...contract.cells.map((cell) => `k_${cell.target}`), ...contract.rules.map((_, i) => `r_${i}`)];
}

function issuesSql({ contract }: CheckRequest): string {
  const at = [...contract.cells.map((cell) => cell.source), ...contract.rules.map((rule) => rule.source)];
  const issues = codesOf(contract).map(
    (code, i) =>
      `case when ${code} is not null then {'source': ${quote(at[i] ?? "")}, ` +
      `'value': coalesce(left(${source(at[i] ?? "")}, ${SHOWN_CHARACTERS_MAX}), ''), 'code': ${code}} end`,
  );
  return `case when rejected then list_filter([${issues.join(", ")}], issue -> issue is not null) end`;
}
