import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginHome, type DemoInfo, homePaths, REAL_HOME, readHome, rewriteHome } from "./home.ts";

const DEMO: DemoInfo = { version: 1, demo: true, seed: 7, clients: 60, start: "2024-11-25", through: null };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "home-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a home", () => {
  it("is none until it is begun, and then is what it was begun as", async () => {
    const home = join(folder, "new", "book");
    expect(await readHome(home)).toBeNull();
    expect(await beginHome(home, DEMO)).toEqual(DEMO);
    expect(await readHome(home)).toEqual(DEMO);
    await rewriteHome(home, { ...DEMO, through: "2026-11-23" });
    expect(await readHome(home)).toEqual({ ...DEMO, through: "2026-11-23" });
    expect(await readdir(home)).toEqual(["home.json"]);
  });

  it("keeps what the first one wrote when two begin it", async () => {
    const both = await Promise.all([beginHome(folder, REAL_HOME), beginHome(folder, DEMO)]);
    expect(both[0]).toEqual(both[1]);
    expect(await readHome(folder)).toEqual(both[0]);
    expect(await readdir(folder)).toEqual(["home.json"]);
  });

  it.each(["{", "{}", '{"version":2,"demo":false}', '{"version":1,"demo":true}', '"x"'])(
    "is refused as broken where its home.json says %s",
    async (text) => {
      await writeFile(homePaths(folder).info, text);
      await expect(readHome(folder)).rejects.toMatchObject({ code: "broken" });
      await expect(beginHome(folder, REAL_HOME)).rejects.toMatchObject({ code: "broken" });
    },
  );

  it("is not a file, nor below one", async () => {
    const file = join(folder, "file");
    await writeFile(file, "x");
    for (const path of [file, join(file, "below")]) {
      await expect(readHome(path)).rejects.toMatchObject({ code: "not_a_folder" });
      await expect(beginHome(path, REAL_HOME)).rejects.toMatchObject({ code: "not_a_folder", path });
    }
  });
});
