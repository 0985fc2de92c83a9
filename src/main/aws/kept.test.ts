import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sweepCopies } from "./kept.ts";

it("the copies of a container go once they are too many, and what is being written stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "carteira-copies-"));
  expect(await sweepCopies(join(folder, "none"), 1)).toBe(false);
  for (const name of ["objects/gold/clients", ".tmp"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "objects/gold/clients/a.parquet"), "12345");
  writeFileSync(join(folder, ".tmp/b"), "12345");
  expect(await sweepCopies(folder, 10)).toBe(false);
  expect(await sweepCopies(folder, 9)).toBe(true);
  expect(existsSync(join(folder, "objects"))).toBe(false);
  expect(existsSync(join(folder, ".tmp/b"))).toBe(true);
  await rm(folder, { recursive: true });
});
