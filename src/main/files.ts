import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import type { Words } from "./words/words.ts";

export interface FileToLoad {
  readonly fileName: string;
  readonly body: Readable;
}

/** A file of the command line: ready to be read, or the reason why it cannot be. */
export type OpenedFile =
  | { readonly path: string; readonly file: FileToLoad }
  | { readonly path: string; readonly reason: string };

/** Looks at a file before anything is loaded. It is opened when its turn comes, so many need not be open at once. */
export async function openFile(path: string, workingFolder: string, words: Words): Promise<OpenedFile> {
  const absolute = resolve(workingFolder, path);
  const reason = await whyNot(absolute, path, words);
  if (reason !== null) return { path, reason };
  return {
    path,
    file: { fileName: basename(absolute), body: Readable.from(chunks(absolute), { objectMode: false }) },
  };
}

async function whyNot(absolute: string, path: string, words: Words): Promise<string | null> {
  try {
    const found = await stat(absolute);
    if (found.isDirectory()) return words.fileIsFolder(path);
    if (found.isFile() && found.size === 0) return words.fileEmpty(path);
    await access(absolute, constants.R_OK);
    return null;
  } catch (error) {
    switch (error instanceof Error && "code" in error ? error.code : undefined) {
      case "ENOENT":
      case "ENOTDIR":
        return words.fileMissing(path);
      case "EACCES":
      case "EPERM":
        return words.fileForbidden(path);
      default:
        return words.fileUnreadable(path);
    }
  }
}

async function* chunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}
