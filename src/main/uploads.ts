import { buffer } from "node:stream/consumers";
import type { IngestResult } from "../../pipeline/ingest.ts";
import { rejectedKey } from "../../pipeline/silver/quarantine.ts";
import type { Attachment, FileOutcome, Uploads } from "../conversation/turn.ts";
import type { Lake } from "../lake/lake.ts";
import type { Intake } from "./ingest.ts";

export interface UploadsDeps {
  readonly intake: Pick<Intake, "load" | "undo">;
  readonly lake: Pick<Lake, "read" | "exists">;
  readonly find: (uploadId: string) => Promise<{ readonly userId: string } | null>;
}

/** Takes files from a channel: everybody loads for the clients in their own scope, and takes back their own files. */
export function createUploads({ intake, find, lake }: UploadsDeps): Uploads {
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
      return {
        runId,
        files: results.map(toFileOutcome),
        attachments: await rejectedFiles(lake, results),
        needsClient: file.clientId === null && results.some(isOfUnnamedClient),
      };
    },
    async undo(uploadId, asker) {
      const upload = await find(uploadId);
      // Another's upload and none at all look the same.
      if (upload === null || !(asker.admin || upload.userId === asker.userId)) return "not_found";
      const outcome = await intake.undo(uploadId, () => {}, { briefly: true });
      if (!outcome.done) return "not_found";
      return outcome.pending === true ? "undoing" : "undone";
    },
  };
}

/** More bytes of rejected rows than a person mends by hand. */
const REJECTED_BYTES_MAX = 5 * 1024 * 1024;
/** Spreadsheets take a file for UTF-8 by this mark. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The rejected rows of each file, as files of their own. */
async function rejectedFiles(
  lake: UploadsDeps["lake"],
  results: readonly IngestResult[],
): Promise<readonly Attachment[]> {
  const files: Attachment[] = [];
  for (const { upload, counts } of results) {
    if (counts.rejected === 0 || upload.quarantineKey === null) continue;
    const key = rejectedKey(upload.quarantineKey);
    if (!(await lake.exists(key))) continue;
    const body = await buffer(await lake.read(key));
    if (body.length > REJECTED_BYTES_MAX) continue;
    files.push({
      fileName: `${upload.fileName.replace(/\.[A-Za-z]{3,5}$/, "")}-recusadas.csv`,
      mimeType: "text/csv",
      body: Buffer.concat([BYTE_ORDER_MARK, body]),
    });
  }
  return files;
}

/** A file of B3's, none of which names a client, that was turned away whole. */
function isOfUnnamedClient({ upload, promoted, counts }: IngestResult): boolean {
  return (
    upload.kind?.startsWith("b3_") === true && upload.status === "failed" && !promoted && counts.rows === 0
  );
}

export function toFileOutcome({ upload, counts, promoted, issues, pending }: IngestResult): FileOutcome {
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
    ...(pending === undefined ? {} : { pending }),
  };
}
