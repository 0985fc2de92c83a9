import type { Cell } from "../../src/contracts/kinds/kind.ts";
import { type Engine, quote } from "../engine.ts";
import { type CheckSqlRequest, cellsSql, checkedSql, lookupAlias, sourceColumn } from "./check-sql.ts";
import { type Constants, contentOf, isAbsent } from "./content.ts";
import { type Lookup, makeLookup } from "./lookups.ts";
import { FIELD, FIELD_CR, FIELD_LF, RECORD_BYTES_MAX } from "./records.ts";
import { DUCKDB, plainSql } from "./sql-dialect.ts";

/** Columns with more values than this (ids, hashes) are not worth a dictionary in a file that is read twice. */
const DICTIONARY_MAX = 2_000;

export interface CheckRequest extends Omit<CheckSqlRequest, "sql"> {
  /** Table of the clients (`client_id`) that the sender may load for. */
  readonly allowedClients: string;
  /** Where the checked rows go, as Parquet. */
  readonly outPath: string;
}

/**
 * Types and checks every staged record in one pass; see `checkedSql` for what the result holds. The columns of silver
 * that the file does not fill are returned.
 */
export async function checkRows(engine: Engine, request: CheckRequest): Promise<Constants> {
  const made = { ...request, sql: DUCKDB };
  await openCells(engine, made);
  const joins: string[] = [];
  for (const cell of made.contract.cells.filter((one) => !isAbsent(one, made))) {
    const join = await joinOf(engine, cell, request);
    if (join !== null) joins.push(join);
  }
  // How many rows a text file has is not known before it is read, and the planner then takes it for the small
  // side of a join and holds all of it in memory. The joins here are written with the small side second.
  await engine.run("set disabled_optimizers = 'join_order,build_side_probe_side'");
  await engine.run(
    `copy (${checkedSql(made, joins)})
     to ${quote(request.outPath)} (format parquet, compression snappy, dictionary_size_limit ${DICTIONARY_MAX})`,
  );
  await engine.run("reset disabled_optimizers");
  return contentOf(made).constants;
}

/** Makes the views `staged`, a file's records as they are, and `cells`, the texts that are typed. */
export async function openCells(engine: Engine, request: CheckSqlRequest): Promise<void> {
  await engine.run(`create or replace temp view staged as ${stagedSql(request)}`);
  await engine.run(`create or replace temp view cells as ${cellsSql(request)}`);
}

/** Makes the table that a cell of `cells` is looked up in; null for one that is not. */
export function lookupOf(
  engine: Engine,
  cell: Cell,
  staged: CheckSqlRequest["staged"],
): Promise<Lookup | null> {
  return makeLookup(engine, cell, {
    dialect: staged.dialect,
    plain: plainSql,
    texts: async () => {
      const rows = await engine.rows(
        `select distinct x_${cell.target} as text from cells where x_${cell.target} is not null`,
      );
      return rows.map((row) => String(row["text"]));
    },
  });
}

function stagedSql(request: CheckSqlRequest): string {
  const { staged, contract } = request;
  const fields = staged.positions.map((_, i) => `${quote(`f${i}`)}: 'VARCHAR'`);
  const lineBreaks = `chr(${FIELD_LF}) || chr(${FIELD_CR})`;
  const columns = contract.columns.map(({ name }) => {
    const at = staged.positions.indexOf(name);
    const text = staged.lineBreaks ? `translate(f${at}, ${lineBreaks}, chr(10) || chr(13))` : `f${at}`;
    return `${at < 0 ? "cast(null as varchar)" : text} as ${sourceColumn(name, request)}`;
  });
  return `select position, ${columns.join(", ")}
    from read_csv(${quote(staged.path)}, delim = chr(${FIELD}), quote = '', escape = '', header = false,
      auto_detect = false, nullstr = '', max_line_size = ${2 * RECORD_BYTES_MAX},
      columns = {'position': 'BIGINT', ${fields.join(", ")}})`;
}

async function joinOf(engine: Engine, cell: Cell, request: CheckRequest): Promise<string | null> {
  const alias = lookupAlias(cell);
  if (cell.type === "client") {
    return `left join ${request.allowedClients} ${alias} on ${alias}.client_id = x_${cell.target}`;
  }
  const lookup = await lookupOf(engine, cell, request.staged);
  return lookup === null ? null : `left join ${lookup.table} ${alias} on ${alias}.raw = ${lookup.key}`;
}
