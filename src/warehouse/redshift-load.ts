import type { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { SERVED_RUN } from "../contracts/catalogue.ts";
import {
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
  type QuotesManifest,
  type ServedTableName,
} from "../contracts/gold.ts";
import type { WarehouseLoader } from "./loader.ts";
import { textsOf, transact } from "./redshift-batches.ts";
import type { RedshiftPlace } from "./redshift-place.ts";
import {
  columnNames,
  LOADED_QUOTES,
  LOADED_RUNS,
  LOCK,
  makeTables,
  REDSHIFT_SCHEMA,
  SHAPE,
  shapeName,
  stageName,
  stageOf,
  tableIn,
} from "./redshift-tables.ts";
import { checkedRun } from "./run-tables.ts";

/** Runs that one statement deletes: a statement has 100 KB at most, and an id up to 100 characters. */
const FORGOTTEN_AT_ONCE = 500;
/** Quotes of an hour ago are asked for by nobody: an answer that began with them has long ended. */
const QUOTES_KEPT_MS = 3_600_000;

/** What loading needs of the lake. */
interface LoadLake {
  /** Storing the same bytes again changes nothing. */
  put(key: string, body: Uint8Array): Promise<unknown>;
  /** How many bytes an object has. Rejects where there is none. */
  bytes(key: string): Promise<number>;
}

export interface RedshiftLoadSettings {
  readonly client: RedshiftDataClient;
  readonly place: RedshiftPlace;
  /** The bucket of the lake; in the region of Redshift, as COPY wants it of Parquet. */
  readonly bucket: string;
  /** ARN of the role by which Redshift reads the bucket. */
  readonly copyRole: string;
  /** How long one transaction may take. */
  readonly timeoutMs: number;
}

/**
 * Loads runs into Redshift. Each table is one transaction that puts all rows of the run in the place of those that are there,
 * and the run is noted as loaded when all of them are in: a load that died is begun again and gives the same rows, once.
 */
export class RedshiftLoads implements WarehouseLoader {
  readonly #lake: LoadLake;
  readonly #settings: RedshiftLoadSettings;

  constructor(lake: LoadLake, settings: RedshiftLoadSettings) {
    this.#lake = lake;
    this.#settings = settings;
  }

  async load(manifest: GoldManifest): Promise<void> {
    const runId = checkedRun(manifest.runId);
    await this.#makeTables();
    for (const name of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      await this.#replace(name, runId, manifest.tables[name]);
    }
    await transact(this.#settings, `noting run ${runId}`, [LOCK, ...noted(LOADED_RUNS, runId)]);
  }

  /** One run of the newest quotes, and away with those of long ago. The tables have to be there. Throws WarehouseError. */
  async loadQuotes({ runId, file }: QuotesManifest): Promise<void> {
    const before = hourBefore(checkedRun(runId));
    await this.#replace(
      "quotes_latest",
      runId,
      [file],
      [...(before === null ? [] : goneBefore(before)), ...noted(LOADED_QUOTES, runId)],
    );
  }

  async forget(runIds: readonly string[]): Promise<void> {
    for (let from = 0; from < runIds.length; from += FORGOTTEN_AT_ONCE) {
      const list = runIds.slice(from, from + FORGOTTEN_AT_ONCE).map((id) => `'${checkedRun(id)}'`);
      // What is noted goes first, though nobody sees it before all of it is gone.
      const tables = [LOADED_RUNS, ...Object.keys(GOLD_TABLES)];
      const gone = tables.map(
        (name) => `DELETE FROM ${tableIn(name)} WHERE ${SERVED_RUN} IN (${list.join(", ")})`,
      );
      await transact(this.#settings, "forgetting old runs", [LOCK, ...gone]);
    }
  }

  /**
   * Deletes the rows of runs that come before all that are kept. Others are left alone, kept or not: one that is on its way
   * is newer than all that were published. Throws WarehouseError.
   */
  async forgetBefore(kept: readonly string[]): Promise<void> {
    await this.#makeTables();
    const sql = `SELECT DISTINCT ${SERVED_RUN} FROM ${tableIn("clients")}`;
    const there = await textsOf(this.#settings, "looking for old runs", sql);
    await this.forget(there.filter((runId) => kept.every((one) => runId < one)));
  }

  /** Whether a run of gold, or of quotes, is there in full. Throws WarehouseError, also where there are no tables yet. */
  async has(what: "gold" | "quotes", runId: string): Promise<boolean> {
    const noted = tableIn(what === "gold" ? LOADED_RUNS : LOADED_QUOTES);
    const sql = `SELECT ${SERVED_RUN} FROM ${noted} WHERE ${SERVED_RUN} = '${checkedRun(runId)}'`;
    return (await textsOf(this.#settings, "looking for a run", sql)).length > 0;
  }

  /** Where the contract has changed, tables of its earlier shape give way, and the run that comes is the first in them. */
  async #makeTables(): Promise<void> {
    const sql = `SELECT tablename FROM pg_tables WHERE schemaname = '${REDSHIFT_SCHEMA}'`;
    const there = await textsOf(this.#settings, "looking for the tables", sql);
    if (there.includes(shapeName())) return;
    const shapes = there.filter((name) => name.startsWith(SHAPE));
    await transact(this.#settings, "making the tables", makeTables(shapes));
  }

  /** COPY takes the columns of Parquet by their position, so that rows come into a table without the run first. */
  async #replace(
    name: ServedTableName,
    runId: string,
    files: readonly GoldFile[],
    after: readonly string[] = [],
  ): Promise<void> {
    const stage = `"${stageName(name)}"`;
    const columns = columnNames(name);
    const filled = files.filter(({ rows }) => rows > 0);
    const copied =
      filled.length === 0
        ? []
        : [
            stageOf(name),
            await this.#copy(stage, `runs/${runId}/redshift/${name}.manifest`, filled),
            `INSERT INTO ${tableIn(name)} (${columns}, ${SERVED_RUN}) SELECT ${columns}, '${runId}' FROM ${stage}`,
            `DROP TABLE ${stage}`,
          ];
    const gone = `DELETE FROM ${tableIn(name)} WHERE ${SERVED_RUN} = '${runId}'`;
    await transact(this.#settings, `loading ${name} of run ${runId}`, [LOCK, gone, ...copied, ...after]);
  }

  /** Writes down which files COPY is to take, and the COPY that takes them: each of them, of that length, or none. */
  async #copy(stage: string, key: string, files: readonly GoldFile[]): Promise<string> {
    const { bucket, copyRole } = this.#settings;
    const entries = [];
    for (const file of files) {
      const length = await this.#lake.bytes(file.key);
      entries.push({ url: `s3://${bucket}/${file.key}`, mandatory: true, meta: { content_length: length } });
    }
    await this.#lake.put(key, Buffer.from(`${JSON.stringify({ entries }, null, 1)}\n`));
    return `COPY ${stage} FROM 's3://${bucket}/${key}' IAM_ROLE '${copyRole}' FORMAT AS PARQUET MANIFEST`;
  }
}

function goneBefore(moment: string): readonly string[] {
  const quotes = tableIn("quotes_latest");
  const old = `${SERVED_RUN} < '${moment}'`;
  return [
    `DELETE FROM ${tableIn(LOADED_QUOTES)} WHERE ${SERVED_RUN} IN (SELECT ${SERVED_RUN} FROM ${quotes} WHERE ${old})`,
    `DELETE FROM ${quotes} WHERE ${old}`,
  ];
}

function noted(where: string, runId: string): readonly string[] {
  const runs = tableIn(where);
  return [
    `DELETE FROM ${runs} WHERE ${SERVED_RUN} = '${runId}'`,
    `INSERT INTO ${runs} (${SERVED_RUN}) VALUES ('${runId}')`,
  ];
}

/** What the ids of runs that are more than an hour older come before: ids begin with their moment. */
function hourBefore(runId: string): string | null {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  const time = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (Number.isNaN(time)) return null;
  return new Date(time - QUOTES_KEPT_MS).toISOString().replace(/[-:]|\..*$/g, "");
}
