import { type CatalogueTable, catalogueTables } from "../../src/contracts/catalogue.ts";
import type { GoldTableName } from "../../src/contracts/gold.ts";
import { tablesRead } from "./data-sets.ts";

/**
 * Which rows are those of the published run, for a reader that does not read the pointer. Ids of runs rise, and a run is in
 * Redshift, and its manifest in the lake, right before the pointer moves to it. So the newest one is the published one, but
 * for the moment in between.
 */

const SCHEMA = "gold";
/** Where `src/warehouse/redshift-tables.ts` says which runs are there in full. */
const LOADED_RUNS = "loaded_runs";
const MANIFESTS = "dashboard_manifests";

/** A gold table in Redshift, which keeps many runs side by side. */
export function inRedshift(table: GoldTableName): string {
  return `(SELECT * FROM "${SCHEMA}"."${table}" WHERE gold_run = (SELECT MAX(gold_run) FROM "${SCHEMA}"."${LOADED_RUNS}"))`;
}

/**
 * A gold table on Athena. The bot's own tables want the run as a literal, which the dashboard does not know; so it has tables
 * of its own over the same files, of all runs that are kept. Glue writes each run in full: `run_id` is the run that serves.
 */
export function onAthena(database: string): (table: GoldTableName) => string {
  const newest = `SELECT MAX(regexp_extract("$path", '([^/]+)[.]json$', 1)) FROM "${database}"."${MANIFESTS}"`;
  return (table) => `(SELECT * FROM "${database}"."dashboard_${table}" WHERE run_id = (${newest}))`;
}

/** The tables that `onAthena` reads. */
export function dashboardTables(bucket: string): readonly CatalogueTable[] {
  const names: readonly string[] = tablesRead();
  const gold = catalogueTables(bucket).filter(({ name }) => names.includes(name));
  return [
    ...gold.map((table) => ({
      ...table,
      name: `dashboard_${table.name}`,
      description: `${table.description}; of all runs that are kept`,
      partitionKeys: [],
      parameters: { classification: table.format },
    })),
    {
      name: MANIFESTS,
      description: "what was published: one file a run, under its name",
      columns: [{ name: "line", type: "string", comment: "a line of the manifest" }],
      partitionKeys: [],
      location: `s3://${bucket}/gold/manifests/`,
      parameters: { classification: "json" },
      format: "text",
    },
  ];
}
