import { createHash } from "node:crypto";
import { SERVED_RUN } from "../contracts/catalogue.ts";
import { GOLD_TABLES, QUOTES_LATEST, type ServedTableName } from "../contracts/gold.ts";
import { COLUMN_TYPES, type Column, type Table } from "../contracts/types.ts";

/** The tables of gold in Redshift, made from the contract: its columns in its order, and the run that a row is served in. */

/** The schema, which is Carteira's own. */
export const REDSHIFT_SCHEMA = "gold";
/** Which runs are there in full: rows of a run that it does not name are still coming or going. Dashboards ask it, too. */
export const LOADED_RUNS = "loaded_runs";
/** The same for runs of the newest quotes. */
export const LOADED_QUOTES = "loaded_quotes";
/** Nobody reads it: whoever writes locks it first, so that two loads of one run come one after the other. */
const LOAD_LOCK = "load_lock";

/** The contract bounds no text, and a load that meets one too long fails as a whole: the longest that there is. */
const TEXT = "VARCHAR(65535)";
/** As long as an id of a run may be (`run-tables.ts`). */
const RUN = "VARCHAR(100)";

const SERVED_TABLES: Readonly<Record<ServedTableName, Table>> = {
  ...GOLD_TABLES,
  quotes_latest: QUOTES_LATEST,
};

const SERVED_TABLE_NAMES = Object.keys(SERVED_TABLES) as readonly ServedTableName[];

/** What loads keep for themselves. */
const OWN_TABLES = [
  ...[LOADED_RUNS, LOADED_QUOTES].map(
    (name) =>
      `CREATE TABLE ${tableIn(name)} (${SERVED_RUN} ${RUN} NOT NULL) DISTSTYLE ALL SORTKEY (${SERVED_RUN})`,
  ),
  `CREATE TABLE ${tableIn(LOAD_LOCK)} (nothing BIGINT) DISTSTYLE ALL`,
];

/** `"gold"."clients"` */
export function tableIn(name: string): string {
  return `"${REDSHIFT_SCHEMA}"."${name}"`;
}

/** A table for the rows of files, which have the contract's columns and no run. It ends with its session. */
export function stageOf(name: ServedTableName): string {
  return `CREATE TEMP TABLE "${stageName(name)}" (${columnsOf(SERVED_TABLES[name]).join(", ")})`;
}

export function stageName(name: ServedTableName): string {
  return `stage_${name}`;
}

/** What a table's rows are inserted as, without the run. */
export function columnNames(name: ServedTableName): string {
  return SERVED_TABLES[name].columns.map((one) => `"${one.name}"`).join(", ");
}

/**
 * Makes the schema and its tables anew, in place of those of earlier shapes; everything in them comes from the lake. `shapes`
 * are the markers that were found. Whoever IAM lets into the database may read, and may load the quotes that a question
 * wants: the workgroup is Carteira's own.
 */
export function makeTables(shapes: readonly string[]): readonly string[] {
  const former = [...SERVED_TABLE_NAMES, LOADED_RUNS, LOADED_QUOTES, LOAD_LOCK, shapeName(), ...shapes];
  return [
    `CREATE SCHEMA IF NOT EXISTS "${REDSHIFT_SCHEMA}"`,
    `DROP TABLE IF EXISTS ${[...new Set(former)].map(tableIn).join(", ")}`,
    ...SERVED_TABLE_NAMES.map((name) => createTable(SERVED_TABLES[name])),
    ...OWN_TABLES,
    `CREATE TABLE ${tableIn(shapeName())} (nothing BIGINT) DISTSTYLE ALL`,
    `GRANT USAGE ON SCHEMA "${REDSHIFT_SCHEMA}" TO PUBLIC`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA "${REDSHIFT_SCHEMA}" TO PUBLIC`,
    `GRANT INSERT, DELETE ON ${tableIn("quotes_latest")}, ${tableIn(LOADED_QUOTES)} TO PUBLIC`,
    `GRANT UPDATE, DELETE ON ${tableIn(LOAD_LOCK)} TO PUBLIC`,
  ];
}

/** Lets nobody else write until the transaction ends. It has to be the first statement: what it sees begins after it. */
export const LOCK = `LOCK TABLE ${tableIn(LOAD_LOCK)}`;

/** How the names of markers begin. */
export const SHAPE = "shape_";

/** The marker that is there where all tables are and have this shape: another contract gives another name. */
export function shapeName(): string {
  const shape = [...Object.values(SERVED_TABLES).map(createTable), ...OWN_TABLES].join("\n");
  return `${SHAPE}${createHash("sha256").update(shape).digest("hex").slice(0, 12)}`;
}

function createTable(table: Table): string {
  const columns = [...columnsOf(table), `${SERVED_RUN} ${RUN} NOT NULL`];
  const sortedBy = [SERVED_RUN, ...table.sortedBy.map((name) => `"${name}"`)];
  return `CREATE TABLE ${tableIn(table.name)} (\n  ${columns.join(",\n  ")}\n) ${distributionOf(table)} COMPOUND SORTKEY (${sortedBy.join(", ")})`;
}

function columnsOf({ columns }: Table): readonly string[] {
  return columns.map(
    ({ name, type, nullable }) =>
      `"${name}" ${type === "text" ? TEXT : COLUMN_TYPES[type]}${nullable === true ? "" : " NOT NULL"}`,
  );
}

/**
 * A client's rows of all tables lie in one slice, so that joining them sends nothing. What is of no client is small, and a
 * copy of it lies with each; rows of which many are of no client would crowd one slice.
 */
function distributionOf({ columns }: Table): string {
  const client: Column | undefined = columns.find(({ name }) => name === "client_id");
  if (client === undefined) return "DISTSTYLE ALL";
  return client.nullable === true ? "DISTSTYLE EVEN" : `DISTSTYLE KEY DISTKEY ("client_id")`;
}
