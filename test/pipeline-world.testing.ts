import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runManifest } from "../pipeline/glue/manifest.ts";
import type { ArrivalPlan } from "../pipeline/glue/plan.ts";
import { type GlueOutcome, outcomeKey, RUN_VERSION } from "../pipeline/glue/run.ts";
import { glueInputsOf } from "../pipeline/gold/plan.ts";
import { readManifest } from "../pipeline/gold/publish.ts";
import { GlueError } from "../pipeline/lambda/failure.ts";
import { readRun } from "../pipeline/lambda/outcome.ts";
import type { JobState, PipelineDeps } from "../pipeline/lambda/ports.ts";
import { tellPipeline, writeSender } from "../pipeline/lambda/request.ts";
import { FILE_KINDS } from "../pipeline/ports.ts";
import { FileRefused } from "../pipeline/silver/staged.ts";
import { GOLD_TABLES, type GoldFile, type GoldTableName } from "../src/contracts/gold.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import type { Lake } from "../src/lake/lake.ts";
import { openState, type State } from "../src/state/index.ts";

/**
 * The pipeline on Glue with a real state and a real lake, and a Glue that does as it is told: what it makes of a file is told by the
 * file's name. Every call that a Lambda makes of anything outside may be its last.
 */

export const FILES = ["ok", "repeated", "bad", "refused", "poison", "crash"] as const;
export type FileName = (typeof FILES)[number];

/** What the file is to come to where nothing else goes wrong. */
export const COMES_TO: Readonly<Record<FileName, string>> = {
  ok: "active",
  repeated: "repeated",
  bad: "not_promoted",
  refused: "failed",
  // The job fails whenever it is in the run.
  poison: "failed",
  // A file that our own code cannot take.
  crash: "failed",
};

/** A Lambda that dies at its call number `at`: before it reaches the other side, or with the answer on its way back. */
export interface Death {
  readonly at: number;
  readonly answerLost: boolean;
}

class Dead extends Error {}

interface JobRun {
  readonly id: string;
  readonly runId: string;
  state: JobState;
}

const COUNTS = { rows: 1, loaded: 1, replaced: 0, repeated: 0, rejected: 0 };
const LOCK_MS = 30_000;

export class World {
  readonly state: State;
  readonly lake: Lake;
  readonly jobs: JobRun[] = [];
  /** Runs that another engine holds. */
  readonly loaded = new Set<string>();
  redshiftAway = false;
  /** How often the pointer of gold was moved to each run. */
  readonly published = new Map<string, number>();
  readonly steps: { readonly step: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  /** How the next starts end; without a word they do as Glue does. */
  readonly starts: ("throttled" | "lost")[] = [];
  nowMs = Date.parse("2026-11-23T12:00:00Z");
  #lockedUntilMs = 0;
  #sent = 0;
  readonly #folder: string;

  constructor(folder: string, state: State, lake: Lake) {
    this.#folder = folder;
    this.state = state;
    this.lake = lake;
  }

  static async open(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "carteira-world-"));
    const clock = { now: () => new Date() };
    const state = await openState(join(folder, "state.db"), () => clock.now());
    const world = new World(folder, state, await openDiskLake(join(folder, "lake")));
    clock.now = () => new Date(world.nowMs);
    return world;
  }

  async close(): Promise<void> {
    await this.state.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Somebody sends a file. `untold`: their process dies before the pipeline is told. */
  async send(name: FileName, untold = false): Promise<string> {
    const id = `20261123-${name}-${this.#sent++}`;
    const { key, sha256 } = await this.lake.put(`bronze/${id}`, Buffer.from(id));
    await this.state.requests.keepUpload(
      {
        id,
        fileName: `${name}.csv`,
        sha256,
        bronzeKey: key,
        kind: null,
        userId: "corretor1",
        clientId: null,
        receivedAt: new Date(this.nowMs).toISOString(),
        status: "received",
        counts: null,
        silverKey: null,
        quarantineKey: null,
        replaces: null,
      },
      { sender: writeSender({ admin: true, brokers: "all", kind: null, language: "pt" }), batch: id },
    );
    if (!untold) await this.tell(id);
    return id;
  }

  async undo(uploadId: string): Promise<boolean> {
    const id = `rebuild-${this.#sent++}`;
    if ((await this.state.requests.undo(uploadId, id)) !== "undone") return false;
    await this.tell(id);
    return true;
  }

  async tell(id: string): Promise<void> {
    const request = await this.state.requests.find(id);
    if (request !== null) await tellPipeline(this.lake, request);
  }

  /** What a Lambda has; `death` is its own, and `alone` false lets it work beside others. */
  deps({ death = null, alone = true }: { death?: Death | null; alone?: boolean } = {}): PipelineDeps {
    const life = { calls: 0, dead: false };
    const mortal = <T extends object>(target: T): T => mortalOf(target, life, death);
    const stage: PipelineDeps["stage"] = async ({ fileName, id }) => {
      if (fileName.startsWith("refused")) throw new FileRefused({ code: "file_empty" }, "operations");
      if (fileName.startsWith("crash")) throw new TypeError("a fault of ours");
      const { key } = await this.lake.put(`staged/upload=${id}/rows`, Buffer.from(id));
      // What Spark has to know of a file, this Glue does not ask.
      const plan = { rowsKey: key, badKey: key, replacesAnybodys: true } as ArrivalPlan;
      return { kind: "operations", plan };
    };
    const publishQuotes: PipelineDeps["publishQuotes"] = async ({ runId }) => runId;
    const loader = {
      load: async ({ runId }: { readonly runId: string }) => {
        if (!this.redshiftAway) this.loaded.add(runId);
        return !this.redshiftAway;
      },
      forget: async (runIds: readonly string[]) => {
        for (const runId of runIds) this.loaded.delete(runId);
      },
    };
    return {
      ...mortal({ stage, publishQuotes }),
      loader: mortal(loader),
      lake: mortal(this.#countingLake()),
      ledger: mortal(this.state.uploads),
      requests: mortal(this.state.requests),
      runs: mortal(this.state.runs),
      jobs: mortal(this.#jobs()),
      alone: alone ? (work) => this.#alone(work, life) : (work) => work(new AbortController().signal),
      manifest: runManifest,
      now: () => new Date(this.nowMs),
      note: (step, fields) => {
        this.steps.push({ step, fields });
      },
    };
  }

  /** Glue comes to an end with the run that it works on. */
  async endJob(end: JobState): Promise<void> {
    const job = this.jobs.find(({ state }) => state === "running");
    if (job === undefined) return;
    const run = await readRun(this.lake, job.runId);
    const poisoned = run.arrivals.some(({ uploadId }) => uploadId.includes("-poison-"));
    if (end === "succeeded" && !poisoned) await this.#writeOutcome(job.runId);
    job.state = end === "succeeded" && poisoned ? "failed" : end;
  }

  /** Whether the published book holds just what counts. */
  async isBookRight(): Promise<boolean> {
    const inputs = (await readManifest(this.lake))?.manifest.inputs ?? glueInputsOf([]);
    const active = (await this.state.uploads.active()).flatMap(({ kind, silverKey, sha256 }) =>
      kind === null || silverKey === null ? [] : [{ table: FILE_KINDS[kind], silverKey, sha256 }],
    );
    return JSON.stringify(inputs) === JSON.stringify(glueInputsOf(active));
  }

  async #writeOutcome(runId: string): Promise<void> {
    const run = await readRun(this.lake, runId);
    const tables = {} as Record<GoldTableName, readonly GoldFile[]>;
    for (const table of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      const key = `gold/${table}/${runId}/part-0.parquet`;
      await this.lake.put(key, Buffer.from(runId));
      tables[table] = [{ key, rows: 0 }];
    }
    const outcome: GlueOutcome = {
      version: RUN_VERSION,
      runId,
      asOf: "2026-11-20",
      tables,
      arrivals: run.arrivals.map(({ uploadId }) => {
        const name = FILES.find((one) => uploadId.includes(`-${one}-`));
        const status = name === "repeated" ? "repeated" : name === "bad" ? "not_promoted" : "active";
        const silverKey = status === "active" ? `silver/operations/upload=${uploadId}.parquet` : null;
        return { uploadId, status, counts: COUNTS, issues: [], silverKey, quarantineKey: null };
      }),
    };
    await this.lake.put(outcomeKey(runId), Buffer.from(JSON.stringify(outcome)));
  }

  #jobs(): PipelineDeps["jobs"] {
    return {
      start: async (runId) => {
        const how = this.starts.shift();
        if (how === "throttled") throw new GlueError("throttled", "Glue has too much to do");
        if (this.jobs.some(({ state }) => state === "running")) return null;
        const id = `jr_${this.jobs.length}`;
        this.jobs.push({ id, runId, state: "running" });
        if (how === "lost") throw new GlueError("unknown", "no answer");
        return id;
      },
      find: async (runId) => this.jobs.findLast((job) => job.runId === runId)?.id ?? null,
      state: async (jobRunId) => this.jobs.find(({ id }) => id === jobRunId)?.state ?? "missing",
    };
  }

  #countingLake(): Lake {
    const { lake, published } = this;
    const move: Lake["movePointer"] = async (key, content, expected) => {
      const moved = await lake.movePointer(key, content, expected);
      if (moved) published.set(content, (published.get(content) ?? 0) + 1);
      return moved;
    };
    return new Proxy(lake, {
      get: (target, name) => (name === "movePointer" ? move : bound(target, name)),
    });
  }

  /** A lease in a few lines: whoever dies keeps it until it is over. */
  async #alone<T>(
    work: (signal: AbortSignal) => Promise<T>,
    life: { readonly dead: boolean },
  ): Promise<T | null> {
    if (this.nowMs < this.#lockedUntilMs) return null;
    this.#lockedUntilMs = this.nowMs + LOCK_MS;
    try {
      return await work(new AbortController().signal);
    } finally {
      if (!life.dead) this.#lockedUntilMs = 0;
    }
  }
}

function bound<T extends object>(target: T, name: string | symbol): unknown {
  const found: unknown = Reflect.get(target, name);
  return typeof found === "function" ? found.bind(target) : found;
}

/** Counts the calls of all that one Lambda has. From its death on none of them reaches the other side. */
function mortalOf<T extends object>(
  target: T,
  life: { calls: number; dead: boolean },
  death: Death | null,
): T {
  return new Proxy(target, {
    get(_, name) {
      const found = bound(target, name);
      if (typeof found !== "function") return found;
      return async (...given: readonly unknown[]) => {
        if (life.dead) throw new Dead();
        life.calls++;
        const dies = death !== null && life.calls === death.at;
        if (dies && !death.answerLost) life.dead = true;
        if (life.dead) throw new Dead();
        const answer: unknown = await found(...given);
        if (dies) {
          life.dead = true;
          throw new Dead();
        }
        return answer;
      };
    },
  });
}
