import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { S3Client } from "@aws-sdk/client-s3";
import pg from "pg";
import { openS3Lake } from "../../src/lake/s3.ts";
import type { AwsService } from "../../src/warehouse/aws-service.testing.ts";
import { type LakeAthena, serveLakeAthena } from "./aws-athena.testing.ts";
import { type Bus, type Lambda, startBus, startLambda } from "./aws-bus.testing.ts";
import { openPostgresRedshift, type PostgresRedshift } from "./engines/postgres-redshift.testing.ts";
import { serveGlue } from "./glue-service.testing.ts";
import { clientOf, type Moto, startMoto } from "./moto.testing.ts";
import { runSpark } from "./spark.testing.ts";

/**
 * A deployment on AWS without AWS: Moto's S3, PostgreSQL for the state and behind the APIs of Athena and Redshift, Spark behind
 * Glue's, and the Lambda as a process of its own that is told of S3's and Glue's events. What is ours is only ever led
 * there by settings, as on AWS.
 */
const JOB = fileURLToPath(new URL("../../pipeline/glue/job.py", import.meta.url));

export interface AwsStage {
  readonly folder: string;
  readonly s3: S3Client;
  readonly bucket: string;
  /** The settings of the service and of the Lambda, but for where its home is. */
  readonly settings: Readonly<Record<string, string>>;
  readonly glue: AwsService;
  readonly athena: LakeAthena;
  readonly redshift: PostgresRedshift;
  readonly lambda: Lambda;
  readonly bus: Bus;
  /** How long each run of Spark took, in ms. */
  readonly sparkMs: readonly number[];
  stop(): Promise<void>;
}

export async function openAwsStage(python: string): Promise<AwsStage> {
  const folder = await mkdtemp(join(tmpdir(), "carteira-aws-"));
  const moto = await startMoto();
  const bucket = await moto.newBucket();
  const s3 = clientOf(moto.endpoint);
  const state = await newDatabase();
  const lake = await openS3Lake({ client: s3, name: bucket, kmsKeyId: null }, join(folder, "copies"));
  const athena = await serveLakeAthena({ lake, bucket }, folder);
  const redshift = await openPostgresRedshift(
    { bucket, put: (key, body) => lake.put(key, body), stage: (key) => lake.stage(key) },
    folder,
  );
  const sparkMs: number[] = [];
  let bus: Bus | null = null;
  const glue = await serveGlue({
    s3,
    folder: join(folder, "spark"),
    async run(args) {
      const from = performance.now();
      await runSpark(python, JOB, { args });
      sparkMs.push(performance.now() - from);
    },
    onEnd: (run) => bus?.tellOfJob(run),
  });
  const settings = settingsOf({ moto, bucket, state: state.url, athena, redshift, glue });
  const lambda = startLambda("pipeline", { ...settings, CARTEIRA_HOME: join(folder, "lambda") });
  bus = startBus({ s3, bucket }, lambda);
  return {
    folder,
    s3,
    bucket,
    settings,
    glue,
    athena,
    redshift,
    lambda,
    bus,
    sparkMs,
    async stop() {
      await bus?.stop();
      await lambda.stop();
      await Promise.all([glue.close(), athena.close(), redshift.close()]);
      s3.destroy();
      await moto.stop();
      await state.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settingsOf(at: {
  readonly moto: Moto;
  readonly bucket: string;
  readonly state: string;
  readonly athena: LakeAthena;
  readonly redshift: PostgresRedshift;
  readonly glue: AwsService;
}): Readonly<Record<string, string>> {
  return {
    ...at.moto.environment,
    AWS_ENDPOINT_URL_GLUE: at.glue.connection.endpoint,
    AWS_ENDPOINT_URL_ATHENA: at.athena.service.connection.endpoint,
    AWS_ENDPOINT_URL_REDSHIFT_DATA: at.redshift.service.connection.endpoint,
    CARTEIRA_STATE_URL: at.state,
    CARTEIRA_LAKE_BUCKET: at.bucket,
    CARTEIRA_GLUE_JOB: "carteira",
    CARTEIRA_ATHENA_WORKGROUP: "carteira",
    CARTEIRA_ATHENA_DATABASE: at.athena.database,
    CARTEIRA_REDSHIFT_WORKGROUP: "carteira",
    CARTEIRA_REDSHIFT_DATABASE: "carteira",
    CARTEIRA_REDSHIFT_COPY_ROLE: "arn:aws:iam::123456789012:role/copy",
  };
}

/** An empty database of the server for the state. */
async function newDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const server = process.env["CARTEIRA_TEST_POSTGRES"] ?? "";
  const name = `state_${randomBytes(8).toString("hex")}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
