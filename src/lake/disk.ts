import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, readdir, stat, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { CommitPoint, chunkOf, hasCode } from "./disk-files.ts";
import { DiskPointers } from "./disk-pointers.ts";
import { safeKey } from "./keys.ts";
import { type Lake, LakeError, type StoredObject } from "./lake.ts";

/** Unfinished files of a process that died are swept when a lake is opened this long after. */
const TEMPORARY_AGE_MS_MAX = 24 * 3_600_000;

/**
 * Opens a lake in a folder, which is made if it is not there. Objects are files under their keys; several
 * processes may use one folder at once.
 */
export async function openDiskLake(root: string): Promise<Lake> {
  const base = resolve(root);
  const temporary = join(base, ".tmp");
  await mkdir(temporary, { recursive: true });
  await sweep(temporary, Date.now() - TEMPORARY_AGE_MS_MAX);
  const commit = new CommitPoint(temporary);
  return new DiskLake(base, commit, new DiskPointers(join(base, ".pointers"), commit));
}

class DiskLake implements Lake {
  readonly #root: string;
  readonly #commit: CommitPoint;
  readonly #pointers: DiskPointers;

  constructor(root: string, commit: CommitPoint, pointers: DiskPointers) {
    this.#root = root;
    this.#commit = commit;
    this.#pointers = pointers;
  }

  async put(key: string, body: Readable | Uint8Array): Promise<StoredObject> {
    safeKey(key);
    return this.putByHash(body instanceof Uint8Array ? Readable.from([body]) : body, () => key);
  }

  async putByHash(body: Readable, keyOf: (sha256: string) => string): Promise<StoredObject> {
    const written = await this.#commit.write(body);
    return this.#settle(written.path, { ...written, key: keyOf(written.sha256) });
  }

  async publish(localPath: string, key: string): Promise<StoredObject> {
    safeKey(key);
    const adopted = await this.#commit.adopt(localPath);
    return this.#settle(adopted.path, { ...adopted, key });
  }

  async stage(key: string): Promise<string> {
    const path = this.#path(key);
    if (!(await this.exists(key))) throw missing(key);
    return path;
  }

  async read(key: string): Promise<Readable> {
    const path = await this.stage(key);
    return createReadStream(path, chunkOf((await stat(path)).size));
  }

  async exists(key: string): Promise<boolean> {
    try {
      await access(this.#path(key));
      return true;
    } catch (error) {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return false;
      throw error;
    }
  }

  async list(prefix: string): Promise<readonly string[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    if (folder !== "") safeKey(folder.slice(0, -1));
    const entries = await this.#walk(join(this.#root, folder));
    return entries
      .map((path) => `${folder}${path}`)
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  async remove(key: string): Promise<void> {
    try {
      await unlink(this.#path(key));
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR")) throw error;
    }
  }

  readPointer(key: string): Promise<{ readonly content: string; readonly version: string } | null> {
    return this.#pointers.read(safeKey(key));
  }

  movePointer(key: string, content: string, expected: string | null): Promise<boolean> {
    return this.#pointers.move(safeKey(key), content, expected);
  }

  #path(key: string): string {
    return join(this.#root, safeKey(key));
  }

  /** Gives a finished temporary file its name; the same bytes under the same key again are no error. */
  async #settle(temporary: string, object: StoredObject): Promise<StoredObject> {
    const { key, bytes, sha256 } = object;
    const target = this.#path(key);
    const taken = !(await this.#commit.name(temporary, target));
    if (taken && (await hashOf(target)) !== sha256) {
      throw new LakeError("exists", `the lake already holds other bytes under ${key}`);
    }
    return { key, bytes, sha256 };
  }

  /** Keys below a folder, relative to it; hidden folders are ours and no objects. */
  async #walk(folder: string): Promise<string[]> {
    const found: string[] = [];
    for (const entry of await entriesOf(folder)) {
      if (entry.name.startsWith(".")) continue;
      if (entry.isFile()) found.push(entry.name);
      if (!entry.isDirectory()) continue;
      for (const path of await this.#walk(join(folder, entry.name))) found.push(`${entry.name}/${path}`);
    }
    return found;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, chunkOf((await stat(path)).size))) hash.update(chunk);
  return hash.digest("hex");
}

async function sweep(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).mtimeMs < before) await unlink(path);
    } catch (error) {
      // Another process swept it, or finished it, in between.
      if (!hasCode(error, "ENOENT")) throw error;
    }
  }
}

function missing(key: string): LakeError {
  return new LakeError("missing", `the lake has nothing under ${key}`);
}
