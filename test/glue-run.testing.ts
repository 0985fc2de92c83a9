import { type GlueRun, RUN_VERSION } from "../pipeline/glue/run.ts";
import type { RunInput } from "../pipeline/lambda/ports.ts";
import { FILE_KINDS } from "../pipeline/ports.ts";
import { LOAD_ORDER } from "../pipeline/silver/load.ts";

/** A run's manifest. */
export function runOf({ runId, createdAt, today, active, arrivals }: RunInput): GlueRun {
  return {
    version: RUN_VERSION,
    runId,
    createdAt: createdAt.toISOString(),
    today,
    active: active.flatMap(({ id, seq, sha256, kind, silverKey }) =>
      kind === null || silverKey === null
        ? []
        : [{ uploadId: id, seq, sha256, table: FILE_KINDS[kind], silverKey }],
    ),
    arrivals: arrivals
      .map(({ upload: { id, seq, sha256, replaces }, kind, plan }) => ({
        uploadId: id,
        seq,
        sha256,
        table: FILE_KINDS[kind],
        kind,
        plan,
        replaces,
      }))
      .sort((a, b) => LOAD_ORDER[a.kind] - LOAD_ORDER[b.kind] || a.seq - b.seq),
  };
}
