import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { reportFailure } from "../../conversation/failure.ts";
import { StateError } from "../../state/index.ts";
import { homePaths } from "../home.ts";
import { createLogger } from "../logger.ts";
import { type Opened, openOnAws } from "./opened.ts";

/** Copies of the lake's objects that a container may keep: an object never changes, so that the next call has them at once. */
const COPIES_BYTES_MAX = 1024 ** 3;

/** What a Lambda keeps from one call to the next. */
let kept: Promise<Opened> | null = null;

/**
 * Does the work of one call. What fails is reported by its class and code alone, and thrown, so that AWS calls again;
 * the next call opens everything anew, and so with the password as it is then. `absent`: no service has begun a book yet.
 */
export async function withOpened<T>(work: (opened: Opened) => Promise<T>): Promise<T | "absent"> {
  kept ??= openOnAws(process.env);
  try {
    const opened = await kept;
    const result = await work(opened);
    await sweepCopies(homePaths(opened.config.home).copies, COPIES_BYTES_MAX);
    return result;
  } catch (error) {
    const failed = kept;
    kept = null;
    await failed?.then(({ store }) => store.state.close()).catch(() => undefined);
    if (error instanceof StateError && error.code === "absent") return "absent";
    reportFailure(
      createLogger(process.stdout, () => new Date()),
      "lambda_failed",
      error,
    );
    throw error;
  }
}

/** Removes all copies once they are too many; none is in use between two calls. */
export async function sweepCopies(folder: string, bytesMax: number): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() === true) bytes += found.size;
  }
  if (bytes <= bytesMax) return false;
  await rm(join(folder, "objects"), { recursive: true, force: true });
  return true;
}
