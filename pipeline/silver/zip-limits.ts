import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInflateRaw } from "node:zlib";

/** Raised for an archive that is broken, or unpacks to more than was allowed. */
export class ZipRefused extends Error {
  readonly code: "broken" | "too_big";
  constructor(code: "broken" | "too_big") {
    super(code === "broken" ? "not a readable zip archive" : "the archive unpacks to too much");
    this.code = code;
  }
}

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_BYTES_MAX = 65_535;
const ENTRIES_MAX = 2_000;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks an archive into nothing and throws ZipRefused once that takes more than `bytesMax`: the sizes that
 * an archive states of itself may lie. Layout: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export async function checkUnpackedSize(path: string, bytesMax: number): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (from: number, length: number) => {
      if (from < 0 || from + length > size) throw new ZipRefused("broken");
      return (await file.read(Buffer.alloc(length), 0, length, from)).buffer;
    };
    const entries = await entriesOf(read, size);
    if (entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0) > bytesMax)
      throw new ZipRefused("too_big");
    let left = bytesMax;
    for (const entry of entries) {
      const local = await read(entry.headerAt, LOCAL_BYTES);
      if (local.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new ZipRefused("broken");
      const start = entry.headerAt + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
      left -=
        entry.method === STORED
          ? entry.packedBytes
          : await inflatedBytes(path, start, entry.packedBytes, left);
      if (left < 0) throw new ZipRefused("too_big");
    }
  } finally {
    await file.close();
  }
}

async function entriesOf(
  read: (from: number, length: number) => Promise<Buffer>,
  size: number,
): Promise<readonly Entry[]> {
  const tailBytes = Math.min(size, END_BYTES + COMMENT_BYTES_MAX);
  const tail = await read(size - tailBytes, tailBytes);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end--;
  if (end < 0) throw new ZipRefused("broken");
  const count = tail.readUInt16LE(end + 10);
  if (count > ENTRIES_MAX) throw new ZipRefused("too_big");
  const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new ZipRefused("broken");
    }
    const method = directory.readUInt16LE(at + 10);
    if (method !== STORED && method !== DEFLATED) throw new ZipRefused("broken");
    entries.push({
      method,
      packedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at +=
      ENTRY_BYTES +
      directory.readUInt16LE(at + 28) +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Bytes that a part of a file inflates to; stops counting beyond `bytesMax`. */
async function inflatedBytes(path: string, start: number, length: number, bytesMax: number): Promise<number> {
  if (length === 0) return 0;
  const inflate = createInflateRaw();
  const packed = createReadStream(path, { start, end: start + length - 1 });
  packed.on("error", (error) => inflate.destroy(error));
  packed.pipe(inflate);
  let bytes = 0;
  try {
    for await (const chunk of inflate) {
      bytes += chunk.length;
      if (bytes > bytesMax) break;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw new ZipRefused("broken");
    throw error;
  } finally {
    packed.destroy();
  }
  return bytes;
}
