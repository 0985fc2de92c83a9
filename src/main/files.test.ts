import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openFile } from "./files.ts";
import { wordsOf } from "./words/words.ts";

const words = wordsOf("pt");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "files-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it("hands over a file's bytes under its own name, wherever it lies", async () => {
  await mkdir(join(folder, "maio"));
  await writeFile(join(folder, "maio", "operações.csv"), "cliente;data\n");
  const opened = await openFile("maio/operações.csv", folder, words);
  if (!("file" in opened)) throw new Error(opened.reason);
  expect(opened.file.fileName).toBe("operações.csv");
  expect(await text(opened.file.body)).toBe("cliente;data\n");
});

it("says why a file cannot be loaded, by the name that was given", async () => {
  await writeFile(join(folder, "vazio.csv"), "");
  await mkdir(join(folder, "pasta"));
  expect(await openFile("vazio.csv", folder, words)).toMatchObject({
    reason: "vazio.csv: o arquivo está vazio.",
  });
  expect(await openFile("pasta", folder, words)).toMatchObject({
    reason: "pasta: é uma pasta; indique os arquivos.",
  });
  for (const path of ["nada.csv", "vazio.csv/nada.csv"]) {
    expect(await openFile(path, folder, words)).toMatchObject({ reason: `${path}: arquivo não encontrado.` });
  }
});
