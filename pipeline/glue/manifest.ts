import type { SilverTableName } from "../../src/contracts/silver.ts";
import { FILE_KINDS, type UploadRecord } from "../ports.ts";
import { isOf, rankOf } from "../silver/effective.ts";

/** One silver file that the job reads, and which of two versions of a row is to count: the one of the higher rank. */
interface ManifestFile {
  readonly uploadId: string;
  readonly table: SilverTableName;
  readonly silverKey: string;
  readonly keyedRank: number;
  readonly plainRank: number;
}

/** All that a run of the Spark job reads: it lists no folder and remembers nothing of earlier runs. */
export interface GlueManifest {
  readonly version: 1;
  readonly files: readonly ManifestFile[];
}

/** The manifest of the uploads that count, in the order of their numbers. */
export function glueManifest(uploads: readonly UploadRecord[]): GlueManifest {
  const files = uploads.flatMap((upload): readonly ManifestFile[] => {
    const { id, kind, silverKey } = upload;
    if (kind === null || silverKey === null) return [];
    const table = FILE_KINDS[kind];
    const others = uploads.filter((other) => isOf(table, other.kind) && other.silverKey !== null);
    const { keyed, plain } = rankOf(upload, others);
    return [{ uploadId: id, table, silverKey, keyedRank: keyed, plainRank: plain }];
  });
  return { version: 1, files };
}
