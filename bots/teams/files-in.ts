import { Readable, Transform } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Activity } from "botbuilder";
import { at, text } from "./person.ts";

/** A file that somebody sent into the chat: it lies in their OneDrive, and the address opens it for a while. */
export interface SentFile {
  readonly fileName: string;
  readonly address: string;
}

const DOWNLOAD_INFO = "application/vnd.microsoft.teams.file.download.info";
/** Teams itself sends up to ten files with a message. */
const MAX_FILES = 10;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** The files of a message. Pictures and formatting, which are attachments too, are none. */
export function sentFiles(activity: Activity): readonly SentFile[] {
  return (activity.attachments ?? [])
    .filter(({ contentType }) => contentType === DOWNLOAD_INFO)
    .slice(0, MAX_FILES)
    .map(({ name, content }) => ({
      fileName: bareName(name ?? ""),
      address: text(at(content, "downloadUrl")) ?? "",
    }));
}

/** The name without folders and signs that could mislead a reader or a file system. */
function bareName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const clean = last
    .replace(/\p{C}+/gu, " ")
    .trim()
    .slice(0, 200);
  return clean === "" || /^\.+$/.test(clean) ? "arquivo" : clean;
}

class DownloadError extends Error {
  readonly code: "too_large" | "download_failed";
  constructor(code: DownloadError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Opens a file at an address that was checked. Redirections are not followed, since they would lead past the check;
 * more bytes than allowed are not read. Throws DownloadError, the stream likewise.
 */
export async function openFile(address: URL, maxBytes: number): Promise<Readable> {
  const response = await fetch(address, {
    redirect: "error",
    signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new DownloadError("download_failed", `the store answered ${response.status}`);
  }
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body.cancel();
    throw new DownloadError("too_large", "the file says it is too large");
  }
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Uint8Array, _, done) {
      size += chunk.byteLength;
      if (size > maxBytes) done(new DownloadError("too_large", "the file is too large"));
      else done(null, chunk);
    },
  });
  const source = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  source.once("error", (error) => bounded.destroy(error));
  // An error that comes before anybody reads would otherwise end the process; the reader gets it all the same.
  bounded.on("error", () => undefined);
  bounded.once("close", () => source.destroy());
  return source.pipe(bounded);
}
