import { FILE_KINDS, type FileKind, type UploadRecord } from "../ports.ts";
import { LOAD_ORDER } from "../silver/load.ts";
import type { ArrivalPlan } from "./plan.ts";
import { type GlueRun, RUN_VERSION, type RunArrival, type RunUpload } from "./run.ts";

/** An upload that was staged: what stageArrival returned beside it. */
export interface StagedUpload {
  readonly upload: UploadRecord;
  readonly kind: FileKind;
  readonly plan: ArrivalPlan;
}

/** The manifest of a run over the uploads that count and those that are to be checked, which may be none. */
export function runManifest(run: {
  readonly runId: string;
  readonly createdAt: Date;
  /** In São Paulo. */
  readonly today: string;
  readonly active: readonly UploadRecord[];
  readonly arrivals: readonly StagedUpload[];
}): GlueRun {
  const senders = new Map<string, { readonly userId: string; readonly kind: FileKind | null }>([
    ...run.active.map((upload) => [upload.id, upload] as const),
    ...run.arrivals.map(({ upload, kind }) => [upload.id, { userId: upload.userId, kind }] as const),
  ]);
  const arrivals = run.arrivals.map(({ upload, kind, plan }): RunArrival => {
    const { id, seq, sha256, replaces } = upload;
    const old = replaces === null ? undefined : senders.get(replaces);
    const sameTable = old !== undefined && old.kind !== null && FILE_KINDS[old.kind] === FILE_KINDS[kind];
    const own = plan.replacesAnybodys || old?.userId === upload.userId;
    return {
      uploadId: id,
      seq,
      sha256,
      kind,
      table: FILE_KINDS[kind],
      plan,
      replaces,
      mayReplace: own && sameTable,
    };
  });
  return {
    version: RUN_VERSION,
    runId: run.runId,
    createdAt: run.createdAt.toISOString(),
    today: run.today,
    active: run.active.flatMap(counting).sort((a, b) => a.seq - b.seq),
    arrivals: arrivals.sort((a, b) => LOAD_ORDER[a.kind] - LOAD_ORDER[b.kind] || a.seq - b.seq),
  };
}

/** An active upload without a silver file has nothing that a run could read. */
function counting({ id, seq, sha256, kind, silverKey }: UploadRecord): readonly RunUpload[] {
  if (kind === null || silverKey === null) return [];
  return [{ uploadId: id, seq, sha256, kind, table: FILE_KINDS[kind], silverKey }];
}
