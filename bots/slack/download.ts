import { extname } from "node:path/posix";
import { Readable } from "node:stream";
import type { SlackFile } from "./api.ts";
import { MAX_UPLOAD_BYTES, type SlackSettings } from "./ports.ts";

/** What the pipeline reads, by the file's name: Slack's own type is a guess of its. */
const READABLE = new Set([".csv", ".txt", ".tsv", ".xlsx"]);
const FILES_HOST = "files.slack.com";
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/** Why a file is not fetched. */
export type Unfit = "not_readable" | "too_large";

/** A body that grew past what was said. The code is what `conversation` tells the person by. */
class TooLargeError extends Error {
  readonly code = "too_large";
  override readonly name = "TooLargeError";
}

/** A download that Slack did not give. It holds no address, for that opens the file. */
class DownloadError extends Error {
  override readonly name = "DownloadError";
  readonly code: string;
  constructor(code: string) {
    super(`the file could not be fetched: ${code}`);
    this.code = code;
  }
}

/** What there is against a file before a byte of it is fetched; null where nothing is. */
export function unfitness(file: SlackFile, settings: SlackSettings): Unfit | null {
  if (file.size > maxBytesOf(settings)) return "too_large";
  if (file.url === null || !READABLE.has(extname(file.name).toLowerCase())) return "not_readable";
  return null;
}

export function maxBytesOf(settings: SlackSettings): number {
  return settings.maxUploadBytes ?? MAX_UPLOAD_BYTES;
}

/**
 * Fetches a file's bytes as a stream. The token goes to Slack's own host alone, and never along a redirect. Throws
 * DownloadError.
 */
export async function download(file: SlackFile, settings: SlackSettings): Promise<Readable> {
  const url = file.url !== null && URL.canParse(file.url) ? new URL(file.url) : null;
  if (url === null || !isTrusted(url, settings)) throw new DownloadError("host");
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${settings.botToken}` },
    redirect: "manual",
    signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
  });
  const { body } = response;
  // Without the scope files:read, Slack sends its page for signing in.
  const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
  if (response.status !== 200 || body === null || isPage) {
    await body?.cancel();
    throw new DownloadError(isPage ? "sign_in_page" : `status_${response.status}`);
  }
  return bounded(body, maxBytesOf(settings));
}

function isTrusted(url: URL, { apiUrl }: SlackSettings): boolean {
  if (apiUrl !== null) return url.origin === new URL(apiUrl).origin;
  return url.protocol === "https:" && url.host === FILES_HOST;
}

/**
 * The body as a stream that fails once it is longer than allowed, whatever was said before. Its reader is taken at
 * once: `fetch` cancels a body that nobody has taken when its response is collected as garbage, and a file that waits
 * for another to be loaded would then seem to be empty.
 */
function bounded(body: ReadableStream<Uint8Array>, maxBytes: number): Readable {
  const reader = body.getReader();
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let seen = 0;
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        seen += read.value.byteLength;
        if (seen > maxBytes) throw new TooLargeError(`more than ${maxBytes} bytes`);
        yield read.value;
      }
    } finally {
      // Nothing where it has ended; otherwise nobody reads the rest.
      await reader.cancel().catch(() => undefined);
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}
