import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArrivalOutcome, type GlueOutcome, outcomeKey, RUN_VERSION } from "../pipeline/glue/run.ts";
import { buildGold } from "../pipeline/gold/build.ts";
import { readManifest } from "../pipeline/gold/publish.ts";
import { ingestFiles } from "../pipeline/ingest.ts";
import { readRun } from "../pipeline/lambda/outcome.ts";
import { readSender } from "../pipeline/lambda/request.ts";
import type { UploadLedger, UploadRecord } from "../pipeline/ports.ts";
import type { GoldFile, GoldTableName } from "../src/contracts/gold.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import type { Lake } from "../src/lake/lake.ts";
import type { State } from "../src/state/index.ts";

/**
 * What the Glue job does, by the embedded engine: it reads a run's manifest, checks its files, builds gold in full and writes
 * the outcome, all under the keys of the job. So whatever lies around Spark is proven with real data.
 */
export async function runEmbedded(
  store: { readonly lake: Lake; readonly state: State },
  runId: string,
  now: () => Date,
): Promise<void> {
  const { lake, state } = store;
  const folder = await mkdtemp(join(tmpdir(), "carteira-job-"));
  try {
    const own = await openDiskLake(join(folder, "own"));
    await mkdir(join(folder, "scratch"));
    const run = await readRun(lake, runId);
    const find = async (id: string) => {
      const upload = await state.uploads.find(id);
      if (upload === null) throw new Error("the manifest names what the state does not know");
      return upload;
    };
    const active = await Promise.all(run.active.map(({ uploadId }) => find(uploadId)));
    const ledger = ledgerOf(active.map((upload): UploadRecord => ({ ...upload, status: "active" })));
    const deps = { lake: beside(lake, own), ledger, scratchDir: join(folder, "scratch"), now };
    const arrivals: ArrivalOutcome[] = [];
    for (const { uploadId } of run.arrivals) {
      const upload = await find(uploadId);
      ledger.next = upload;
      const sender = readSender((await state.requests.find(uploadId))?.sender ?? "");
      const { fileName, userId, clientId, replaces } = upload;
      const body = await lake.read(upload.bronzeKey);
      const files = [{ fileName, body }];
      const [result] = await ingestFiles(deps, { files, userId, clientId, replaces, ...sender }, () => {});
      if (result === undefined) throw new Error("no result");
      const { status, silverKey, quarantineKey } = result.upload;
      arrivals.push({
        uploadId,
        status: status as ArrivalOutcome["status"],
        counts: result.counts,
        issues: result.issues,
        silverKey,
        quarantineKey,
      });
    }
    await buildGold(deps, { uploads: await ledger.active(), demo: false }, () => {});
    await hand({ lake, own }, runId, arrivals);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Brings the files of a build of its own under the keys of a run, and says what became of everything. */
async function hand(
  { lake, own }: { readonly lake: Lake; readonly own: Lake },
  runId: string,
  arrivals: readonly ArrivalOutcome[],
): Promise<void> {
  const built = await readManifest(own);
  if (built === null) throw new Error("nothing was built");
  const tables = {} as Record<GoldTableName, readonly GoldFile[]>;
  for (const [table, files] of Object.entries(built.manifest.tables)) {
    const handed: GoldFile[] = [];
    for (const [part, { key, rows }] of files.entries()) {
      const target = `gold/${table}/${runId}/part-${part}.parquet`;
      await lake.put(target, await own.read(key));
      handed.push({ key: target, rows });
    }
    tables[table as GoldTableName] = handed;
  }
  const { asOf } = built.manifest;
  const outcome: GlueOutcome = { version: RUN_VERSION, runId, asOf, tables, arrivals };
  await lake.put(outcomeKey(runId), Buffer.from(JSON.stringify(outcome)));
}

/** Gold and quotes of its own, everything else of the lake. */
function beside(lake: Lake, own: Lake): Lake {
  const isOwn = (key: unknown): boolean => typeof key === "string" && /^(gold|speed)\//.test(key);
  return new Proxy(lake, {
    get: (target, name) => {
      const method = (of: Lake): unknown => {
        const found: unknown = Reflect.get(of, name);
        return typeof found === "function" ? found.bind(of) : found;
      };
      if (typeof Reflect.get(target, name) !== "function") return method(target);
      return (...given: readonly unknown[]) => {
        const key = name === "publish" ? given[1] : given[0];
        const call = method(isOwn(key) ? own : target) as (...rest: readonly unknown[]) => unknown;
        return call(...given);
      };
    },
  });
}

/** A ledger in memory; what is created next is an upload that the state knows already. */
function ledgerOf(active: readonly UploadRecord[]): UploadLedger & { next: UploadRecord | null } {
  const uploads = new Map(active.map((upload) => [upload.id, upload] as const));
  const change = (id: string, changes: Partial<UploadRecord>): void => {
    const upload = uploads.get(id);
    if (upload !== undefined) uploads.set(id, { ...upload, ...changes });
  };
  return {
    next: null,
    async create() {
      if (this.next === null) throw new Error("nothing arrives");
      uploads.set(this.next.id, this.next);
      return this.next;
    },
    async update(id, changes) {
      change(id, changes);
    },
    async activate(id, changes) {
      change(id, { ...changes, status: "active" });
      const replaced = uploads.get(id)?.replaces ?? null;
      if (replaced !== null) change(replaced, { status: "replaced" });
    },
    find: async (id) => uploads.get(id) ?? null,
    active: async () =>
      [...uploads.values()].filter(({ status }) => status === "active").sort((a, b) => a.seq - b.seq),
    list: async () => [...uploads.values()],
  };
}
