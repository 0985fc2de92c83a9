import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type State, type Upload } from "./index.ts";

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-"));
  state = await openState(join(folder, "state.db"));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

function upload(id: string, replaces: string | null = null): Omit<Upload, "seq"> {
  return {
    id,
    fileName: `${id}.csv`,
    sha256: "ab12",
    bronzeKey: `bronze/${id}`,
    kind: null,
    userId: "corretor1",
    clientId: null,
    receivedAt: "2026-11-23T12:00:00.000Z",
    status: "received",
    counts: null,
    silverKey: null,
    quarantineKey: null,
    replaces,
  };
}

const COUNTS = { rows: 10, loaded: 7, replaced: 1, repeated: 1, rejected: 1 };
const READY = { counts: COUNTS, silverKey: "silver/x", quarantineKey: null };

async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries((await state.uploads.list(100)).map(({ id, status }) => [id, status]));
}

describe("uploads", () => {
  it("of users are theirs alone, newest first, and none of nobody's", async () => {
    for (const [id, userId] of [
      ["a", "corretor1"],
      ["b", "corretor2"],
      ["c", "corretor1"],
      ["d", "person:corretor1"],
    ] as const) {
      await state.uploads.create({ ...upload(id), userId });
    }
    const of = async (users: readonly string[], limit = 10) =>
      (await state.uploads.latestOf(users, limit)).map(({ id }) => id);
    expect(await of(["corretor1"])).toEqual(["c", "a"]);
    expect(await of(["person:corretor1", "corretor2"])).toEqual(["d", "b"]);
    expect(await of(["corretor1"], 1)).toEqual(["c"]);
    expect(await of([])).toEqual([]);
    expect(await of(["%", "corretor", ""])).toEqual([]);
  });

  it("come back as they were kept, with a growing number", async () => {
    const first = await state.uploads.create(upload("a"));
    const second = await state.uploads.create(upload("b"));
    expect(second.seq).toBeGreaterThan(first.seq);
    expect(first).toEqual({ ...upload("a"), seq: first.seq });
    await state.uploads.update("a", { kind: "b3_trades", clientId: "cliente123", status: "failed" });
    expect(await state.uploads.find("a")).toEqual({
      ...first,
      kind: "b3_trades",
      clientId: "cliente123",
      status: "failed",
    });
    expect(await state.uploads.find("none")).toBeNull();
    expect((await state.uploads.list(1)).map(({ id }) => id)).toEqual(["b"]);
  });

  it("count once they are active, oldest first, with their counts", async () => {
    for (const id of ["a", "b", "c"]) await state.uploads.create(upload(id));
    await state.uploads.activate("c", READY);
    await state.uploads.activate("a", { ...READY, counts: null });
    expect((await state.uploads.active()).map(({ id, counts }) => [id, counts])).toEqual([
      ["a", null],
      ["c", COUNTS],
    ]);
  });

  it("clear a field with null and leave alone what is not named", async () => {
    await state.uploads.create(upload("a"));
    await state.uploads.activate("a", READY);
    await state.uploads.update("a", { silverKey: null });
    expect(await state.uploads.find("a")).toMatchObject({
      silverKey: null,
      counts: COUNTS,
      status: "active",
    });
  });

  it("refuse a change to what is not there", async () => {
    await expect(state.uploads.update("none", { status: "failed" })).rejects.toMatchObject({
      code: "missing",
    });
    await expect(state.uploads.activate("none", READY)).rejects.toMatchObject({ code: "missing" });
  });
});

describe("replacing", () => {
  it("takes the old one back in the same step", async () => {
    await state.uploads.create(upload("old"));
    await state.uploads.activate("old", READY);
    await state.uploads.create(upload("new", "old"));
    await state.uploads.activate("new", READY);
    expect(await statuses()).toEqual({ old: "replaced", new: "active" });
    await state.uploads.activate("new", READY);
    expect(await statuses()).toEqual({ old: "replaced", new: "active" });
  });

  it("happens once: the second correction of the same upload changes nothing", async () => {
    await state.uploads.create(upload("old"));
    await state.uploads.activate("old", READY);
    for (const id of ["first", "second"]) await state.uploads.create(upload(id, "old"));
    await state.uploads.activate("first", READY);
    await expect(state.uploads.activate("second", READY)).rejects.toMatchObject({ code: "conflict" });
    expect(await statuses()).toEqual({ old: "replaced", first: "active", second: "received" });
  });

  it("is neither when the replaced one is unknown", async () => {
    await state.uploads.create(upload("new", "none"));
    await expect(state.uploads.activate("new", READY)).rejects.toMatchObject({ code: "missing" });
    expect(await statuses()).toEqual({ new: "received" });
  });

  it("leaves an upload alone whose rows never counted", async () => {
    await state.uploads.create({ ...upload("bad"), status: "not_promoted" });
    await state.uploads.create(upload("good", "bad"));
    await state.uploads.activate("good", READY);
    expect(await statuses()).toEqual({ bad: "not_promoted", good: "active" });
  });
});

describe("undoing", () => {
  it("brings back what the upload had replaced", async () => {
    await state.uploads.create(upload("old"));
    await state.uploads.activate("old", READY);
    await state.uploads.create(upload("new", "old"));
    await state.uploads.activate("new", READY);
    expect(await state.uploads.undo("new")).toBe(true);
    expect(await statuses()).toEqual({ old: "active", new: "undone" });
    expect(await state.uploads.undo("new")).toBe(false);
    expect(await state.uploads.undo("old")).toBe(true);
    expect(await statuses()).toEqual({ old: "undone", new: "undone" });
  });

  it("is only of what counts", async () => {
    await state.uploads.create(upload("a"));
    expect(await state.uploads.undo("a")).toBe(false);
    expect(await state.uploads.undo("none")).toBe(false);
  });
});
