import { createReadStream } from "node:fs";
import { mkdir, readdir, stat, unlink, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { CommitPoint, hasCode } from "./disk-files.ts";
import { safeKey } from "./keys.ts";
import { type Lake, LakeError, type StoredObject } from "./lake.ts";
import { type Bucket, nonce, S3Objects } from "./s3-objects.ts";

/** Pointers lie beside the objects, under a name that no object can have. */
const POINTERS = ".pointers/";
const OBJECTS = "objects";
const TEMPORARY = ".tmp";
const READ_CHUNK_BYTES = 1024 * 1024;
/** A staged copy that nobody has asked for since this long is let go when the lake is opened. */
const COPY_AGE_MS_MAX = 7 * 24 * 3_600_000;
/** A copy that is in use is marked as such this often: not every file system notes when a file was read. */
const COPY_MARK_MS = 24 * 3_600_000;
const FETCH_TRIES_MAX = 3;
const TEMPORARY_AGE_MS_MAX = 24 * 3_600_000;

/**
 * Opens a lake in a bucket of S3, which must be there, with the keys that it has on disk. What is read is staged in
 * `copies`, a folder of this machine; an object never changes, so a copy is as good as the object. The first request
 * is made by the first operation. Its methods throw LakeError, `unavailable` where S3 does not answer or refuses.
 */
export async function openS3Lake(bucket: Bucket, copies: string): Promise<Lake> {
  const base = resolve(copies);
  const temporary = join(base, TEMPORARY);
  await mkdir(temporary, { recursive: true });
  await sweep(temporary, Date.now() - TEMPORARY_AGE_MS_MAX);
  await sweep(join(base, OBJECTS), Date.now() - COPY_AGE_MS_MAX);
  return new S3Lake(new S3Objects(bucket), new CommitPoint(temporary), join(base, OBJECTS));
}

class S3Lake implements Lake {
  readonly #objects: S3Objects;
  readonly #commit: CommitPoint;
  readonly #copies: string;

  constructor(objects: S3Objects, commit: CommitPoint, copies: string) {
    this.#objects = objects;
    this.#commit = commit;
    this.#copies = copies;
  }

  async put(key: string, body: Readable | Uint8Array): Promise<StoredObject> {
    safeKey(key);
    return await this.putByHash(body instanceof Uint8Array ? Readable.from([body]) : body, () => key);
  }

  /** The body goes to this machine's disk first: only then is its hash known, which S3 checks what arrives against. */
  async putByHash(body: Readable, keyOf: (sha256: string) => string): Promise<StoredObject> {
    const written = await this.#commit.write(body);
    return await this.#settle(written.path, { ...written, key: keyOf(written.sha256) });
  }

  async publish(localPath: string, key: string): Promise<StoredObject> {
    safeKey(key);
    const adopted = await this.#commit.adopt(localPath);
    return await this.#settle(adopted.path, { ...adopted, key });
  }

  async stage(key: string): Promise<string> {
    const copy = this.#copy(safeKey(key));
    if (await isFresh(copy)) return copy;
    // False: somebody else of this machine staged the same bytes.
    await this.#commit.name(await this.#fetch(key), copy);
    return copy;
  }

  async read(key: string): Promise<Readable> {
    return createReadStream(await this.stage(key), { highWaterMark: READ_CHUNK_BYTES });
  }

  async exists(key: string): Promise<boolean> {
    return (await this.#objects.hash(safeKey(key))) !== null;
  }

  async list(prefix: string): Promise<readonly string[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    if (folder !== "") safeKey(folder.slice(0, -1));
    const keys: string[] = [];
    for await (const key of this.#objects.keys(prefix)) if (!key.startsWith(POINTERS)) keys.push(key);
    return keys.sort();
  }

  async remove(key: string): Promise<void> {
    await this.#objects.remove(safeKey(key));
    try {
      await unlink(this.#copy(key));
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR")) throw error;
    }
  }

  async readPointer(key: string): Promise<{ readonly content: string; readonly version: string } | null> {
    const found = await this.#objects.text(POINTERS + safeKey(key));
    return found === null ? null : { content: contentOf(found.text), version: found.version };
  }

  async movePointer(key: string, content: string, expected: string | null): Promise<boolean> {
    // The version of a text is a hash of it, so that the same content twice must not be the same text.
    const text = `${nonce()} ${content}`;
    if (await this.#objects.swap(POINTERS + safeKey(key), text, expected)) return true;
    // Where the answer to our own move was lost and the library sent it again, what stands there is ours.
    return (await this.#objects.text(POINTERS + key))?.text === text;
  }

  /** A temporary file with the object's bytes. What arrives in part, or changed, is asked for again. */
  async #fetch(key: string): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const found = await this.#objects.read(key);
      if (found === null) throw missing(key);
      try {
        const written = await this.#commit.write(found.body);
        // Whatever was brought into the bucket by other means has no hash there.
        if (found.sha256 === "" || written.sha256 === found.sha256) return written.path;
        await unlink(written.path);
        throw new LakeError("unreadable", `what came from under ${key} is not what was stored there`);
      } catch (error) {
        if (!(error instanceof LakeError) || tries === FETCH_TRIES_MAX) throw error;
      }
    }
  }

  #copy(key: string): string {
    return join(this.#copies, key);
  }

  async #settle(temporary: string, object: StoredObject): Promise<StoredObject> {
    const { key, bytes, sha256 } = object;
    try {
      safeKey(key);
      const created = await this.#objects.create(key, { path: temporary, sha256 });
      if (!created && (await this.#objects.hash(key)) !== sha256) {
        throw new LakeError("exists", `the lake already holds other bytes under ${key}`);
      }
    } catch (error) {
      await unlink(temporary);
      throw error;
    }
    await this.#commit.name(temporary, this.#copy(key));
    return { key, bytes, sha256 };
  }
}

/** A pointer's text without the name of the move that wrote it. */
function contentOf(text: string): string {
  return text.slice(text.indexOf(" ") + 1);
}

/** Whether there is a copy, which is marked as in use. */
async function isFresh(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    const now = new Date();
    if (found.mtimeMs < now.getTime() - COPY_MARK_MS) await utimes(path, now, now);
    return found.isFile();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

/** Removes files that were not read since. */
async function sweep(folder: string, before: number): Promise<void> {
  let names: readonly string[];
  try {
    names = await readdir(folder, { recursive: true });
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      const found = await stat(path);
      if (found.isFile() && Math.max(found.atimeMs, found.mtimeMs) < before) await unlink(path);
    } catch (error) {
      // Another process swept it in between.
      if (!hasCode(error, "ENOENT")) throw error;
    }
  }
}

function missing(key: string): LakeError {
  return new LakeError("missing", `the lake has nothing under ${key}`);
}
