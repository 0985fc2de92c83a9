import type { IngestResult } from "../../pipeline/ingest.ts";
import type { FileOutcome, Uploads } from "../conversation/turn.ts";
import type { Intake } from "./ingest.ts";

export interface UploadsDeps {
  readonly intake: Pick<Intake, "load" | "undo">;
  readonly find: (uploadId: string) => Promise<{ readonly userId: string } | null>;
}

/** Takes files from a channel: everybody loads for the clients in their own scope, and takes back their own files. */
export function createUploads({ intake, find }: UploadsDeps): Uploads {
  return {
    async take(file, onProgress) {
      const { asker } = file;
      const { runId, results } = await intake.load(
        {
          files: [{ fileName: file.fileName, body: file.body }],
          userId: asker.userId,
          admin: asker.admin,
          brokers: asker.admin ? "all" : asker.brokers,
          clientId: file.clientId,
          kind: null,
          replaces: null,
          language: file.language ?? asker.language,
        },
        onProgress,
      );
      return { runId, files: results.map(toFileOutcome) };
    },
    async undo(uploadId, asker) {
      const upload = await find(uploadId);
      // Another's upload and none at all look the same.
      if (upload === null || !(asker.admin || upload.userId === asker.userId)) return "not_found";
      const outcome = await intake.undo(uploadId, () => {});
      return outcome.done ? "undone" : "not_found";
    },
  };
}

export function toFileOutcome({ upload, counts, promoted, issues }: IngestResult): FileOutcome {
  return {
    upload: upload.id,
    file: upload.fileName,
    kind: upload.kind,
    rows: counts.rows,
    loaded: counts.loaded,
    replaced: counts.replaced,
    repeated: counts.repeated,
    rejected: counts.rejected,
    promoted,
    issues,
  };
}
