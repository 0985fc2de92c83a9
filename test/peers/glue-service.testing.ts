import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { AwsFault, type AwsService, serveAws } from "../../src/warehouse/aws-service.testing.ts";

/**
 * Glue's API over Spark on this machine. Spark here has no library for S3, so what lies in the bucket is copied into a folder
 * before a run, and what the run made is put into the bucket after it; an object never changes, so no copy is ever old.
 */

export type JobRunState = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMEOUT" | "STOPPED";

interface JobRun {
  readonly Id: string;
  readonly JobName: string;
  readonly Arguments: Readonly<Record<string, string>>;
  readonly StartedOn: number;
  JobRunState: JobRunState;
  ErrorMessage?: string;
}

interface GlueServiceOptions {
  readonly s3: S3Client;
  /** Where copies of buckets are kept. */
  readonly folder: string;
  /** Runs the job with its arguments, in which every `s3://bucket` is a folder. Rejects where it fails. */
  readonly run: (args: readonly string[]) => Promise<void>;
  /** Told when a run has ended, as EventBridge is. */
  readonly onEnd: (run: { readonly id: string; readonly job: string; readonly state: JobRunState }) => void;
}

const S = 1_000;
const BUCKET = /s3:\/\/([a-z0-9.-]+)/;

export async function serveGlue(options: GlueServiceOptions): Promise<AwsService> {
  const runs: JobRun[] = [];
  return await serveAws({
    async StartJobRun(input: { readonly JobName: string; readonly Arguments: JobRun["Arguments"] }) {
      // As a job whose MaxConcurrentRuns is 1.
      if (runs.some(({ JobRunState }) => JobRunState === "RUNNING")) {
        throw new AwsFault("ConcurrentRunsExceededException", "Concurrent runs exceeded");
      }
      const run: JobRun = {
        Id: `jr_${randomBytes(16).toString("hex")}`,
        JobName: input.JobName,
        Arguments: input.Arguments,
        StartedOn: Date.now() / S,
        JobRunState: "RUNNING",
      };
      runs.unshift(run);
      void carryOut(options, run);
      return { JobRunId: run.Id };
    },
    async GetJobRun({ RunId }: { readonly RunId: string }) {
      const JobRun = runs.find(({ Id }) => Id === RunId);
      if (JobRun === undefined) throw new AwsFault("EntityNotFoundException", "no such run");
      return { JobRun };
    },
    async GetJobRuns() {
      return { JobRuns: runs };
    },
  });
}

async function carryOut({ s3, folder, run, onEnd }: GlueServiceOptions, job: JobRun): Promise<void> {
  try {
    const args = Object.entries(job.Arguments).flat();
    const bucket = BUCKET.exec(args.join(" "))?.[1];
    if (bucket === undefined) throw new Error("the arguments name no bucket");
    const place = { s3, bucket, folder: join(folder, bucket) };
    const there = await bring(place);
    await run(args.map((text) => text.replaceAll(`s3://${bucket}`, place.folder)));
    await take(place, there);
    job.JobRunState = "SUCCEEDED";
  } catch (error) {
    job.JobRunState = "FAILED";
    job.ErrorMessage = error instanceof Error ? error.message : String(error);
  }
  onEnd({ id: job.Id, job: job.JobName, state: job.JobRunState });
}

interface Place {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly folder: string;
}

/** Copies what is not here yet; gives every key that the bucket holds. */
async function bring({ s3, bucket, folder }: Place): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  let from: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        ...(from === undefined ? {} : { ContinuationToken: from }),
      }),
    );
    for (const { Key = "" } of page.Contents ?? []) keys.add(Key);
    from = page.NextContinuationToken;
  } while (from !== undefined);
  for (const key of keys) {
    const path = join(folder, key);
    if (await isFile(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(Body as Readable, createWriteStream(path));
  }
  return keys;
}

/** Puts what the run made into the bucket; what Hadoop keeps beside its files is its own. */
async function take({ s3, bucket, folder }: Place, there: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const made = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((key) => !there.has(key) && !key.endsWith(".crc"))
    // What is named last is seen last: an outcome says that all it names is there.
    .sort((a, b) => Number(a.endsWith("outcome.json")) - Number(b.endsWith("outcome.json")));
  for (const key of made) {
    const path = join(folder, key);
    if (!(await isFile(path))) continue;
    const { size } = await stat(path);
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: createReadStream(path),
        ContentLength: size,
      }),
    );
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true;
}
