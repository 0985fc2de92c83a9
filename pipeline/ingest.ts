import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { contractOf } from "../src/contracts/kinds/index.ts";
import type { Lake } from "../src/lake/lake.ts";
import { receive } from "./bronze/receive.ts";
import { type Engine, openEngine } from "./engine.ts";
import {
  ADMIN_KINDS,
  FILE_KINDS,
  type FileKind,
  type Progress,
  type RowIssue,
  type UploadCounts,
  type UploadLedger,
  type UploadRecord,
} from "./ports.ts";
import { allowClients } from "./silver/clients.ts";
import { LOAD_ORDER, type Loaded, loadFile } from "./silver/load.ts";
import { fileIssue } from "./silver/quarantine.ts";
import { recognise } from "./silver/recognise.ts";
import { type FileIssue, FileRefused, type Recognised } from "./silver/staged.ts";

export interface IngestDeps {
  readonly lake: Lake;
  readonly ledger: UploadLedger;
  /** Folder for scratch files; what an ingest puts there is gone after it. */
  readonly scratchDir: string;
  readonly now: () => Date;
}

export interface IngestRequest {
  readonly files: readonly { readonly fileName: string; readonly body: Readable }[];
  readonly userId: string;
  /** Whether the user may load what concerns every broker. */
  readonly admin: boolean;
  /** The brokers whose clients the user may load for. */
  readonly brokers: readonly string[] | "all";
  /** The client of files that name none. */
  readonly clientId: string | null;
  /** The kind of all files, where the sender says it. */
  readonly kind: FileKind | null;
  /** The upload that the file takes the place of. */
  readonly replaces: string | null;
  /** Kinds that this book does not take, with what to tell whoever sends one. Their bytes are kept in bronze. */
  readonly refusedKinds?: { readonly kinds: ReadonlySet<FileKind>; readonly reason: string };
  readonly language: "pt" | "en";
}

export interface IngestResult {
  readonly upload: UploadRecord;
  readonly counts: UploadCounts;
  /** Whether rows of it count now. */
  readonly promoted: boolean;
  /** The first issues in the order of the file; all of them are in the quarantine. */
  readonly issues: readonly RowIssue[];
  /** Its outcome is not known yet: another process goes on with it. */
  readonly pending?: true;
}

const NO_COUNTS: UploadCounts = { rows: 0, loaded: 0, replaced: 0, repeated: 0, rejected: 0 };

/** A received file and what it turned out to be. */
interface Known {
  readonly upload: UploadRecord;
  readonly recognised: Recognised | FileRefused;
}

/**
 * Takes files from raw bytes to silver. All are stored in bronze first; then they are taken in the order that
 * their kinds need, so that one call with clients, prices and operations works on an empty home. Results come
 * in the order of `request.files`. What is wrong with a file is in its result; only a failing disk or a
 * programming error throws, and then running it again is harmless.
 */
export async function ingestFiles(
  deps: IngestDeps,
  request: IngestRequest,
  progress: Progress,
): Promise<readonly IngestResult[]> {
  await mkdir(deps.scratchDir, { recursive: true });
  const folder = await mkdtemp(join(deps.scratchDir, "ingest-"));
  const engine = await openEngine(join(folder, "engine"));
  try {
    const known: Known[] = [];
    for (const file of request.files) {
      const { userId, clientId, replaces } = request;
      const upload = await receive(deps, { ...file, userId, clientId, replaces });
      known.push({ upload, recognised: await recogniseUpload(deps, request, upload) });
      progress("received", known.length / request.files.length);
    }
    const results = new Map<string, IngestResult>();
    for (const one of inLoadOrder(known)) {
      const share = (fraction: number) => (results.size + fraction) / known.length;
      const scratch = await mkdtemp(join(folder, "file-"));
      const take = { deps, request, engine, folder: scratch, ...one };
      results.set(one.upload.id, await takeFile(take, (fraction) => progress("checked", share(fraction))));
      await rm(scratch, { recursive: true, force: true });
      progress("loaded", share(0));
    }
    return known.flatMap(({ upload }) => results.get(upload.id) ?? []);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recogniseUpload(
  deps: IngestDeps,
  request: IngestRequest,
  upload: UploadRecord,
): Promise<Recognised | FileRefused> {
  try {
    return await recognise(await deps.lake.stage(upload.bronzeKey), {
      fileName: upload.fileName,
      forced: request.kind,
      clientGiven: request.clientId !== null,
      language: request.language,
    });
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
}

function inLoadOrder(known: readonly Known[]): readonly Known[] {
  const rank = ({ recognised }: Known) =>
    recognised instanceof FileRefused ? Number.MAX_SAFE_INTEGER : LOAD_ORDER[recognised.kind];
  return [...known].sort((a, b) => rank(a) - rank(b));
}

interface Take extends Known {
  readonly deps: IngestDeps;
  readonly request: IngestRequest;
  readonly engine: Engine;
  readonly folder: string;
}

async function takeFile(take: Take, onProgress: (fraction: number) => void): Promise<IngestResult> {
  const { deps, request, upload, recognised } = take;
  const { language, refusedKinds } = request;
  if (recognised instanceof FileRefused) {
    return refuse(take, fileIssue(recognised.issue, language), recognised.kind);
  }
  const active = await deps.ledger.active();
  const problem = await problemWith(take, recognised, active);
  if (problem !== null) return refuse(take, fileIssue(problem, language), recognised.kind);
  if (refusedKinds?.kinds.has(recognised.kind)) {
    return refuse(take, { line: 0, column: "", value: "", reason: refusedKinds.reason }, recognised.kind);
  }
  await deps.ledger.update(upload.id, { kind: recognised.kind });
  const known = { ...upload, kind: recognised.kind };
  try {
    const allowedClients = await allowClients(take.engine, deps.lake, active, request.brokers);
    const loaded = await loadFile(
      take.engine,
      deps.lake,
      {
        upload: known,
        recognised,
        active,
        language,
        now: deps.now(),
        allowedClients,
        folder: take.folder,
      },
      onProgress,
    );
    return await settle(deps, known, loaded);
  } catch (error) {
    if (error instanceof FileRefused) return refuse(take, fileIssue(error.issue, language), recognised.kind);
    throw error;
  }
}

/** Why a file of a known kind is not even read, or null. */
async function problemWith(
  { request, engine, deps }: Take,
  { kind }: Recognised,
  active: readonly UploadRecord[],
): Promise<FileIssue | null> {
  if (ADMIN_KINDS.has(kind) && !request.admin) {
    return { code: "file_admin", detail: contractOf(kind).title[request.language] };
  }
  if (request.replaces !== null) {
    const old = active.find(({ id }) => id === request.replaces);
    // Who owns the machine may correct what concerns everybody; a broker's files stay the broker's.
    const everybodys = request.brokers === "all" || (request.admin && ADMIN_KINDS.has(kind));
    const own = old !== undefined && (everybodys || old.userId === request.userId);
    const sameTable =
      old?.kind !== undefined && old.kind !== null && FILE_KINDS[old.kind] === FILE_KINDS[kind];
    if (!own || !sameTable) return { code: "file_replaces" };
  }
  if (!kind.startsWith("b3_")) return null;
  if (request.clientId === null) return { code: "file_client" };
  const allowed = await allowClients(engine, deps.lake, active, request.brokers);
  const found = await engine.rows(`select client_id from ${allowed}`);
  const known = found.some((row) => row["client_id"] === request.clientId);
  return known ? null : { code: "client_not_found", column: "cliente" };
}

async function refuse({ deps, upload }: Take, issue: RowIssue, kind: FileKind | null): Promise<IngestResult> {
  const change = { status: "failed", kind, counts: NO_COUNTS } as const;
  await deps.ledger.update(upload.id, change);
  return {
    upload: { ...upload, ...change },
    counts: NO_COUNTS,
    promoted: false,
    issues: [issue],
  };
}

/** Writes the outcome into the ledger: from here on the rows count, or it is said that they do not. */
async function settle(deps: IngestDeps, upload: UploadRecord, loaded: Loaded): Promise<IngestResult> {
  const { status, counts, silverKey, quarantineKey, issues } = loaded;
  const change = { counts, silverKey, quarantineKey };
  if (status === "active") await deps.ledger.activate(upload.id, change);
  else await deps.ledger.update(upload.id, { ...change, status });
  return { upload: { ...upload, ...change, status }, counts, promoted: status === "active", issues };
}
