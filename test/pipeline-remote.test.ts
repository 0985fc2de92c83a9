import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runManifest } from "../pipeline/glue/manifest.ts";
import { stageArrival } from "../pipeline/glue/stage.ts";
import { buildGold } from "../pipeline/gold/build.ts";
import { readManifest } from "../pipeline/gold/publish.ts";
import { publishRunQuotes } from "../pipeline/gold/run-quotes.ts";
import { advance } from "../pipeline/lambda/advance.ts";
import { arrived } from "../pipeline/lambda/arrived.ts";
import type { JobState, PipelineDeps } from "../pipeline/lambda/ports.ts";
import { sweep } from "../pipeline/lambda/sweep.ts";
import { createAnswers } from "../src/answers/answers.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import type { Lake } from "../src/lake/lake.ts";
import { checkGold } from "../src/main/checks/gold.ts";
import { REAL_HOME } from "../src/main/home.ts";
import { createIntake, type Intake } from "../src/main/ingest.ts";
import { createRemoteIntake } from "../src/main/remote-intake.ts";
import { toFileOutcome } from "../src/main/uploads.ts";
import { wordsOf } from "../src/main/words/words.ts";
import { DEFAULT_HOURS } from "../src/market/hours.ts";
import { openState, type State } from "../src/state/index.ts";
import { openDuckDbWarehouse } from "../src/warehouse/duckdb.ts";
import { runEmbedded } from "./embedded-glue.testing.ts";

/** Files that go to the pipeline on Glue and come back as what the embedded one makes of them. */

const NOW = () => new Date("2026-03-31T21:30:00Z");
const CLIENTS = "cliente;nome;corretor\nana;Ana Souza;c1\nbia;Bia Lima;c2\n";
const PRICES = "data;ativo;preco\n27/03/2026;PETR4;31\n30/03/2026;PETR4;32\n";
const OPERATIONS =
  "cliente;data;tipo;ativo;quantidade;preco;id\nana;02/03/2026;compra;PETR4;100;30,00;o1\nana;03/03/2026;compra;PETR4;50;31,00;o2\n";

interface Place {
  readonly lake: Lake;
  readonly state: State;
  readonly intake: Intake;
}

let folder: string;
let remote: Place;
let steps: { step: string; fields: Readonly<Record<string, unknown>> }[];
let jobState: JobState;
/** The job of this Glue, and whether it works by itself as soon as it is told. */
let jobs: { id: string; runId: string }[];
let stopped: boolean;
let serving: Promise<void>;

function depsOf({ lake, state }: Pick<Place, "lake" | "state">): PipelineDeps {
  const scratchDir = join(folder, "lambda");
  return {
    lake,
    ledger: state.uploads,
    requests: state.requests,
    runs: state.runs,
    alone: (work) => state.withLease("pipeline-run", work),
    jobs: {
      async start(runId) {
        const id = `jr_${jobs.length}`;
        jobs.push({ id, runId });
        return id;
      },
      find: async (runId) => jobs.find((job) => job.runId === runId)?.id ?? null,
      state: async () => jobState,
    },
    stage: (upload, sender) => stageArrival({ lake, scratchDir, now: NOW }, upload, sender),
    manifest: runManifest,
    publishQuotes: (manifest, actions) => publishRunQuotes({ lake, scratchDir, now: NOW }, manifest, actions),
    loader: null,
    now: NOW,
    note: (step, fields) => steps.push({ step, fields }),
  };
}

async function place(name: string): Promise<Pick<Place, "lake" | "state">> {
  const state = await openState(join(folder, `${name}.db`), NOW);
  return { state, lake: await openDiskLake(join(folder, name)) };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "carteira-remote-"));
  steps = [];
  jobs = [];
  jobState = "succeeded";
  stopped = false;
  const store = await place("remote");
  remote = { ...store, intake: createRemoteIntake(store, { now: NOW, waitMs: 60_000 }) };
  serving = Promise.resolve();
});

afterEach(async () => {
  stopped = true;
  await serving;
  await remote.state.close();
  await rm(folder, { recursive: true, force: true });
});

/** What AWS does meanwhile: it tells of requests, works on the job, and tells of its end. */
function serve(): void {
  const deps = depsOf(remote);
  const told = new Set<string>();
  serving = (async () => {
    while (!stopped) {
      for (const key of await remote.lake.list("bronze/requests/")) {
        if (!told.has(key)) await arrived(deps, key);
        told.add(key);
      }
      const run = await remote.state.runs.current();
      if (run?.status === "started" && jobState === "succeeded" && !worked.has(run.id)) {
        worked.add(run.id);
        await runEmbedded(remote, run.id, NOW);
      }
      await advance(deps);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
}
const worked = new Set<string>();

function load(
  intake: Intake,
  files: Readonly<Record<string, string>>,
  said: object = {},
  seen: string[] = [],
) {
  return intake.load(
    {
      files: Object.entries(files).map(([fileName, body]) => ({
        fileName,
        body: Readable.from([Buffer.from(body)]),
      })),
      userId: "admin",
      admin: true,
      brokers: "all",
      clientId: null,
      kind: null,
      replaces: null,
      language: "pt",
      ...said,
    },
    (step) => {
      if (seen.at(-1) !== step) seen.push(step);
    },
  );
}

async function portfolio({ lake }: Pick<Place, "lake">): Promise<unknown> {
  const warehouse = await openDuckDbWarehouse(lake);
  try {
    const answers = createAnswers({ warehouse, now: NOW, hours: DEFAULT_HOURS });
    const briefing = await answers.briefing({ brokers: ["c1", "c2"], client: null, at: null, before: null });
    return JSON.parse(
      JSON.stringify(briefing, (key, value) => (/runId/i.test(key) ? undefined : (value as unknown))),
    );
  } finally {
    await warehouse.close();
  }
}

describe("files for the pipeline on Glue", () => {
  it("come to what they come to in the process: counts, reasons, the book to the digit, and back again", async () => {
    const store = await place("embedded");
    const scratchDir = join(folder, "scratch");
    const here = createIntake(
      { ...store, folder, info: REAL_HOME, scratchDir },
      { now: NOW, onWait: () => {} },
    );
    serve();
    // The operations come first: one run takes all three, in the order that their kinds need.
    const first = { "operacoes.csv": OPERATIONS, "precos.csv": PRICES, "clientes.csv": CLIENTS };
    const bad = {
      "mais.csv":
        "cliente;data;tipo;ativo;quantidade;preco;id\nana;04/03/2026;compra;VALE3;10;60,00;p1\nana;xx;compra;VALE3;10;60,00;p2\n" +
        ["p3", "p4", "p5", "p6"].map((id) => `ana;05/03/2026;compra;VALE3;1;60,00;${id}\n`).join(""),
    };
    const own = { userId: "c1", admin: false, brokers: ["c1"] };
    const rounds: readonly (readonly [Readonly<Record<string, string>>, object])[] = [
      [first, {}],
      [bad, own],
      [
        { "de-outro.csv": "cliente;data;tipo;ativo;quantidade;preco\nbia;04/03/2026;compra;VALE3;1;60\n" },
        own,
      ],
      [{ "precos.csv": PRICES }, own],
      [{ "nada.csv": "isto não é nada\n" }, { ...own, language: "en" }],
      [{ "operacoes.csv": OPERATIONS }, own],
    ];
    let last: { readonly there: string; readonly here: string } | null = null;
    for (const [files, said] of rounds) {
      const seen: string[] = [];
      const there = await load(remote.intake, files, said, seen);
      const embedded = await load(here, files, said);
      const plain = (one: (typeof there.results)[number]) => ({ ...toFileOutcome(one), upload: "" });
      expect(there.results.map(plain)).toEqual(embedded.results.map(plain));
      expect(seen[0]).toBe("received");
      if (there.results.some(({ promoted }) => promoted)) {
        expect(there.runId).toBe((await readManifest(remote.lake))?.manifest.runId);
        last = { there: there.results[0]?.upload.id ?? "", here: embedded.results[0]?.upload.id ?? "" };
      }
    }
    expect(await portfolio(remote)).toEqual(await portfolio(store));
    const before = await portfolio(remote);
    expect(JSON.stringify(before)).toContain("VALE3");
    const look = async (lake: Lake) => {
      const active = await remote.state.uploads.active();
      return await checkGold({ lake, active, now: NOW(), deep: true }, wordsOf("pt"));
    };
    expect((await look(remote.lake)).map(({ mark }) => mark)).toEqual(["ok", "ok", "ok"]);
    // What Spark has written has no hash: the number of its rows tells.
    const [clients] = (await readManifest(remote.lake))?.manifest.tables.clients ?? [];
    const other = await remote.lake.stage(clients?.key.replace("clients", "instruments") ?? "");
    const changed = new Proxy(remote.lake, {
      get: (lake, name) => {
        const found: unknown = Reflect.get(lake, name);
        if (typeof found !== "function") return found;
        return (key: string, ...rest: readonly unknown[]) =>
          name === "stage" && key === clients?.key ? other : (found.call(lake, key, ...rest) as unknown);
      },
    });
    expect((await look(changed)).map(({ mark }) => mark)).toEqual(["broken", "ok", "ok"]);
    const back = await remote.intake.undo(last?.there ?? "", () => {});
    expect(back).toMatchObject({ done: true, fileName: "mais.csv" });
    await here.undo(last?.here ?? "", () => {});
    expect(await portfolio(remote)).toEqual(await portfolio(store));
    expect(await portfolio(remote)).not.toEqual(before);
    await store.state.close();
    // An embedded engine takes nothing of it for its own, and builds in full.
    const glue = (await readManifest(remote.lake))?.manifest;
    const uploads = await remote.state.uploads.active();
    const built = await buildGold(
      { lake: remote.lake, scratchDir: folder, now: NOW },
      { uploads, demo: false },
      () => {},
    );
    expect(built).toMatchObject({ built: true });
    const after = (await readManifest(remote.lake))?.manifest;
    expect(
      Object.values(after?.tables ?? {})
        .flat()
        .some(({ key }) => key.includes(glue?.runId ?? "?")),
    ).toBe(false);
  }, 120_000);

  it("can be followed, each by its upload, from arrival to the end", async () => {
    serve();
    const { results } = await load(remote.intake, { "clientes.csv": CLIENTS });
    const id = results[0]?.upload.id ?? "";
    const mine = steps.filter(({ fields }) =>
      (fields["uploads"] as readonly string[] | undefined)?.includes(id),
    );
    expect(mine.map(({ step }) => step)).toEqual([
      "arrived",
      "run_claimed",
      "staged",
      "job_started",
      "job_succeeded",
      "quotes_published",
      "gold_published",
      "settled",
    ]);
    const runs = mine.slice(1).map(({ fields }) => fields["run"]);
    expect(new Set(runs).size).toBe(1);
    expect(JSON.stringify(steps)).not.toContain("Ana");
  }, 60_000);

  it("are kept and go on by themselves past the time that somebody waits", async () => {
    const hasty = createRemoteIntake(remote, { now: NOW, waitMs: 1 });
    const { results, runId } = await load(hasty, { "clientes.csv": CLIENTS });
    expect(runId).toBeNull();
    expect(results).toMatchObject([{ pending: true, promoted: false, upload: { status: "received" } }]);
    serve();
    const again = await load(remote.intake, { "clientes.csv": CLIENTS });
    expect(again.results).toMatchObject([{ promoted: false, upload: { status: "repeated" } }]);
    expect(await remote.state.uploads.find(results[0]?.upload.id ?? "")).toMatchObject({ status: "active" });
  }, 60_000);

  it("end with a sentence where the job fails three times, and lose nothing", async () => {
    jobState = "failed";
    serve();
    const { results } = await load(remote.intake, { "clientes.csv": CLIENTS });
    const [result] = results;
    expect(result).toMatchObject({ promoted: false, counts: { rows: 0 }, upload: { status: "failed" } });
    expect(result?.issues[0]?.reason).toMatch(
      /^o processamento falhou três vezes, .* ele está guardado\. .* a execução \d{8}T\d{9}Z-[0-9a-f]{6}$/,
    );
    expect(jobs).toHaveLength(3);
    expect(await readManifest(remote.lake)).toBeNull();
    expect(await remote.lake.exists(result?.upload.bronzeKey ?? "")).toBe(true);
    jobState = "succeeded";
    expect((await load(remote.intake, { "clientes.csv": CLIENTS })).results).toMatchObject([
      { promoted: true },
    ]);
  }, 60_000);

  it("whose sender died before the pipeline was told are taken by the sweep", async () => {
    const lost = new Proxy(remote.lake, {
      get(lake, name) {
        const found: unknown = Reflect.get(lake, name);
        if (typeof found !== "function") return found;
        return (key: string, ...rest: readonly unknown[]) => {
          if (name === "put" && key.startsWith("bronze/requests/")) throw new Error("killed");
          return found.call(lake, key, ...rest) as unknown;
        };
      },
    });
    const dying = createRemoteIntake({ ...remote, lake: lost }, { now: NOW, waitMs: 0 });
    await expect(load(dying, { "clientes.csv": CLIENTS })).rejects.toThrow("killed");
    expect(await remote.lake.list("bronze/requests/")).toEqual([]);
    const later = { ...depsOf(remote), now: () => new Date(NOW().getTime() + 3 * 60_000) };
    expect(await sweep(later)).toBe("waiting");
    expect(await remote.lake.list("bronze/requests/")).toHaveLength(1);
    await runEmbedded(remote, jobs[0]?.runId ?? "", NOW);
    expect(await sweep(later)).toBe("idle");
    expect((await remote.state.uploads.list(1))[0]).toMatchObject({ status: "active" });
  }, 60_000);
});
