import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, link, mkdir, open, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";

const READ_CHUNK_BYTES = 1024 * 1024;

/**
 * How much of a file of this size to read at a time. A small file in large chunks would cost two of them, and the many
 * small files of a run so much memory outside the heap that the collector is called for it.
 */
export function chunkOf(fileBytes: number): { readonly highWaterMark: number } {
  return { highWaterMark: Math.min(fileBytes + 1, READ_CHUNK_BYTES) };
}

/** A finished file that has no name in the lake yet. */
interface Written {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Whether an error of the file system has one of these codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/**
 * Makes files appear complete or not at all: written in a temporary folder of the same file system, flushed,
 * then given their name by a hard link. A link, unlike a rename, fails where the name is taken, so two processes
 * can never overwrite each other's object.
 */
export class CommitPoint {
  readonly #temporary: string;

  constructor(temporary: string) {
    this.#temporary = temporary;
  }

  /** Streams a body into a temporary file, flushed to the disk. A failing body leaves nothing behind. */
  async write(body: Readable): Promise<Written> {
    const path = join(this.#temporary, randomUUID());
    const file = await open(path, "wx");
    try {
      const written = await copy(body, file);
      await file.sync();
      return { path, ...written };
    } catch (error) {
      await unlink(path);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Takes a finished local file over; it is gone from where it was. */
  async adopt(localPath: string): Promise<Written> {
    const path = join(this.#temporary, randomUUID());
    try {
      await rename(localPath, path);
    } catch (error) {
      if (!hasCode(error, "EXDEV")) throw error;
      const written = await this.write(createReadStream(localPath, chunkOf((await stat(localPath)).size)));
      await unlink(localPath);
      return written;
    }
    const file = await open(path, "r+");
    try {
      await file.sync();
      const hash = createHash("sha256");
      let bytes = 0;
      const { size } = await file.stat();
      for await (const chunk of file.createReadStream({ ...chunkOf(size), autoClose: false })) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      return { path, bytes, sha256: hash.digest("hex") };
    } finally {
      await file.close();
    }
  }

  /** Names a temporary file and forgets the temporary one. False: the name was taken already. */
  async name(temporary: string, target: string): Promise<boolean> {
    const folder = dirname(target);
    await mkdir(folder, { recursive: true });
    try {
      await link(temporary, target);
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      throw error;
    } finally {
      await unlink(temporary);
    }
    await flushFolder(folder);
    return true;
  }
}

async function copy(body: Readable, file: FileHandle): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of body) {
    const data: Uint8Array = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    hash.update(data);
    bytes += data.length;
    // A single write may take a part of the data only; writeFile on a handle goes on until all is written.
    await file.writeFile(data);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** A new name survives a power cut only once its folder is flushed; Windows has no such call for folders. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
