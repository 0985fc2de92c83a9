import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readManifest } from "../../pipeline/gold/publish.ts";
import { advance } from "../../pipeline/lambda/advance.ts";
import { createGlueJobs } from "../../pipeline/lambda/glue-jobs.ts";
import { openS3Lake } from "../../src/lake/s3.ts";
import { openBucket } from "../../src/lake/s3-client.ts";
import { openOnAws } from "../../src/main/aws/opened.ts";
import { pipelineDeps } from "../../src/main/aws/pipeline.ts";
import { createRemoteIntake } from "../../src/main/remote-intake.ts";
import { openState } from "../../src/state/index.ts";
import { newPlace, onPostgres } from "../../src/state/places.testing.ts";
import { openCommandLine } from "../command-line.testing.ts";
import { runEmbedded } from "../embedded-glue.testing.ts";
import { type Moto, S3_PEERS, startMoto } from "./moto.testing.ts";

/** The job of Glue over its own wire format, and the Lambda over that, S3, Secrets Manager and PostgreSQL. */

const ROLE = "arn:aws:iam::123456789012:role/glue";
/** Glue's states change with each look in Moto; a run that takes longer than this has hung. */
const LOOKS_MAX = 20;

/** Plain JavaScript, as AWS wants it, and so without types. */
const HANDLERS = new URL("../../src/main/aws/handlers.mjs", import.meta.url).href;

let moto: Moto;

describe.runIf(S3_PEERS !== undefined)("the pipeline over services of AWS", () => {
  beforeAll(async () => {
    moto = await startMoto();
    const environment = { ...moto.environment, AWS_ENDPOINT_URL: moto.endpoint };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    // A run goes on to its next state with every third look at it.
    const transition = { model_name: "glue::job_run", transition: { progression: "manual", times: 3 } };
    const body = JSON.stringify(transition);
    const set = `${moto.endpoint}/moto-api/state-manager/set-transition`;
    expect(await fetch(set, { method: "POST", body })).toMatchObject({ ok: true });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto.stop();
  });

  async function makeJob(name: string): Promise<void> {
    const client = new GlueClient({});
    await client.send(
      new CreateJobCommand({
        Name: name,
        Role: ROLE,
        Command: { Name: "glueetl", ScriptLocation: "s3://lake/job.py" },
        ExecutionProperty: { MaxConcurrentRuns: 1 },
      }),
    );
    client.destroy();
  }

  it("starts the job once, finds it by our name of the run, and sees it end", async () => {
    await makeJob("once");
    const jobs = createGlueJobs({ job: "once", lakeUri: "s3://lake" });
    expect(await jobs.find("20261123T120000000Z-aaaaaa")).toBeNull();
    const id = await jobs.start("20261123T120000000Z-aaaaaa");
    expect(id).toEqual(expect.any(String));
    expect(await jobs.start("20261123T120000000Z-bbbbbb")).toBeNull();
    expect(await jobs.find("20261123T120000000Z-aaaaaa")).toBe(id);
    expect(await jobs.find("20261123T120000000Z-bbbbbb")).toBeNull();
    const seen: string[] = [];
    for (let looks = 0; looks < LOOKS_MAX && seen.at(-1) !== "succeeded"; looks++)
      seen.push(await jobs.state(id ?? ""));
    expect(seen[0]).toBe("running");
    expect(seen.at(-1)).toBe("succeeded");
    expect(await jobs.state("jr_none")).toBe("missing");
    expect(await jobs.start("20261123T120000000Z-bbbbbb")).toEqual(expect.any(String));
  });

  it("says which setting is wrong where Glue has no such job", async () => {
    const jobs = createGlueJobs({ job: "none", lakeUri: "s3://lake" });
    await expect(jobs.start("r")).rejects.toMatchObject({
      code: "absent",
      message: expect.stringContaining("CARTEIRA_GLUE_JOB"),
    });
  });

  it("tells no answer from a refusal", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_GLUE", "http://127.0.0.1:9");
    const silent = createGlueJobs({ job: "once", lakeUri: "s3://lake" });
    await expect(silent.start("r")).rejects.toMatchObject({ code: "unknown" });
    vi.stubEnv("AWS_ENDPOINT_URL_GLUE", moto.endpoint);
  });

  it.runIf(onPostgres)(
    "takes a file from the event of its request to the published book, by the Lambda's own entry",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "carteira-lambda-"));
      const kept = await newPlace();
      const bucket = await moto.newBucket();
      await makeJob("carteira");
      const secrets = new SecretsManagerClient({});
      const { ARN } = await secrets.send(
        new CreateSecretCommand({
          Name: "state",
          SecretString: '{"username":"x","password":"of the state"}',
        }),
      );
      const settings = {
        CARTEIRA_HOME: join(folder, "home"),
        CARTEIRA_LAKE_BUCKET: bucket,
        CARTEIRA_STATE_URL: kept.place,
        CARTEIRA_STATE_SECRET: ARN ?? "",
        CARTEIRA_GLUE_JOB: "carteira",
      };
      for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
      vi.stubEnv("PGPASSWORD", "");
      const lines: string[] = [];
      const write = vi
        .spyOn(process.stdout, "write")
        .mockImplementation((text) => lines.push(String(text)) > 0);
      const handlers = (await import(HANDLERS)) as {
        pipeline(event: unknown): Promise<unknown>;
      };
      // No service has begun a book: a Lambda does not begin one.
      expect(await handlers.pipeline({})).toBe("absent");
      await expect(handlers.pipeline({ Records: [{ messageId: "m", body: "{}" }] })).rejects.toThrow();
      const state = await openState(kept.place);
      const lake = await openS3Lake(openBucket({ bucket, kmsKeyId: null }), join(folder, "copies"));
      const intake = createRemoteIntake({ lake, state }, { now: () => new Date(), waitMs: 60_000 });
      const sent = intake.load(
        {
          files: [
            {
              fileName: "clientes.csv",
              body: Readable.from([Buffer.from("cliente;nome;corretor\nana;Ana Souza;c1\n")]),
            },
          ],
          userId: "admin",
          admin: true,
          brokers: "all",
          clientId: null,
          kind: null,
          replaces: null,
          language: "pt",
        },
        () => {},
      );
      await vi.waitUntil(async () => (await lake.list("bronze/requests/")).length === 1, 10_000);
      const [key] = await lake.list("bronze/requests/");
      const arrival = { source: "aws.s3", detail: { object: { key } } };
      const batch = (event: object) => ({ Records: [{ messageId: "m", body: JSON.stringify(event) }] });
      expect(await handlers.pipeline(batch(arrival))).toEqual({ batchItemFailures: [] });
      expect(process.env["PGPASSWORD"]).toBe("of the state");
      const run = await state.runs.current();
      expect(run).toMatchObject({ status: "started" });
      await runEmbedded({ lake, state }, run?.id ?? "", () => new Date());
      const ended = {
        source: "aws.glue",
        detail: { jobName: "carteira", jobRunId: run?.jobRunId, state: "SUCCEEDED" },
      };
      for (let looks = 0; looks < LOOKS_MAX && (await state.runs.current()) !== null; looks++)
        expect(await handlers.pipeline(batch(ended))).toEqual({ batchItemFailures: [] });
      expect(await sent).toMatchObject({
        runId: run?.id,
        results: [{ promoted: true, counts: { loaded: 1 } }],
      });
      expect((await readManifest(lake))?.manifest.runId).toBe(run?.id);
      write.mockRestore();
      const steps = lines.map((line) => JSON.parse(line) as { event: string });
      expect(steps.map(({ event }) => event)).toEqual([
        "arrived",
        "run_claimed",
        "staged",
        "job_started",
        "job_succeeded",
        "quotes_published",
        "gold_published",
        "settled",
      ]);
      expect(lines.join("")).not.toMatch(/Ana|password|of the state|postgres:/);
      await state.close();
      await kept.remove();
      await rm(folder, { recursive: true, force: true });
    },
  );

  it.runIf(onPostgres)(
    "is handed files by the command line, which says that they go on, and where to look",
    async () => {
      const kept = await newPlace();
      const bucket = await moto.newBucket();
      await makeJob("slow");
      const settings = {
        CARTEIRA_LAKE_BUCKET: bucket,
        CARTEIRA_STATE_URL: kept.place,
        CARTEIRA_GLUE_JOB: "slow",
        CARTEIRA_PIPELINE_WAIT_SECONDS: "1",
      };
      const line = await openCommandLine(() => new Date("2026-11-20T21:00:00Z"), settings);
      line.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
      const sent = await line.carteira("ingest", "clientes.csv", "--as", "admin");
      expect([sent.code, sent.err]).toEqual([0, expect.stringContaining("clientes.csv: recebido, na fila")]);
      expect(sent.out).toContain("clientes.csv: guardado, o processamento continua");
      expect(sent.out).toContain("daqui a alguns minutos: npx carteira uploads");
      expect((await line.carteira("uploads")).out).toMatch(/recebido .*clientes\.csv/);
      expect(await line.carteira("demo")).toMatchObject({
        code: 1,
        err: expect.stringContaining("Tire CARTEIRA_GLUE_JOB das configurações"),
      });
      expect((await line.carteira("doctor")).out).toContain("pipeline no Glue: ");
      for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
      const folder = await mkdtemp(join(tmpdir(), "carteira-lambda-"));
      vi.stubEnv("CARTEIRA_STATE_SECRET", "");
      vi.stubEnv("CARTEIRA_HOME", join(folder, "home"));
      const opened = await openOnAws(process.env);
      const { lake, state } = opened.store;
      const deps = { ...pipelineDeps(opened, null), note: () => {} };
      const work = async () => {
        for (const { id } of await state.requests.forgotten(new Date("2100-01-01T00:00:00Z"), 10))
          await state.requests.queue(id);
        await advance(deps);
        const run = await state.runs.current();
        if (run !== null) await runEmbedded(opened.store, run.id, () => new Date());
        for (let looks = 0; looks < LOOKS_MAX && (await state.runs.current()) !== null; looks++)
          await advance(deps);
      };
      await work();
      expect((await line.carteira("uploads")).out).toMatch(/ativo .*clientes\.csv/);
      const [upload] = await state.uploads.list(1);
      const undone = await line.carteira("undo", upload?.id ?? "");
      expect([undone.code, undone.out]).toEqual([
        0,
        expect.stringContaining("ainda estão sendo recalculadas"),
      ]);
      await work();
      expect((await readManifest(lake))?.manifest.tables.clients).toMatchObject([{ rows: 0 }]);
      await state.close();
      await line.remove();
      await kept.remove();
      await rm(folder, { recursive: true, force: true });
    },
  );
});
