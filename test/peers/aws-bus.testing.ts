import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { JobRunState } from "./glue-service.testing.ts";

/**
 * What EventBridge and SQS do between S3, Glue and a Lambda: tells of each new object under a prefix and of each job run that
 * ended, at least once. Events that the function says it failed at come again.
 */

const RUNTIME = fileURLToPath(new URL("./aws-lambda.ts", import.meta.url));
const HANDLERS = fileURLToPath(new URL("../../src/main/aws/handlers.mjs", import.meta.url));
const WATCHED = "bronze/requests/";
const LOOK_MS = 200;
const TRIES_MAX = 8;

export interface Lambda {
  invoke(event: object): Promise<unknown>;
  /** All that it logged so far. */
  logged(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a function of the handlers' with these settings and no others. */
export function startLambda(name: string, environment: Readonly<Record<string, string>>): Lambda {
  const child = spawn(process.execPath, [RUNTIME, HANDLERS, name], {
    env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (/^(?:RESULT|ERROR) /.test(line)) waiting.shift()?.(line);
    else lines.push(line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void ended.then(() => {
    for (const answer of waiting.splice(0))
      answer(`ERROR the function ended:\n${lines.slice(-20).join("\n")}`);
  });
  return {
    async invoke(event) {
      const line = await new Promise<string>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(event)}\n`);
      });
      if (line.startsWith("ERROR ")) throw new Error(line.slice(6));
      return JSON.parse(line.slice(7)) as unknown;
    },
    logged: () => lines,
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

export interface Bus {
  /** Tells of a job run that ended. */
  tellOfJob(run: { readonly id: string; readonly job: string; readonly state: JobRunState }): void;
  /** What the function could not do in all its tries. */
  readonly dead: readonly object[];
  stop(): Promise<void>;
}

export function startBus(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  lambda: Lambda,
): Bus {
  const seen = new Set<string>();
  const queue: { readonly event: object; tries: number }[] = [];
  const dead: object[] = [];
  const stopping = new AbortController();

  const look = async (): Promise<void> => {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: WATCHED }));
    for (const { Key = "" } of page.Contents ?? []) {
      if (seen.has(Key)) continue;
      seen.add(Key);
      queue.push({ event: objectCreated(bucket, Key), tries: 0 });
      // S3 tells of an object at least once; here always twice.
      queue.push({ event: objectCreated(bucket, Key), tries: 0 });
    }
  };
  const deliver = async (): Promise<void> => {
    const batch = queue.splice(0, 10);
    if (batch.length === 0) return;
    const Records = batch.map(({ event }) => ({
      messageId: randomUUID(),
      body: JSON.stringify(event),
      eventSource: "aws:sqs",
    }));
    const failed = await lambda
      .invoke({ Records })
      .then((result) => failuresOf(result, Records.length))
      .catch(() => null);
    for (const [at, message] of batch.entries()) {
      const id = Records[at]?.messageId ?? "";
      if (failed !== null && !failed.has(id)) continue;
      message.tries += 1;
      if (message.tries < TRIES_MAX) queue.push(message);
      else dead.push(message.event);
    }
  };
  const turning = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await deliver();
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    dead,
    tellOfJob: (run) => void queue.push({ event: jobChanged(run), tries: 0 }),
    async stop() {
      stopping.abort();
      await turning;
    },
  };
}

function failuresOf(result: unknown, count: number): ReadonlySet<string> {
  const { batchItemFailures } = (result ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  };
  if (batchItemFailures === undefined) throw new Error(`a batch of ${count} was answered by something else`);
  return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
}

/** As EventBridge tells of it: docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html. */
function objectCreated(bucket: string, key: string): object {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "123456789012",
    time: new Date().toISOString(),
    region: "sa-east-1",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size: 1, etag: "0", sequencer: "0" },
      "request-id": "0",
      requester: "123456789012",
      reason: "PutObject",
    },
  };
}

/** As EventBridge tells of it: docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html. */
function jobChanged({
  id,
  job,
  state,
}: {
  readonly id: string;
  readonly job: string;
  readonly state: JobRunState;
}) {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Glue Job State Change",
    source: "aws.glue",
    account: "123456789012",
    time: new Date().toISOString(),
    region: "sa-east-1",
    resources: [],
    detail: { jobName: job, severity: "INFO", state, jobRunId: id, message: `Job run ${state}` },
  };
}
