import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { openDiskLake } from "./disk.ts";
import { describeLake } from "./lake-contract.testing.ts";

describe("a lake on disk", () =>
  describeLake(async () => {
    const root = await mkdtemp(join(tmpdir(), "lake-"));
    return {
      open: () => openDiskLake(root),
      leftovers: () => readdir(join(root, ".tmp")),
      close: () => rm(root, { recursive: true, force: true }),
    };
  }));
