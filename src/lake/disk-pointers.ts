import { readdir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type CommitPoint, hasCode } from "./disk-files.ts";
import { LakeError } from "./lake.ts";

/** A reader that lists a version and finds it swept tries again; each try means that somebody moved on. */
const READ_TRIES_MAX = 100;
/** Earlier versions are swept this long after they were written. */
const KEPT_MS = 600_000;
const FIRST = 1;

/**
 * Pointers as numbered files in a folder each; the highest number is what the pointer holds. Moving it makes
 * the next number, which only one process can: there is no lock, so none can be left behind by a crash.
 */
export class DiskPointers {
  readonly #folder: string;
  readonly #commit: CommitPoint;

  constructor(folder: string, commit: CommitPoint) {
    this.#folder = folder;
    this.#commit = commit;
  }

  async read(key: string): Promise<{ readonly content: string; readonly version: string } | null> {
    for (let tries = 0; tries < READ_TRIES_MAX; tries++) {
      const newest = (await this.#versions(key)).at(-1);
      if (newest === undefined) return null;
      try {
        const content = await readFile(this.#path(key, newest), "utf8");
        return { content, version: String(newest) };
      } catch (error) {
        if (!hasCode(error, "ENOENT")) throw error;
      }
    }
    throw new LakeError("unreadable", `the pointer ${key} moves faster than it can be read`);
  }

  async move(key: string, content: string, expected: string | null): Promise<boolean> {
    const from = expected === null ? FIRST - 1 : Number(expected);
    const before = await this.#versions(key);
    if ((before.at(-1) ?? FIRST - 1) !== from) return false;
    const mine = from + 1;
    const written = await this.#commit.write(Readable.from([Buffer.from(content)]));
    if (!(await this.#commit.name(written.path, this.#path(key, mine)))) return false;
    const after = await this.#versions(key);
    // Were this process held up between listing and naming until others had moved on and swept our number,
    // a lower number than theirs would be ours, which nobody reads. The sweep goes upwards, so that the
    // version we started from is gone then, too; the first one is never swept.
    const stale = after.at(-1) !== mine && from >= FIRST && !after.includes(from);
    if (stale) return false;
    await this.#sweep(key, before);
    return true;
  }

  async #sweep(key: string, earlier: readonly number[]): Promise<void> {
    const before = Date.now() - KEPT_MS;
    for (const version of earlier.filter((number) => number > FIRST)) {
      const path = this.#path(key, version);
      try {
        if ((await stat(path)).mtimeMs >= before) return;
        await unlink(path);
      } catch (error) {
        // Another process sweeps at the same time.
        if (!hasCode(error, "ENOENT")) throw error;
      }
    }
  }

  /** Ascending. */
  async #versions(key: string): Promise<number[]> {
    try {
      const names = await readdir(join(this.#folder, key));
      return names
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .sort((a, b) => a - b);
    } catch (error) {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    }
  }

  #path(key: string, version: number): string {
    return join(this.#folder, key, String(version));
  }
}
