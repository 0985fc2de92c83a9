import type { Config } from "../config.ts";
import type { WarehouseConfig } from "../config-warehouse.ts";
import type { Lake } from "../lake/lake.ts";
import type { WarehouseLoader } from "../warehouse/loader.ts";
import type { RedshiftLoads } from "../warehouse/redshift-load.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { createLogger } from "./logger.ts";
import type { Shell } from "./shell.ts";

/** Of an answer in a chat, all attempts together: who asked has been told that the question is being worked on. */
const ATHENA_TIMEOUT_MS = 30_000;
/** Athena is asked where Redshift has not answered by then, so that both together are what a chat waits for. */
const REDSHIFT_TIMEOUT_MS = 20_000;
/** One table of a run: minutes for years of rows, and a workgroup that sleeps has to wake up first. */
const LOAD_TIMEOUT_MS = 10 * 60_000;
/** The version of the data is in the SQL, so that only the same question of the same version is answered again. */
const RESULTS_REUSED_MINUTES = 60;
const ATTEMPTS_MAX = 4;
const CONNECT_TIMEOUT_MS = 5_000;
/** A call may wait 30 s for its statement. */
const SILENCE_TIMEOUT_MS = 45_000;

const CLIENT = {
  maxAttempts: ATTEMPTS_MAX,
  requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
};

/** Where the manifests of gold lie. */
const MANIFESTS = "gold/manifests/";

type RedshiftConfig = NonNullable<WarehouseConfig["redshift"]>;

/**
 * Opens the engine that the settings name for gold: DuckDB in this process, or Athena, or Athena and Redshift. Their
 * libraries are loaded only then; nothing is asked of a service yet.
 */
export async function openWarehouse(
  { config, io }: Pick<Shell, "config" | "io">,
  lake: Lake,
): Promise<Warehouse> {
  const { warehouse } = config;
  if (warehouse === null) {
    const { openDuckDbWarehouse } = await import("../warehouse/duckdb.ts");
    return await openDuckDbWarehouse(lake);
  }
  const athena = await openAthena(warehouse, lake);
  const redshift = await openRedshift(config, lake);
  if (redshift === null) return athena;
  const { routeQueries } = await import("../warehouse/router.ts");
  const logger = createLogger(io.stderr, io.now);
  return routeQueries({
    speed: athena,
    batch: redshift,
    onAway: (query, { code, message }) => logger.error("redshift_away", { query, code, message }),
  });
}

/** Athena alone. */
export async function openAthena({ athena }: WarehouseConfig, lake: Lake): Promise<Warehouse> {
  const [{ AthenaClient }, { openAthenaWarehouse }] = await Promise.all([
    import("@aws-sdk/client-athena"),
    import("../warehouse/athena.ts"),
  ]);
  return openAthenaWarehouse(lake, {
    ...athena,
    client: new AthenaClient(CLIENT),
    reuseMinutes: RESULTS_REUSED_MINUTES,
    timeoutMs: ATHENA_TIMEOUT_MS,
  });
}

/** Redshift alone, which answers about what it holds; null where there is none. */
export async function openRedshift(
  config: Pick<Config, "warehouse" | "lake">,
  lake: Lake,
): Promise<Warehouse | null> {
  const redshift = config.warehouse?.redshift ?? null;
  if (redshift === null) return null;
  const [{ RedshiftDataClient }, { openRedshiftWarehouse }, { ReadyRedshift }, { REDSHIFT_SCHEMA }] =
    await Promise.all([
      import("@aws-sdk/client-redshift-data"),
      import("../warehouse/redshift.ts"),
      import("../warehouse/redshift-ready.ts"),
      import("../warehouse/redshift-tables.ts"),
    ]);
  const opened = openRedshiftWarehouse(lake, {
    client: new RedshiftDataClient(CLIENT),
    place: redshift,
    schema: REDSHIFT_SCHEMA,
    timeoutMs: REDSHIFT_TIMEOUT_MS,
  });
  // Quotes that a question waits for are given up when the question is.
  return new ReadyRedshift(opened, lake, await openLoads(config, redshift, lake, REDSHIFT_TIMEOUT_MS));
}

/**
 * What brings published runs into Redshift, and lets go those that the lake keeps no manifest of any more; null where the
 * settings have none.
 */
export async function openLoader(
  config: Pick<Config, "warehouse" | "lake">,
  lake: Lake,
): Promise<WarehouseLoader | null> {
  const redshift = config.warehouse?.redshift ?? null;
  if (redshift === null) return null;
  const loads = await openLoads(config, redshift, lake, LOAD_TIMEOUT_MS);
  return {
    async load(manifest) {
      await loads.forgetBefore([...(await keptRuns(lake)), manifest.runId]);
      await loads.load(manifest);
    },
    forget: (runIds) => loads.forget(runIds),
  };
}

/** The runs that somebody may still ask for. */
async function keptRuns(lake: Lake): Promise<readonly string[]> {
  const names = await lake.list(MANIFESTS);
  return names.map((name) => name.slice(MANIFESTS.length).replace(/\.json$/, ""));
}

async function openLoads(
  { lake: bucket }: Pick<Config, "lake">,
  { copyRole, ...place }: RedshiftConfig,
  lake: Lake,
  timeoutMs: number,
): Promise<RedshiftLoads> {
  if (bucket === null) throw new Error("Redshift without a bucket, which the settings refuse");
  const [{ RedshiftDataClient }, { RedshiftLoads }, { openBucket }, { S3Objects }] = await Promise.all([
    import("@aws-sdk/client-redshift-data"),
    import("../warehouse/redshift-load.ts"),
    import("../lake/s3-client.ts"),
    import("../lake/s3-objects.ts"),
  ]);
  const objects = new S3Objects(openBucket(bucket));
  return new RedshiftLoads(
    { put: (key, body) => lake.put(key, body), bytes: (key) => objects.size(key) },
    { client: new RedshiftDataClient(CLIENT), place, bucket: bucket.bucket, copyRole, timeoutMs },
  );
}
