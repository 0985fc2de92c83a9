import { text } from "node:stream/consumers";
import { z } from "zod";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { type GlueOutcome, type GlueRun, manifestKey, outcomeKey, RUN_VERSION } from "../glue/run.ts";
import type { RowIssue } from "../ports.ts";
import { refusedKey } from "./request.ts";

const count = z.int().min(0);
const issue = z.object({ line: count, column: z.string(), value: z.string(), reason: z.string() });
const file = z.object({
  key: z.string(),
  rows: count,
  sha256: z.string().exactOptional(),
  month: z.string().exactOptional(),
});
const files = z.array(file).min(1);
const tables = Object.fromEntries(Object.keys(GOLD_TABLES).map((name) => [name, files])) as Record<
  GoldTableName,
  typeof files
>;
const outcome = z.object({
  version: z.literal(RUN_VERSION),
  runId: z.string(),
  asOf: z.string().nullable(),
  tables: z.object(tables),
  arrivals: z.array(
    z.object({
      uploadId: z.string(),
      status: z.enum(["active", "repeated", "not_promoted", "failed"]),
      counts: z.object({ rows: count, loaded: count, replaced: count, repeated: count, rejected: count }),
      issues: z.array(issue),
      silverKey: z.string().nullable(),
      quarantineKey: z.string().nullable(),
    }),
  ),
});

/** What the job was told; it is there for every run that has started. Throws LakeError. */
export async function readRun(lake: Lake, runId: string): Promise<GlueRun> {
  return JSON.parse(await text(await lake.read(manifestKey(runId)))) as GlueRun;
}

/**
 * What the job wrote of a run; null where it wrote nothing, or what cannot be used: files of another run, or not one word for
 * each file that it was given.
 */
export async function readOutcome(lake: Lake, run: GlueRun): Promise<GlueOutcome | null> {
  const key = outcomeKey(run.runId);
  if (!(await lake.exists(key))) return null;
  const read = outcome.safeParse(parsed(await text(await lake.read(key))));
  if (!read.success || read.data.runId !== run.runId) return null;
  const found: GlueOutcome = read.data;
  const strange = Object.entries(found.tables).some(([table, files]) =>
    files.some(({ key }) => !key.startsWith(goldPrefix(table as GoldTableName, run.runId))),
  );
  const told = found.arrivals.map(({ uploadId }) => uploadId).sort();
  const given = run.arrivals.map(({ uploadId }) => uploadId).sort();
  return strange || told.join(" ") !== given.join(" ") ? null : found;
}

/** Where a run's files of a table lie. */
export function goldPrefix(table: GoldTableName, runId: string): string {
  return `gold/${table}/${runId}/`;
}

/** Why rows of an upload, or all of it, were not taken; none where its run says nothing, or its word is gone. */
export async function readIssues(
  lake: Lake,
  { runId, uploadId }: { readonly runId: string; readonly uploadId: string },
): Promise<readonly RowIssue[]> {
  for (const key of [refusedKey(runId, uploadId), outcomeKey(runId)]) {
    if (!(await lake.exists(key))) continue;
    const found = parsed(await text(await lake.read(key)));
    if (key !== outcomeKey(runId)) return z.object({ issues: z.array(issue) }).parse(found).issues;
    const read = outcome.safeParse(found);
    return read.data?.arrivals.find((one) => one.uploadId === uploadId)?.issues ?? [];
  }
  return [];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
