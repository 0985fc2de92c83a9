import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { contractOf } from "../../src/contracts/kinds/index.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { dayIn } from "../../src/money/day.ts";
import { type Engine, openEngine, quote } from "../engine.ts";
import { ADMIN_KINDS, type FileKind, type UploadRecord } from "../ports.ts";
import { lookupOf, openCells } from "../silver/check.ts";
import { type CheckSqlRequest, sourceColumn } from "../silver/check-sql.ts";
import { isAbsent } from "../silver/content.ts";
import { givenByName } from "../silver/file-name.ts";
import { recognise } from "../silver/recognise.ts";
import { DUCKDB } from "../silver/sql-dialect.ts";
import { FileRefused } from "../silver/staged.ts";
import {
  type ArrivalPlan,
  LIMITS,
  type LookupFile,
  plainNames,
  planRejected,
  planSql,
  planWords,
} from "./plan.ts";

const HASH_CHARACTERS = 16;

interface StageDeps {
  readonly lake: Lake;
  readonly scratchDir: string;
  readonly now: () => Date;
}

/** Who sent a file, and what they said about it: an IngestRequest without the bytes. */
export interface ArrivalSender {
  readonly admin: boolean;
  readonly brokers: readonly string[] | "all";
  readonly kind: FileKind | null;
  readonly language: "pt" | "en";
}

/**
 * Recognises a received file, writes its records in staged form into the lake, and says what Spark has to check. Safe to
 * repeat: keys hold the hash of what lies there. Throws FileRefused where the file can't be taken at all; what depends on
 * the uploads that count by then (whom it replaces, whether the client is known) only the run can say.
 */
export async function stageArrival(
  deps: StageDeps,
  upload: UploadRecord,
  sender: ArrivalSender,
): Promise<{ readonly kind: FileKind; readonly plan: ArrivalPlan }> {
  const { language } = sender;
  const recognised = await recognise(await deps.lake.stage(upload.bronzeKey), {
    fileName: upload.fileName,
    forced: sender.kind,
    clientGiven: upload.clientId !== null,
    language,
  });
  const { kind } = recognised;
  const client = clientOf(kind, upload, sender);
  const given = givenByName(kind, upload);
  await mkdir(deps.scratchDir, { recursive: true });
  const folder = await mkdtemp(join(deps.scratchDir, "stage-"));
  try {
    const staged = await recognised.stage(folder, () => {});
    if (staged.records + staged.bad === 0) throw new FileRefused({ code: "file_empty" }, kind);
    const check: CheckSqlRequest = {
      contract: contractOf(kind),
      staged,
      sql: DUCKDB,
      clientId: upload.clientId,
      receivedAt: upload.receivedAt.replace("T", " ").replace("Z", ""),
      today: dayIn(deps.now()),
      given,
    };
    const keep = (path: string, name: string, ending = "") =>
      keepStaged(deps.lake, path, { upload: upload.id, name, ending });
    const lookups = await writeLookups(folder, check, keep);
    const request = { kind, staged, check, lookups, language };
    return {
      kind,
      plan: {
        rowsKey: await keep(staged.path, "rows"),
        badKey: await keep(staged.badPath, "bad"),
        bad: staged.bad,
        fileName: upload.fileName,
        lookups,
        sql: planSql(request),
        words: planWords(request),
        rejected: planRejected(staged),
        brokers: sender.brokers,
        client,
        replacesAnybodys: sender.brokers === "all" || (sender.admin && ADMIN_KINDS.has(kind)),
        limits: LIMITS,
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The client whom all rows are of, where the kind names none. Throws FileRefused where the sender may not send it so. */
function clientOf(kind: FileKind, upload: UploadRecord, sender: ArrivalSender): string | null {
  if (ADMIN_KINDS.has(kind) && !sender.admin) {
    throw new FileRefused({ code: "file_admin", detail: contractOf(kind).title[sender.language] }, kind);
  }
  if (!kind.startsWith("b3_")) return null;
  if (upload.clientId === null) throw new FileRefused({ code: "file_client" }, kind);
  return upload.clientId;
}

async function keepStaged(
  lake: Lake,
  path: string,
  object: { readonly upload: string; readonly name: string; readonly ending: string },
): Promise<string> {
  const { key } = await lake.putByHash(
    createReadStream(path),
    (sha256) =>
      `staged/upload=${object.upload}/${object.name}-${sha256.slice(0, HASH_CHARACTERS)}${object.ending}`,
  );
  return key;
}

/**
 * What SQL can't say, worked out for the texts that the file has by the code that the embedded engine runs: what a
 * cell's text means, and the normal form of a column's.
 */
async function writeLookups(
  folder: string,
  check: CheckSqlRequest,
  keep: (path: string, name: string, ending: string) => Promise<string>,
): Promise<readonly LookupFile[]> {
  const engine = await openEngine(join(folder, "engine"));
  try {
    await openCells(engine, check);
    const wanted = [...plainTables(check), ...(await meaningTables(engine, check))];
    const files: LookupFile[] = [];
    for (const { name, target, rows } of wanted) {
      const path = join(folder, `${name}.parquet`);
      await engine.run(`copy (${rows} order by raw) to ${quote(path)} (format parquet, compression zstd)`);
      files.push({ name, target, key: await keep(path, name, ".parquet") });
    }
    return files;
  } finally {
    engine.close();
  }
}

interface LookupTable extends Omit<LookupFile, "key"> {
  readonly rows: string;
}

function plainTables(check: CheckSqlRequest): readonly LookupTable[] {
  return plainNames(check.contract)
    .filter((name) => check.staged.positions.includes(name))
    .map((name) => {
      const text = sourceColumn(name, check);
      return {
        name: `plain_${name}`,
        target: null,
        rows: `select distinct ${text} as raw, ${check.sql.plain(name, text)} as plain from staged where ${text} is not null`,
      };
    });
}

/** Texts without a meaning are left out: what is not found has none. */
async function meaningTables(engine: Engine, check: CheckSqlRequest): Promise<readonly LookupTable[]> {
  const tables: LookupTable[] = [];
  for (const cell of check.contract.cells.filter((one) => one.type !== "client" && !isAbsent(one, check))) {
    const found = await lookupOf(engine, cell, check.staged);
    if (found === null) continue;
    tables.push({
      name: `lookup_${cell.target}`,
      target: cell.target,
      rows: `select distinct x_${cell.target} as raw, l.* exclude (raw) from cells join ${found.table} l on l.raw = ${found.key}`,
    });
  }
  return tables;
}
