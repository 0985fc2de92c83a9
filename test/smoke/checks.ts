import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { AthenaClient } from "@aws-sdk/client-athena";
import { GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { readConfig } from "../../src/config.ts";
import type { LakeConfig } from "../../src/config-lake.ts";
import { LakeError } from "../../src/lake/lake.ts";
import { openS3Lake } from "../../src/lake/s3.ts";
import { openBucket } from "../../src/lake/s3-client.ts";
import { keepsConditions } from "../../src/lake/s3-probe.ts";
import { openAthenaWarehouse } from "../../src/warehouse/athena.ts";
import { openRedshiftWarehouse } from "../../src/warehouse/redshift.ts";
import type { Snapshot, Warehouse } from "../../src/warehouse/warehouse.ts";

const TIMEOUT_MS = 60_000;
/** Letters that a wrong encoding on the way would show in, and a quote that would end a literal. */
const WORD = "ação d'água";

/** What the settings name. */
export interface Place {
  readonly lake: LakeConfig;
  /** All that is written lies under this. */
  readonly prefix: string;
  readonly region: string | undefined;
  readonly glueJob: string | undefined;
  readonly athena: { readonly workgroup: string; readonly database: string } | null;
  readonly redshift: { readonly workgroup: string; readonly database: string } | null;
}

interface Check {
  readonly name: string;
  /** What it makes in the account, told before it is done. */
  readonly makes: string;
  /** What it found. Throws what does not hold; `folder` is for files of this machine. */
  run(folder: string): Promise<string>;
}

/** What there is to look at; null without a bucket. Throws ConfigError for settings that cannot be used. */
export function placeOf(environment: Readonly<Record<string, string | undefined>>, id: string): Place | null {
  const { lake } = readConfig(environment, "/");
  const pair = (engine: "ATHENA" | "REDSHIFT") => {
    const workgroup = environment[`CARTEIRA_${engine}_WORKGROUP`] ?? "";
    const database = environment[`CARTEIRA_${engine}_DATABASE`] ?? "";
    return workgroup === "" || database === "" ? null : { workgroup, database };
  };
  if (lake === null) return null;
  return {
    lake,
    prefix: `smoke/${id}/`,
    region: environment["AWS_REGION"],
    glueJob: environment["CARTEIRA_GLUE_JOB"],
    athena: pair("ATHENA"),
    redshift: pair("REDSHIFT"),
  };
}

export function checksOf(place: Place): readonly Check[] {
  const { lake, prefix, glueJob, athena, redshift } = place;
  return [
    {
      name: "S3, conditions",
      makes: "one object under .pointers/.probe/, written four times and removed",
      async run() {
        assert(
          await keepsConditions(openBucket(lake)),
          "the store takes no notice of If-Match and If-None-Match",
        );
        return "what is there is not overwritten, and a pointer moves only from what was read";
      },
    },
    {
      name: "S3, objects",
      makes: `two objects under ${prefix}, removed again${lake.kmsKeyId === null ? "" : ", encrypted by the key"}`,
      run: (folder) => checkObjects(place, folder),
    },
    ...(glueJob === undefined
      ? []
      : [{ name: "Glue", makes: "nothing: the job is looked up", run: () => checkJob(glueJob) }]),
    ...(athena === null
      ? []
      : [
          {
            name: "Athena",
            makes: "one query without a table, and its result, which the results bucket drops after a week",
            run: () => checkEngine(openAthena(athena)),
          },
        ]),
    ...(redshift === null
      ? []
      : [
          {
            name: "Redshift",
            makes: "one statement without a table; a workgroup that sleeps wakes up for a minute",
            run: () => checkEngine(openRedshift(redshift)),
          },
        ]),
  ];
}

/** Writes, reads, lists and refuses to overwrite; whatever became of it, nothing is left under the prefix. */
async function checkObjects({ lake: settings, prefix }: Place, folder: string): Promise<string> {
  const lake = await openS3Lake(openBucket(settings), folder);
  const keys = [`${prefix}one.txt`, `${prefix}two.txt`] as const;
  try {
    for (const key of keys) await lake.put(key, Buffer.from(`${WORD} ${key}`));
    assert.deepEqual(await lake.list(prefix), [...keys], "not what was written is listed");
    // Read by another machine than the one that wrote it: this one has a copy.
    const other = await openS3Lake(openBucket(settings), `${folder}/other`);
    assert.equal(
      await text(await other.read(keys[0])),
      `${WORD} ${keys[0]}`,
      "not what was written came back",
    );
    await assert.rejects(lake.put(keys[0], Buffer.from("other bytes")), isTaken, "an object was overwritten");
  } finally {
    for (const key of await lake.list(prefix)) await lake.remove(key);
  }
  assert.deepEqual(await lake.list(prefix), [], "something was left");
  return `written, listed, read, not overwritten, removed under ${prefix}`;
}

function isTaken(error: unknown): boolean {
  return error instanceof LakeError && error.code === "exists";
}

async function checkJob(name: string): Promise<string> {
  const client = new GlueClient();
  try {
    const { Job } = await client.send(new GetJobCommand({ JobName: name }));
    return `${name} is there, Glue ${Job?.GlueVersion ?? "?"}, at most ${Job?.ExecutionProperty?.MaxConcurrentRuns ?? "?"} run at once`;
  } finally {
    client.destroy();
  }
}

function openAthena(place: NonNullable<Place["athena"]>): Warehouse {
  return openAthenaWarehouse(NO_STORE, {
    ...place,
    client: new AthenaClient(),
    reuseMinutes: 0,
    timeoutMs: TIMEOUT_MS,
  });
}

function openRedshift(place: NonNullable<Place["redshift"]>): Warehouse {
  return openRedshiftWarehouse(NO_STORE, {
    client: new RedshiftDataClient(),
    place,
    schema: "public",
    timeoutMs: TIMEOUT_MS,
  });
}

/** A value goes there and back the way of every question; no table is read. */
async function checkEngine(warehouse: Warehouse): Promise<string> {
  const query = { name: "smoke", sql: "SELECT :word AS word, CAST(:day AS DATE) AS day" };
  const params = { word: { type: "text", value: WORD }, day: { type: "day", value: "2026-02-28" } } as const;
  try {
    const rows = await warehouse.run(NO_RUN, query, params);
    assert.deepEqual(rows, [{ word: WORD, day: "2026-02-28" }], "not what was sent came back");
    return "a parameter went there and came back unchanged";
  } finally {
    await warehouse.close();
  }
}

const NO_RUN: Snapshot = { runId: "smoke", quotesRunId: null, asOf: null, demo: false };
/** No query here reads what is published. */
const NO_STORE = { readPointer: async () => null, stage: unread };

function unread(): never {
  throw new Error("nothing published is read");
}
