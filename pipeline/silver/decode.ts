import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import iconv from "iconv-lite";

export type Encoding = "utf-8" | "windows-1252" | "utf-16le" | "utf-16be";

const CHUNK_BYTES = 1024 * 1024;
const BOMS: readonly { readonly encoding: Encoding; readonly bytes: Buffer }[] = [
  { encoding: "utf-8", bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: "utf-16le", bytes: Buffer.from([0xff, 0xfe]) },
  { encoding: "utf-16be", bytes: Buffer.from([0xfe, 0xff]) },
];

/** Says how a text file is encoded: by its byte order mark, else UTF-8 if every byte of it is, else windows-1252. */
export async function detectEncoding(path: string): Promise<Encoding> {
  let held: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of chunksOf(path)) {
    const marked = first
      ? BOMS.find(({ bytes }) => chunk.subarray(0, bytes.length).equals(bytes))
      : undefined;
    if (marked !== undefined) return marked.encoding;
    first = false;
    const data = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const complete = data.length - unfinishedBytes(data);
    if (!isUtf8(data.subarray(0, complete))) return "windows-1252";
    held = data.subarray(complete);
  }
  return held.length === 0 ? "utf-8" : "windows-1252";
}

/** The file as UTF-8 without a byte order mark, in chunks of about a megabyte. */
export async function* readUtf8(path: string, encoding: Encoding): AsyncGenerator<Buffer> {
  const bom = BOMS.find((mark) => mark.encoding === encoding)?.bytes;
  const decoder = encoding === "utf-8" ? null : iconv.getDecoder(encoding, { stripBOM: false });
  let first = true;
  for await (const chunk of chunksOf(path)) {
    const marked = first && bom !== undefined && chunk.subarray(0, bom.length).equals(bom);
    const data = marked ? chunk.subarray(bom.length) : chunk;
    first = false;
    yield decoder === null ? data : Buffer.from(decoder.write(data));
  }
  const rest = decoder?.end();
  if (rest !== undefined) yield Buffer.from(rest);
}

/** How many bytes at the end belong to a character that goes on in the next chunk: 0 to 3. */
function unfinishedBytes(data: Buffer): number {
  for (let back = 1; back <= Math.min(3, data.length); back++) {
    const byte = data[data.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  // A small file is read whole: in chunks of this size it would take two of them.
  const highWaterMark = Math.min((await stat(path)).size + 1, CHUNK_BYTES);
  for await (const chunk of createReadStream(path, { highWaterMark })) yield chunk;
}
