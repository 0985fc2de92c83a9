import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { GOLD_POINTER } from "../../../src/contracts/gold.ts";
import type { Lake } from "../../../src/lake/lake.ts";
import { homePaths } from "../../../src/main/home.ts";
import { openLake } from "../../../src/main/lake.ts";
import { openLoader } from "../../../src/main/warehouse.ts";
import { newPlace, type Place } from "../../../src/state/places.testing.ts";
import { type AthenaService, serveAthena } from "../../../src/warehouse/athena-service.testing.ts";
import { readGoldManifest } from "../../../src/warehouse/manifests.ts";
import { type CommandLine, openCommandLine } from "../../command-line.testing.ts";
import { type Moto, S3_PEERS, startMoto } from "../moto.testing.ts";
import { loadPostgresGold, type PostgresGold } from "./postgres-gold.testing.ts";
import { openPostgresRedshift, type PostgresRedshift } from "./postgres-redshift.testing.ts";

/** The whole product on Athena and Redshift, which settings alone choose: loopback services, PostgreSQL behind them, moto as S3. */

const NOW = () => new Date("2026-11-19T22:00:00Z");
const QUESTIONS = [
  ["/carteira cliente123", "corretor1"],
  ["/carteira cliente123 PETR4", "corretor1"],
  ["como foi a carteira da Ana Souza em 12 meses contra o CDI?", "corretor1"],
  ["proventos do cliente123 no ano", "corretor1"],
  ["histórico do cliente123", "corretor1"],
  ["risco do cliente123", "corretor1"],
  ["ranking dos meus clientes no ano", "corretor1"],
  ["quem tem PETR4?", "admin"],
  ["meus clientes", "corretor1"],
  ["cotação PETR4", "corretor1"],
  ["resumo", "corretor1"],
  ["/carteira cliente123", "corretor2"],
] as const;
/** Attempts of the SDK at one call. */
const ATTEMPTS = 4;

let moto: Moto;
let place: Place;
let plain: CommandLine;
let lake: Lake;
let gold: PostgresGold;
let athena: AthenaService;
let redshift: PostgresRedshift;
let settings: Readonly<Record<string, string>>;
let expected: readonly unknown[];
let runId: string;
const lines: CommandLine[] = [];

async function answersOf(line: CommandLine): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const [text, user] of QUESTIONS) answers.push(await line.json("ask", text, "--as", user));
  return answers;
}

/** The files that a demo is made of: a demo itself is never built on Glue, and so not read by Athena either. */
async function filesOfDemo(): Promise<readonly string[]> {
  const demo = await openCommandLine(NOW);
  lines.push(demo);
  const { code, err } = await demo.carteira("demo", "--clients", "12");
  expect(code, err).toBe(0);
  const received = homePaths(demo.home).lake;
  const names = readdirSync(received, { recursive: true, encoding: "utf8" });
  return names.filter((name) => /^bronze.*\.csv$/.test(name)).map((name) => join(received, name));
}

/** Another command line over the same home. */
async function inTheCloud(more: Readonly<Record<string, string>> = {}): Promise<CommandLine["carteira"]> {
  const line = await openCommandLine(NOW, { ...settings, ...more }, plain.home);
  lines.push(line);
  return line.carteira;
}

async function askedAll(): Promise<{ readonly answers: readonly unknown[]; readonly err: string }> {
  const carteira = await inTheCloud();
  const answers: unknown[] = [];
  let told = "";
  for (const [text, user] of QUESTIONS) {
    const { code, out, err } = await carteira("ask", text, "--as", user, "--json");
    expect(code, `${text}: ${err}${out}`).toBe(0);
    answers.push(JSON.parse(out));
    told += err;
  }
  return { answers, err: told };
}

const operations = (calls: readonly { readonly operation: string }[]) =>
  calls.map(({ operation }) => operation);

describe.runIf(S3_PEERS !== undefined)("Athena and Redshift chosen by settings", () => {
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.environment)) vi.stubEnv(name, value);
    place = await newPlace();
    const bucket = await moto.newBucket();
    const shared = { CARTEIRA_LAKE_BUCKET: bucket, CARTEIRA_STATE_URL: place.place };
    plain = await openCommandLine(NOW, shared);
    const made = await plain.carteira("ingest", ...(await filesOfDemo()), "--as", "admin");
    expect(made.code, made.err).toBe(0);
    expected = await answersOf(plain);
    lake = await openLake(readConfig({ ...shared, CARTEIRA_HOME: `${plain.home}-test` }, "/"));
    gold = await loadPostgresGold(plain.home, lake);
    athena = await serveAthena(gold.engine);
    const copies = { bucket, stage: (key: string) => lake.stage(key), put: lake.put.bind(lake) };
    redshift = await openPostgresRedshift(copies, `${plain.home}-copies`);
    vi.stubEnv("AWS_ENDPOINT_URL_ATHENA", athena.connection.endpoint);
    vi.stubEnv("AWS_ENDPOINT_URL_REDSHIFT_DATA", redshift.service.connection.endpoint);
    settings = {
      ...shared,
      CARTEIRA_GLUE_JOB: "carteira",
      CARTEIRA_ATHENA_WORKGROUP: "carteira",
      CARTEIRA_ATHENA_DATABASE: gold.schema,
      CARTEIRA_REDSHIFT_WORKGROUP: "carteira",
      CARTEIRA_REDSHIFT_DATABASE: "carteira",
      CARTEIRA_REDSHIFT_COPY_ROLE: "arn:aws:iam::123456789012:role/copy",
    };
    runId = (await lake.readPointer(GOLD_POINTER))?.content.trim() ?? "";
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await redshift?.close();
    await athena?.close();
    await gold?.close();
    for (const line of [...lines, plain]) await line?.remove();
    await place?.remove();
    await moto?.stop();
  });
  beforeEach(async () => {
    const loader = await openLoader(readConfig(settings, "/"), lake);
    await loader?.load(await readGoldManifest(lake, runId));
  });

  it("answer to the digit what DuckDB does, each what it is for", async () => {
    const before = [athena.calls.length, redshift.service.calls.length] as const;
    const { answers, err } = await askedAll();
    expect(answers).toEqual(expected);
    expect(JSON.stringify(expected[0])).toContain('"status":"ok"');
    expect(expected.at(-1)).toMatchObject({ status: "not_found" });
    expect(err).not.toContain("redshift_away");
    expect(operations(athena.calls.slice(before[0]))).toContain("StartQueryExecution");
    expect(operations(redshift.service.calls.slice(before[1]))).toContain("ExecuteStatement");
  });

  it("bring the quotes into Redshift when the digest wants them, and say in it what DuckDB does", async () => {
    const quoted = () => redshift.rows("SELECT COUNT(DISTINCT gold_run) FROM gold.quotes_latest");
    expect(await quoted()).toEqual([["0"]]);
    const carteira = await inTheCloud();
    const digest = await carteira("digest", "--as", "corretor1");
    expect(digest).toEqual(await plain.carteira("digest", "--as", "corretor1"));
    expect(digest.out).toMatch(/R\$\s[\d.]+,\d\d/);
    expect(await quoted()).toEqual([["1"]]);
  });

  it("let runs go that the lake keeps no manifest of", async () => {
    const loader = await openLoader(readConfig(settings, "/"), lake);
    const manifest = await readGoldManifest(lake, runId);
    const noted = () =>
      redshift.rows("SELECT gold_run FROM gold.loaded_runs WHERE gold_run < '2026' OR gold_run >= '2027'");
    await redshift.loads.load({ ...manifest, runId: "20000101T000000000Z-a" });
    await redshift.loads.load({ ...manifest, runId: "29990101T000000000Z-b" });
    await loader?.load(manifest);
    expect(await noted()).toEqual([["29990101T000000000Z-b"]]);
    await loader?.forget(["29990101T000000000Z-b"]);
    expect(await noted()).toEqual([]);
  });

  it("answer the same where Redshift has not the run, and say so in the log alone", async () => {
    const loader = await openLoader(readConfig(settings, "/"), lake);
    await loader?.forget([runId]);
    const { answers, err } = await askedAll();
    expect(answers).toEqual(expected);
    expect(err).toContain('"event":"redshift_away"');
    expect(err).toContain('"code":"not_ready"');
    expect(err).not.toMatch(/cliente123|Ana/);
  });

  it.each([
    ["ThrottlingException", "timeout"],
    ["ExpiredTokenException", "refused"],
    ["InternalServerException", "failed"],
  ])("answer the same where Redshift says %s", async (fault, code) => {
    const carteira = await inTheCloud();
    const [text, user] = QUESTIONS[2];
    redshift.service.failNext("ExecuteStatement", ...Array.from({ length: 2 * ATTEMPTS }, () => fault));
    const { out, err } = await carteira("ask", text, "--as", user, "--json");
    redshift.service.failNext("ExecuteStatement");
    expect(JSON.parse(out)).toEqual(expected[2]);
    expect(err).toContain(`"code":"${code}"`);
  });

  it.each([
    ["pt", "ExpiredTokenException", "O serviço que consulta as carteiras recusou o acesso."],
    ["en", "AccessDeniedException", "The service that reads the portfolios refused access."],
    ["pt", "ThrottlingException", "A consulta às carteiras não terminou a tempo."],
    ["en", "ThrottlingException", "Reading the portfolios did not end in time."],
  ])("tell a broker in %s what to do where Athena says %s", async (language, fault, sentence) => {
    const carteira = await inTheCloud({ CARTEIRA_LANG: language });
    athena.failNext("StartQueryExecution", ...Array.from({ length: 40 }, () => fault));
    const { code, out, err } = await carteira("ask", "/carteira cliente123", "--as", "corretor1");
    athena.failNext("StartQueryExecution");
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain(sentence);
    expect(`${out}${err}`).not.toMatch(/cliente123|SELECT/);
  });

  it("are looked at by doctor, which says what to do", async () => {
    const carteira = await inTheCloud();
    const sound = await carteira("doctor");
    expect(sound.out).toContain(`✓ Athena (carteira, ${gold.schema}): responde, com todas as tabelas`);
    expect(sound.out).toContain("✓ Redshift (carteira, carteira): responde, com todas as tabelas");
    expect(sound.code, sound.out).toBe(0);
    const loader = await openLoader(readConfig(settings, "/"), lake);
    await loader?.forget([runId]);
    athena.failNext("StartQueryExecution", "AccessDeniedException");
    const unsound = await carteira("doctor");
    expect(unsound.code).toBe(1);
    expect(unsound.out).toMatch(/^✗ Athena .*: acesso recusado\. Confira as credenciais da AWS/m);
    expect(unsound.out).toMatch(
      /^! Redshift .* ainda não foi carregado nele; .* o Athena responde no lugar\.$/m,
    );
  });
});
