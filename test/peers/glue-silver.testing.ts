import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, openEngine, quote } from "../../pipeline/engine.ts";
import { runManifest, type StagedUpload } from "../../pipeline/glue/manifest.ts";
import { type ArrivalOutcome, manifestKey } from "../../pipeline/glue/run.ts";
import { stageArrival } from "../../pipeline/glue/stage.ts";
import { openTestHome, type TestFile, type TestHome } from "../../pipeline/ingest.testing.ts";
import type { IngestRequest, IngestResult } from "../../pipeline/ingest.ts";
import type { UploadRecord } from "../../pipeline/ports.ts";
import { fileIssue, rejectedKey } from "../../pipeline/silver/quarantine.ts";
import { FileRefused } from "../../pipeline/silver/staged.ts";
import { openDiskLake } from "../../src/lake/disk.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { dayIn } from "../../src/money/day.ts";
import { runSpark } from "./spark.testing.ts";

const NOW = new Date("2026-03-31T21:30:00Z");
const DRIVER = fileURLToPath(new URL("glue-silver.testing.py", import.meta.url));

/** Files that somebody sends at once. */
export interface Sending {
  readonly files: readonly TestFile[];
  readonly options?: Partial<Omit<IngestRequest, "replaces">>;
  /** The name of the file sent before whose upload this takes the place of. */
  readonly replaces?: string;
}

/** A home of its own, and the runs that fill it: each is one run of the job over all that is sent in it. */
export interface Scenario {
  readonly name: string;
  readonly runs: readonly (readonly Sending[])[];
}

/** One file as both engines took it. */
export interface ComparedFile {
  readonly scenario: string;
  readonly file: string;
  readonly kind: string;
  readonly status: string;
  readonly rows: number;
  readonly rejected: number;
  /** What differs, in words; none if nothing does. */
  readonly differences: readonly string[];
  /** Codes of the quarantine. */
  readonly codes: readonly string[];
  /** What the sender is told. */
  readonly reasons: readonly string[];
}

interface Taken {
  readonly runId: string;
  readonly result: IngestResult;
  /** What staging refused, or null. */
  readonly refused: readonly unknown[] | null;
}

interface Played {
  readonly scenario: Scenario;
  readonly home: TestHome;
  readonly dir: string;
  readonly lake: Lake;
  readonly taken: readonly Taken[];
  readonly runIds: readonly string[];
}

/** Takes all files of all scenarios in both engines, Spark started once, and compares every file. */
export async function compareSilver(
  scenarios: readonly Scenario[],
  python: string,
): Promise<readonly ComparedFile[]> {
  const played: Played[] = [];
  try {
    for (const scenario of scenarios) played.push(await play(scenario));
    const runs = played.flatMap(({ dir, runIds }) => runIds.map((runId) => `${dir}\t${runId}`));
    await runSpark(python, DRIVER, { args: [], stdin: runs.join("\n") });
    const compared: ComparedFile[] = [];
    for (const one of played) compared.push(...(await compare(one)));
    return compared;
  } finally {
    for (const { home, dir } of played) {
      await home.remove();
      await rm(dir, { recursive: true, force: true });
    }
  }
}

/** Takes the files in the embedded engine, and stages the same uploads in a lake of their own. */
async function play(scenario: Scenario): Promise<Played> {
  const home = await openTestHome(NOW);
  const dir = await mkdtemp(join(tmpdir(), "carteira-glue-silver-"));
  const lake = await openDiskLake(dir);
  const taken: Taken[] = [];
  const runIds: string[] = [];
  for (const [at, sendings] of scenario.runs.entries()) {
    const runId = `run-${at + 1}`;
    const active = await home.ledger.active();
    const staged: StagedUpload[] = [];
    for (const sending of sendings) {
      const replaces = sending.replaces === undefined ? null : uploadOf(taken, sending.replaces);
      const results = await home.load(sending.files, { ...sending.options, replaces });
      for (const result of results) {
        const found = await stage(home, lake, result.upload, sending);
        if (!Array.isArray(found)) staged.push(found as StagedUpload);
        taken.push({ runId, result, refused: Array.isArray(found) ? found : null });
      }
    }
    const manifest = runManifest({ runId, createdAt: NOW, today: dayIn(NOW), active, arrivals: staged });
    await lake.put(manifestKey(runId), Buffer.from(JSON.stringify(manifest)));
    runIds.push(runId);
  }
  return { scenario, home, dir, lake, taken, runIds };
}

function uploadOf(taken: readonly Taken[], fileName: string): string {
  const found = taken.findLast(({ result }) => result.upload.fileName === fileName);
  if (found === undefined) throw new Error(`no ${fileName} was sent before`);
  return found.result.upload.id;
}

/** The upload as it was when it came, staged twice; or the issues with which staging refuses it. */
async function stage(
  home: TestHome,
  lake: Lake,
  upload: UploadRecord,
  { options }: Sending,
): Promise<StagedUpload | readonly unknown[]> {
  const received: UploadRecord = {
    ...upload,
    kind: null,
    status: "received",
    counts: null,
    silverKey: null,
    quarantineKey: null,
  };
  await lake.put(upload.bronzeKey, await home.lake.read(upload.bronzeKey));
  const scratchDir = await mkdtemp(join(tmpdir(), "carteira-stage-"));
  const sender = {
    admin: options?.admin ?? true,
    brokers: options?.brokers ?? "all",
    kind: options?.kind ?? null,
    language: options?.language ?? "pt",
  };
  try {
    const deps = { lake, scratchDir, now: () => NOW };
    const first = await stageArrival(deps, received, sender);
    const again = await stageArrival(deps, received, sender);
    if (JSON.stringify(first) !== JSON.stringify(again)) throw new Error("staged twice, it is another plan");
    return { upload: received, ...first };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return [fileIssue(error.issue, sender.language)];
  } finally {
    await rm(scratchDir, { recursive: true, force: true });
  }
}

async function compare({
  scenario,
  home,
  dir,
  lake,
  taken,
  runIds,
}: Played): Promise<readonly ComparedFile[]> {
  const outcomes = new Map<string, ArrivalOutcome>();
  for (const runId of runIds) {
    const written = JSON.parse(
      await readFile(join(dir, `runs/${runId}/arrivals.json`), "utf8"),
    ) as readonly ArrivalOutcome[];
    for (const outcome of written) outcomes.set(outcome.uploadId, outcome);
  }
  const engine = await openEngine(join(dir, "engine"));
  try {
    const compared: ComparedFile[] = [];
    for (const { result, refused } of taken) {
      const { upload, counts } = result;
      const outcome = outcomes.get(upload.id);
      const differences =
        refused === null
          ? await differencesOf(engine, { embedded: home.lake, spark: lake }, result, outcome)
          : differing("refused", result.issues, refused);
      const codes =
        upload.quarantineKey === null
          ? []
          : await engine.rows(
              `select distinct code from read_parquet(${quote(await home.lake.stage(upload.quarantineKey))})`,
            );
      compared.push({
        scenario: scenario.name,
        file: upload.fileName,
        kind: upload.kind ?? "-",
        status: upload.status === "replaced" ? "active" : upload.status,
        rows: counts.rows,
        rejected: counts.rejected,
        differences,
        codes: codes.map((row) => String(row["code"])),
        reasons: result.issues.map(({ reason }) => reason),
      });
    }
    return compared;
  } finally {
    engine.close();
  }
}

interface Lakes {
  readonly embedded: Lake;
  readonly spark: Lake;
}

async function differencesOf(
  engine: Engine,
  lakes: Lakes,
  { upload, counts, issues }: IngestResult,
  outcome: ArrivalOutcome | undefined,
): Promise<readonly string[]> {
  if (outcome === undefined) return ["no outcome"];
  const found = [
    ...differing("status", upload.status, outcome.status),
    ...differing("counts", counts, outcome.counts),
    ...differing("issues", issues, outcome.issues),
    ...differing("silver key", upload.silverKey, outcome.silverKey),
    ...differing("quarantine key", upload.quarantineKey, outcome.quarantineKey),
  ];
  if (upload.silverKey !== null && outcome.silverKey !== null)
    found.push(...(await differingRows(engine, lakes, upload.silverKey)));
  if (upload.quarantineKey !== null && outcome.quarantineKey !== null) {
    found.push(...(await differingRows(engine, lakes, upload.quarantineKey)));
    const key = rejectedKey(upload.quarantineKey);
    found.push(
      ...differing("rejected rows", await textOf(lakes.embedded, key), await textOf(lakes.spark, key)),
    );
  }
  return found;
}

async function textOf(lake: Lake, key: string): Promise<string> {
  return readFile(await lake.stage(key), "utf8");
}

function differing(what: string, embedded: unknown, spark: unknown): readonly string[] {
  const [left, right] = [JSON.stringify(embedded), JSON.stringify(spark)];
  if (left === right) return [];
  let at = 0;
  while (left[at] === right[at]) at++;
  const from = Math.max(0, at - 60);
  return [`${what}: embedded …${left.slice(from, at + 100)}, Spark …${right.slice(from, at + 100)}`];
}

/** Rows that one of the two alone has, columns of another name or type, and another order. */
async function differingRows(engine: Engine, lakes: Lakes, key: string): Promise<readonly string[]> {
  for (const name of ["embedded", "spark"] as const)
    await engine.run(
      `create or replace temp view ${name} as select * from read_parquet(${quote(await lakes[name].stage(key))})`,
    );
  const shape = async (name: string) =>
    (await engine.rows(`describe select * from ${name}`)).map(
      (row) => `${row["column_name"]} ${row["column_type"]}`,
    );
  const shapes = differing(`${key} columns`, await shape("embedded"), await shape("spark"));
  if (shapes.length > 0) return shapes;
  const only = (left: string, right: string): string =>
    `select '${left}' as engine, * from (select * from ${left} except all select * from ${right})`;
  const rows = await engine.rows(
    `select cast(d as varchar) as text from (${only("embedded", "spark")} union all ${only("spark", "embedded")}) d`,
  );
  return rows.map((row) => `${key}: ${row["text"]}`);
}

/** The comparison as a table for people. */
export function silverTable(compared: readonly ComparedFile[]): string {
  const lines = compared.map(
    ({ scenario, file, kind, status, rows, rejected, differences }) =>
      `  ${scenario.padEnd(14)} ${file.padEnd(28)} ${kind.padEnd(15)} ${status.padEnd(13)} ${String(rows).padStart(6)} rows ${String(rejected).padStart(5)} rejected ${String(differences.length).padStart(4)} differences`,
  );
  return ["silver of both engines, file by file:", ...lines].join("\n");
}
