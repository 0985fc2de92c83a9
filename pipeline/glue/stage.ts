import type { Lake } from "../../src/lake/lake.ts";
import type { FileKind, UploadRecord } from "../ports.ts";

/** What Spark has to know of a staged file, beside where its records are. */
export interface ArrivalPlan {
  /** Key of the records in staged form: `position FIELD field FIELD field … LF`. */
  readonly rowsKey: string;
  /** Key of the records that could not be framed. */
  readonly badKey: string;
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
 * repeat. Throws FileRefused where the file can't be taken at all.
 */
export async function stageArrival(
  _deps: { readonly lake: Lake; readonly scratchDir: string; readonly now: () => Date },
  _upload: UploadRecord,
  _sender: ArrivalSender,
): Promise<{ readonly kind: FileKind; readonly plan: ArrivalPlan }> {
  throw new Error("not written yet");
}
