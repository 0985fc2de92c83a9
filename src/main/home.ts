import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isIsoDay } from "../money/day.ts";

/** What a folder that holds a book says about itself, in its `home.json`. */
const schema = z.discriminatedUnion("demo", [
  z.object({ version: z.literal(1), demo: z.literal(false) }),
  z.object({
    version: z.literal(1),
    demo: z.literal(true),
    seed: z.int(),
    clients: z.int().min(1),
    /** First day of the synthetic history. */
    start: z.string().refine(isIsoDay),
    /** Last day that was generated and published; null until the first one is. */
    through: z.string().refine(isIsoDay).nullable(),
  }),
]);

export type HomeInfo = z.infer<typeof schema>;
export type DemoInfo = Extract<HomeInfo, { demo: true }>;

export const REAL_HOME: HomeInfo = { version: 1, demo: false };

/** Where things lie in a home. */
export function homePaths(folder: string) {
  return {
    info: join(folder, "home.json"),
    state: join(folder, "state.db"),
    lake: join(folder, "lake"),
    /** Copies of what a lake in S3 holds. Not in `scratch`, which a run of the pipeline sweeps under readers' feet. */
    copies: join(folder, "lake-copies"),
    scratch: join(folder, "scratch"),
    /** Temporary files of market data, which a pipeline run must not sweep. */
    market: join(folder, "scratch-market"),
  };
}

export class HomeError extends Error {
  readonly code: "broken" | "not_a_folder" | "not_writable";
  readonly path: string;
  constructor(code: HomeError["code"], path: string, cause?: unknown) {
    super(`home ${code}: ${path}`, { cause });
    this.code = code;
    this.path = path;
  }
}

/** What the folder holds; null where no book was begun. Throws HomeError. */
export async function readHome(folder: string): Promise<HomeInfo | null> {
  const path = homePaths(folder).info;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") throw new HomeError("not_a_folder", folder, error);
    if (codeOf(error) !== "ENOENT") throw new HomeError("broken", path, error);
    const found = await stat(folder).catch(() => null);
    if (found !== null && !found.isDirectory()) throw new HomeError("not_a_folder", folder);
    return null;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new HomeError("broken", path, error);
  }
}

/**
 * Begins a book in the folder, made if it is not there. Of two processes that do so at once, one wins, and both get
 * what it wrote. Throws HomeError.
 */
export async function beginHome(folder: string, info: HomeInfo): Promise<HomeInfo> {
  await makeFolder(folder);
  const path = homePaths(folder).info;
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(info, null, 2)}\n`);
    await link(draft, path);
    return info;
  } catch (error) {
    const found = codeOf(error) === "EEXIST" ? await readHome(folder) : null;
    if (found === null) throw new HomeError("not_writable", folder, error);
    return found;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Makes the folder of a home with those above it. Throws HomeError. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const isFile = codeOf(error) === "EEXIST" || codeOf(error) === "ENOTDIR";
    throw new HomeError(isFile ? "not_a_folder" : "not_writable", folder, error);
  }
}

/** Replaces what the home says about itself; a reader sees the old or the new. */
export async function rewriteHome(folder: string, info: HomeInfo): Promise<void> {
  const path = homePaths(folder).info;
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(info, null, 2)}\n`);
  await rename(draft, path);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
