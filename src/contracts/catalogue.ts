import { GOLD_TABLES, QUOTES_LATEST } from "./gold.ts";
import { SILVER_TABLES } from "./silver.ts";
import { COLUMN_TYPES, type Column, type ColumnType, column, type Table } from "./types.ts";

/** The tables of the lake as a Glue catalogue describes them, from the contract and as data: infra/ makes them of it. */

interface CatalogueColumn {
  readonly name: string;
  /** As Hive calls it, in lower case. */
  readonly type: string;
  readonly comment: string;
}

export interface CatalogueTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly CatalogueColumn[];
  /** In no file: told by where the file lies. */
  readonly partitionKeys: readonly CatalogueColumn[];
  /** `s3://bucket/folder/` */
  readonly location: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** `text`: the first column is the whole line. */
  readonly format: "parquet" | "text";
}

/** The column that says which published run a row is served in. Files do not have it: where they lie tells it. */
export const SERVED_RUN = "gold_run";

/** What Hive calls the contract's types where it does not call them what DuckDB does. */
const HIVE_NAMES: Readonly<Partial<Record<ColumnType, string>>> = { text: "string" };

/** What `pipeline/silver/quarantine.ts` writes. */
const QUARANTINE: Table = {
  name: "quarantine",
  meaning: "every cell for which a row was rejected, with the reason",
  sortedBy: ["line"],
  columns: [
    column("line", "count", "line of the file as received"),
    column("column_name", "text", "column, as the file heads it"),
    column("value", "text", "what stands there, cut to 80 characters"),
    column("reason", "text", "why the row was rejected, in the sender's language"),
    column("code", "text", "the reason in snake_case"),
  ],
};

/** No file is older: dates are projected from here to today. */
const FIRST_RECEIVED = "2026-01-01";

/**
 * All tables over the lake in `bucket`: gold by run, silver and quarantine as they lie, and the received files by line.
 * Nothing is registered when a run is published, since each query of gold names the run whose folder it reads.
 *
 * @example catalogueTables("carteira-lake")[0]?.parameters["storage.location.template"] // "s3://carteira-lake/gold/clients/${gold_run}/"
 */
export function catalogueTables(bucket: string): readonly CatalogueTable[] {
  const root = `s3://${bucket}`;
  return [
    ...Object.values(GOLD_TABLES).map((table) => byRun(table, `${root}/gold/${table.name}/`)),
    byRun(QUOTES_LATEST, `${root}/speed/${QUOTES_LATEST.name}/`),
    ...Object.values(SILVER_TABLES).map((table) => silver(table, `${root}/silver/${table.name}/`)),
    {
      ...parquet(QUARANTINE, `${root}/quarantine/issues/`),
      name: "quarantine_issues",
    },
    receivedLines(`${root}/bronze/`),
  ];
}

/** A table of which each run has a folder. Its queries have to say which run: another way there is none. */
function byRun(table: Table, location: string): CatalogueTable {
  const plain = parquet(table, location);
  return {
    ...plain,
    partitionKeys: [{ name: SERVED_RUN, type: "string", comment: "published run, as gold/CURRENT names it" }],
    parameters: {
      ...plain.parameters,
      "projection.enabled": "true",
      [`projection.${SERVED_RUN}.type`]: "injected",
      "storage.location.template": `${location}\${${SERVED_RUN}}/`,
    },
  };
}

/** Named apart from gold's tables, which are in the same database. */
function silver(table: Table, location: string): CatalogueTable {
  const name = `silver_${table.name}`;
  const description = `${table.meaning}; also of uploads that were undone, which the state alone knows`;
  return { ...parquet(table, location), name, description };
}

function parquet({ name, meaning, columns }: Table, location: string): CatalogueTable {
  return {
    name,
    description: meaning,
    columns: columns.map(hiveColumn),
    partitionKeys: [],
    location,
    parameters: { classification: "parquet" },
    format: "parquet",
  };
}

function hiveColumn({ name, type, meaning }: Column): CatalogueColumn {
  return { name, type: HIVE_NAMES[type] ?? COLUMN_TYPES[type].toLowerCase(), comment: meaning };
}

/** To look up what was received on a day; workbooks and zipped files have lines that nobody can read. */
function receivedLines(location: string): CatalogueTable {
  return {
    name: "bronze_lines",
    description: "every line of the CSV files received, as text, by the day in São Paulo",
    columns: [{ name: "line", type: "string", comment: "the line as received; a cell may span several" }],
    partitionKeys: [{ name: "received", type: "date", comment: "day in São Paulo" }],
    location,
    parameters: {
      classification: "csv",
      "projection.enabled": "true",
      "projection.received.type": "date",
      "projection.received.format": "yyyy-MM-dd",
      "projection.received.range": `${FIRST_RECEIVED},NOW`,
      "storage.location.template": `${location}received=\${received}/`,
    },
    format: "text",
  };
}
