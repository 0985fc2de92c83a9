import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lake } from "./lake.ts";

/** An empty place for a lake, which several processes may open. */
export interface Shore {
  open(): Promise<Lake>;
  /** Files that are left of what was not finished. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function textOf(lake: Lake, key: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await lake.read(key)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

interface Here {
  shore: Shore;
  lake: Lake;
  /** A folder of this machine. */
  root: string;
}

/** What every lake does, wherever its objects are. */
export function describeLake(newShore: () => Promise<Shore>): void {
  const here: Partial<Here> = {};
  beforeEach(async () => {
    here.shore = await newShore();
    here.lake = await here.shore.open();
    here.root = await mkdtemp(join(tmpdir(), "lake-local-"));
  });
  afterEach(async () => {
    const { shore, root } = whole(here);
    await rm(root, { recursive: true, force: true });
    await shore.close();
  });
  describe("what is put", () => describePut(() => whole(here)));
  describe("what is found", () => describeFound(() => whole(here)));
  describe("pointers", () => describePointers(() => whole(here)));
}

function whole({ shore, lake, root }: Partial<Here>): Here {
  if (shore === undefined || lake === undefined || root === undefined) throw new Error("not opened");
  return { shore, lake, root };
}

type Opened = () => Here;

function describePut(here: Opened): void {
  it("keeps what was put and says its size and hash", async () => {
    const { lake } = here();
    const stored = await lake.put("bronze/a.csv", Readable.from([Buffer.from("ab"), Buffer.from("c")]));
    expect(stored).toEqual({ key: "bronze/a.csv", bytes: 3, sha256: sha256("abc") });
    expect(await textOf(lake, "bronze/a.csv")).toBe("abc");
    expect(await readFile(await lake.stage("bronze/a.csv"), "utf8")).toBe("abc");
  });

  it("names an object after its hash", async () => {
    const { lake } = here();
    const stored = await lake.putByHash(Readable.from(["olá"]), (hash) => `bronze/${hash}/x.csv`);
    expect(stored.key).toBe(`bronze/${sha256("olá")}/x.csv`);
    expect(await textOf(lake, stored.key)).toBe("olá");
  });

  it("takes the same bytes again and refuses others under the same key", async () => {
    const { lake } = here();
    await lake.put("a/b", Buffer.from("one"));
    await expect(lake.put("a/b", Buffer.from("one"))).resolves.toMatchObject({ bytes: 3 });
    await expect(lake.put("a/b", Buffer.from("two"))).rejects.toMatchObject({ code: "exists" });
    expect(await textOf(lake, "a/b")).toBe("one");
  });

  it("leaves nothing behind when the body fails half way", async () => {
    const { shore, lake } = here();
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        throw new Error("connection lost");
      })(),
    );
    await expect(lake.put("a/b", failing)).rejects.toThrow("connection lost");
    expect(await lake.exists("a/b")).toBe(false);
    expect(await shore.leftovers()).toEqual([]);
  });
}

function describeFound(here: Opened): void {
  it("moves a finished local file in", async () => {
    const { lake, root } = here();
    const local = join(root, "local.parquet");
    await writeFile(local, "PAR1");
    expect(await lake.publish(local, "silver/x.parquet")).toMatchObject({
      bytes: 4,
      sha256: sha256("PAR1"),
    });
    expect(await textOf(lake, "silver/x.parquet")).toBe("PAR1");
    await expect(readFile(local)).rejects.toThrow("ENOENT");
  });

  it("lists by prefix, in order, without its own housekeeping", async () => {
    const { lake } = here();
    await lake.put("silver/operations/b", Buffer.from("1"));
    await lake.put("silver/operations/a", Buffer.from("1"));
    await lake.put("silver/prices/a", Buffer.from("1"));
    await lake.movePointer("gold/current", "r1", null);
    expect(await lake.list("silver/op")).toEqual(["silver/operations/a", "silver/operations/b"]);
    expect(await lake.list("")).toEqual(["silver/operations/a", "silver/operations/b", "silver/prices/a"]);
    expect(await lake.list("nothing/here")).toEqual([]);
  });

  it("says what is missing, and removes", async () => {
    const { lake } = here();
    await lake.put("a/b", Buffer.from("1"));
    await lake.remove("a/b");
    await lake.remove("a/b");
    expect(await lake.exists("a/b")).toBe(false);
    await expect(lake.stage("a/b")).rejects.toMatchObject({ code: "missing" });
    await expect(lake.read("a/b")).rejects.toMatchObject({ code: "missing" });
  });

  it.each([
    "../x",
    "a/../../x",
    "/etc/passwd",
    "a//b",
    "a\\b",
    ".pointers/x",
    "a/.tmp",
    "",
    "a/\u0000",
    "C:/x",
  ])("refuses the key %j", async (key) => {
    const { lake } = here();
    await expect(lake.put(key, Buffer.from("1"))).rejects.toMatchObject({ code: "unreadable" });
  });
}

function describePointers(here: Opened): void {
  it("moves only from what the mover read", async () => {
    const { lake } = here();
    expect(await lake.readPointer("gold/current")).toBeNull();
    expect(await lake.movePointer("gold/current", "run-1", null)).toBe(true);
    const first = await lake.readPointer("gold/current");
    expect(first?.content).toBe("run-1");
    expect(await lake.movePointer("gold/current", "run-2", null)).toBe(false);
    expect(await lake.movePointer("gold/current", "run-2", first?.version ?? "")).toBe(true);
    expect(await lake.movePointer("gold/current", "run-3", first?.version ?? "")).toBe(false);
    expect((await lake.readPointer("gold/current"))?.content).toBe("run-2");
  });

  it("lets exactly one of many movers win each round", async () => {
    const { shore, lake } = here();
    const lakes = await Promise.all(Array.from({ length: 4 }, () => shore.open()));
    let version: string | null = null;
    for (let round = 0; round < 5; round++) {
      const from: string | null = version;
      const won = await Promise.all(lakes.map((one, i) => one.movePointer("p", `${round}-${i}`, from)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const now = await lake.readPointer("p");
      expect(now?.content).toBe(`${round}-${won.indexOf(true)}`);
      version = now?.version ?? null;
    }
  });
}
