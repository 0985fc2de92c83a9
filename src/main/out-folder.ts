import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { EXIT, Refusal } from "./exit.ts";
import type { Shell } from "./shell.ts";

/** The folder that `--out` names, made if it is not there. Throws Refusal (bad input) where a file stands in its place. */
export async function outFolder(out: string, { words, io }: Pick<Shell, "words" | "io">): Promise<string> {
  const folder = resolve(io.workingFolder, out);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST" || code === "ENOTDIR") {
      throw new Refusal(EXIT.badInput, words.outIsFile(out), error);
    }
    throw error;
  }
  return folder;
}
