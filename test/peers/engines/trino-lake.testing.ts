import { randomBytes } from "node:crypto";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type CatalogueTable, catalogueTables, SERVED_RUN } from "../../../src/contracts/catalogue.ts";
import type { Lake } from "../../../src/lake/lake.ts";
import { type LoadedGold, publishedFiles } from "./published-rows.testing.ts";
import { trinoEngine } from "./trino.testing.ts";

/** Trino's hive connector over a local folder, with the tables of the catalogue: their types, and runs found by projection. */

const CATALOG = "hive";
const BUCKET = "lake";

/** Where Trino is, and the folder that its connector reads (`local.location`). */
interface TrinoLake {
  readonly origin: string;
  readonly folder: string;
}

/** Lays the published run out as a run of the Glue job lies in the bucket, and makes tables of it. */
export async function layTrinoLake(lake: Lake, { origin, folder }: TrinoLake): Promise<LoadedGold> {
  const schema = `gold_${randomBytes(8).toString("hex")}`;
  const engine = trinoEngine(origin, { catalog: CATALOG, name: schema });
  const own = join(folder, schema);
  const described = new Map(catalogueTables(BUCKET).map((table) => [table.name, table] as const));
  await engine(`CREATE SCHEMA ${CATALOG}.${schema} WITH (location = 'local:///${schema}-own')`, []);
  const made: string[] = [];
  for (const { table, runId, paths } of await publishedFiles(lake)) {
    const found = described.get(table.name);
    if (found === undefined) throw new Error(`the catalogue has no ${table.name}`);
    await engine(createTable(found, schema), []);
    made.push(table.name);
    const template = found.parameters["storage.location.template"] ?? "";
    const place = template.replace(`s3://${BUCKET}/`, `${own}/`).replace(`\${${SERVED_RUN}}`, runId);
    await mkdir(place, { recursive: true });
    for (const [at, path] of paths.entries()) await copyFile(path, join(place, `part-${at}.parquet`));
  }
  return {
    schema,
    engine,
    async close() {
      for (const name of made) await engine(`DROP TABLE "${name}"`, []);
      await engine(`DROP SCHEMA ${CATALOG}.${schema}`, []);
      await rm(own, { recursive: true, force: true });
    },
  };
}

/** The table in Trino's words for what Athena takes from the catalogue's parameters. */
function createTable({ name, columns, partitionKeys, parameters, location }: CatalogueTable, schema: string) {
  const here = (place: string) => place.replace(`s3://${BUCKET}/`, `local:///${schema}/`);
  const typed = columns.map((one) => `"${one.name}" ${trinoType(one.type)}`);
  const keys = partitionKeys.map(
    (one) => `"${one.name}" VARCHAR WITH (partition_projection_type = 'INJECTED')`,
  );
  const partitions = partitionKeys.map((one) => `'${one.name}'`).join(", ");
  const template = here(parameters["storage.location.template"] ?? "");
  return `CREATE TABLE "${name}" (${[...typed, ...keys].join(", ")}) WITH (
    format = 'PARQUET', external_location = '${here(location)}', partitioned_by = ARRAY[${partitions}],
    partition_projection_enabled = true, partition_projection_location_template = '${template}')`;
}

function trinoType(hive: string): string {
  return { string: "VARCHAR", timestamp: "TIMESTAMP(3)" }[hive] ?? hive;
}
