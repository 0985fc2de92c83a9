import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type State } from "./index.ts";

let folder: string;
let file: string;
let state: State;
let nowMs: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-"));
  file = join(folder, "state.db");
  nowMs = Date.parse("2026-11-23T12:00:00Z");
  state = await openState(file, () => new Date(nowMs));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

describe("opening", () => {
  it("keeps what was written when it is opened again", async () => {
    await state.talks.set("corretor1", { client: "cliente123" });
    const again = await openState(file, () => new Date(nowMs));
    expect(await again.talks.get("corretor1")).toEqual({ client: "cliente123" });
    await again.close();
  });

  it("refuses a state that a later version wrote", async () => {
    const raw = new DatabaseSync(file);
    raw.exec("update meta set value = '999' where key = 'schema_version'");
    raw.close();
    await expect(openState(file)).rejects.toMatchObject({ code: "newer" });
  });

  it("refuses a file that is no database, and a folder that is not there", async () => {
    const text = join(folder, "text.db");
    await writeFile(text, "cliente;nome;corretor\n".repeat(100));
    await expect(openState(text)).rejects.toMatchObject({ code: "unreadable" });
    await expect(openState(join(folder, "none", "state.db"))).rejects.toMatchObject({ code: "unreadable" });
  });

  it("says nothing is wrong with a sound file", async () => {
    expect(await state.problems()).toEqual([]);
  });
});

describe("events", () => {
  it("are claimed once", async () => {
    expect(await state.events.claim("a")).toBe(true);
    expect(await state.events.claim("a")).toBe(false);
    expect(await state.events.claim("b")).toBe(true);
  });

  it("are forgotten after a week, not before", async () => {
    await state.events.claim("a");
    nowMs += 6 * 86_400_000;
    expect(await state.events.claim("a")).toBe(false);
    nowMs += 2 * 86_400_000;
    expect(await state.events.claim("a")).toBe(true);
  });
});

describe("talks", () => {
  it("are taken out once, by one of two, and only while they are recent", async () => {
    const again = await openState(file, () => new Date(nowMs));
    await state.talks.set("x", { client: "1" });
    const taken = await Promise.all([state.talks.take("x"), again.talks.take("x")]);
    expect(taken.filter((value) => value !== null)).toEqual([{ client: "1" }]);
    expect(await state.talks.get("x")).toBeNull();
    await state.talks.set("x", { client: "2" });
    nowMs += 13 * 3_600_000;
    expect(await state.talks.take("x")).toBeNull();
    await again.close();
  });

  it("keep the last value of each place, for the day", async () => {
    await state.talks.set("x", { client: "1" });
    await state.talks.set("x", { client: "2" });
    await state.talks.set("y", null);
    expect(await state.talks.get("x")).toEqual({ client: "2" });
    expect(await state.talks.get("y")).toBeNull();
    expect(await state.talks.get("z")).toBeNull();
    nowMs += 13 * 3_600_000;
    expect(await state.talks.get("x")).toBeNull();
  });
});

describe("audit", () => {
  it("lists the newest first", async () => {
    const entry = {
      who: "corretor1",
      person: null,
      channel: "cli",
      place: "cli:1",
      intent: "portfolio",
      client: "cliente123",
      outcome: "ok",
    };
    await state.audit.record(entry);
    nowMs += 1000;
    await state.audit.record({ ...entry, client: null, intent: "help" });
    expect(await state.audit.latest(10)).toEqual([
      { ...entry, client: null, intent: "help", at: "2026-11-23T12:00:01.000Z" },
      { ...entry, at: "2026-11-23T12:00:00.000Z" },
    ]);
  });
});

describe("leases in one process", () => {
  it("let one in at a time, and the next one in when the first throws", async () => {
    const order: string[] = [];
    const first = state.withLease("pipeline", async () => {
      order.push("first in");
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push("first out");
      throw new Error("broken");
    });
    const caught = first.catch((error: Error) => error.message);
    await state.withLease("other", async () => order.push("other name"));
    const other = await openState(file, () => new Date(nowMs));
    await other.withLease("pipeline", async () => order.push("second in"));
    expect(await caught).toBe("broken");
    expect(order).toEqual(["first in", "other name", "first out", "second in"]);
    await other.close();
  });

  it("are given back by a state that closes in the middle of its work", async () => {
    const dying = await openState(file, () => new Date(nowMs));
    let leave = () => {};
    const work = dying.withLease("pipeline", () => new Promise<void>((resolve) => (leave = resolve)));
    const ended = work.catch((error: Error) => error);
    await expect(state.withLease("pipeline", async () => 1, { waitMs: 0 })).rejects.toMatchObject({
      code: "busy",
    });
    await dying.close();
    expect(await state.withLease("pipeline", async () => "mine", { waitMs: 0 })).toBe("mine");
    leave();
    expect(await ended).toBeInstanceOf(Error);
  });

  it("stay taken past their time-to-live while the work runs", async () => {
    const real = await openState(file);
    const work = real.withLease("long", () => new Promise((resolve) => setTimeout(resolve, 400)), {
      ttlMs: 150,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await openState(file);
    await expect(second.withLease("long", async () => 1, { waitMs: 200 })).rejects.toMatchObject({
      code: "busy",
    });
    await work;
    await second.close();
    await real.close();
  });

  it("tell a holder that was overtaken", async () => {
    const aborted: boolean[] = [];
    const work = state.withLease(
      "pipeline",
      async (signal) => {
        nowMs += 60_000;
        const other = await openState(file, () => new Date(nowMs));
        await other.withLease("pipeline", async () => {
          await new Promise((resolve) => setTimeout(resolve, 120));
          aborted.push(signal.aborted);
        });
        await other.close();
      },
      { ttlMs: 90 },
    );
    await expect(work).rejects.toMatchObject({ code: "lost" });
    expect(aborted).toEqual([true]);
  });
});
