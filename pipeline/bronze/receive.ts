import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import type { Lake } from "../../src/lake/lake.ts";
import { dayIn } from "../../src/money/day.ts";
import type { UploadLedger, UploadRecord } from "../ports.ts";

const NAME_CHARACTERS_MAX = 100;

/** A file as it came, and who sent it. */
export interface Arrival {
  readonly fileName: string;
  readonly body: Readable;
  readonly userId: string;
  readonly clientId: string | null;
  readonly replaces: string | null;
}

/**
 * Stores the raw bytes of a file before anything reads them, and notes the upload as `received`. The key holds
 * the day (São Paulo) and the sha256 of the bytes; the same file on the same day is stored once.
 */
export async function receive(
  deps: { readonly lake: Lake; readonly ledger: Pick<UploadLedger, "create">; readonly now: () => Date },
  arrival: Arrival,
): Promise<UploadRecord> {
  const now = deps.now();
  const fileName = baseName(arrival.fileName);
  const folder = `bronze/received=${dayIn(now)}`;
  const stored = await deps.lake.putByHash(
    arrival.body,
    (sha256) => `${folder}/${sha256}/${safeName(fileName)}`,
  );
  return deps.ledger.create({
    id: newUploadId(now),
    fileName,
    sha256: stored.sha256,
    bronzeKey: stored.key,
    kind: null,
    userId: arrival.userId,
    clientId: arrival.clientId,
    receivedAt: now.toISOString(),
    status: "received",
    counts: null,
    silverKey: null,
    quarantineKey: null,
    replaces: arrival.replaces,
  });
}

/** The name without folders, whichever system it was sent from. */
function baseName(fileName: string): string {
  return fileName.split(/[/\\]/).at(-1)?.trim() || "file";
}

/** A name that every store takes: letters, digits, `.`, `_`, `-`; accents go. */
function safeName(fileName: string): string {
  const plain = fileName
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^[._]+/, "");
  return plain.slice(-NAME_CHARACTERS_MAX).replace(/^[._]+/, "") || "file";
}

/** Short enough to type: the day, and eight characters by chance. The ledger refuses an id it has. */
function newUploadId(now: Date): string {
  return `${dayIn(now).replaceAll("-", "")}-${randomBytes(4).toString("hex")}`;
}
