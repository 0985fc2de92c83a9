import type { IngestResult } from "../../pipeline/ingest.ts";
import { type Asker, type BrokerDirectory, identify } from "../access/access.ts";
import type { FileOutcome, Uploads } from "../conversation/turn.ts";
import type { Intake } from "./ingest.ts";

export interface UploadsDeps {
  readonly intake: Pick<Intake, "load" | "undo">;
  readonly directory: BrokerDirectory;
  readonly find: (uploadId: string) => Promise<{ readonly userId: string } | null>;
}

/** Takes files from a channel: everybody loads for the clients in their own scope, and takes back their own files. */
export function createUploads({ intake, directory, find }: UploadsDeps): Uploads {
  async function recognise(who: string): Promise<Asker> {
    const asker = await identify(who, directory);
    // The conversation answers strangers itself; one that comes this far is a mistake in a channel.
    if (asker === null) throw new Error("a file was handed over for somebody whom access does not know");
    return asker;
  }

  return {
    async take(file, onProgress) {
      const asker = await recognise(file.who);
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
    async undo(uploadId, who) {
      const asker = await recognise(who);
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
