import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AlertFiring, openState, type State } from "./index.ts";

const AT = "2026-11-23T12:00:00.000Z";
let folder: string;
let state: State;
let other: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "alert-state-"));
  const open = () => openState(join(folder, "state.db"), () => new Date(AT));
  state = await open();
  other = await open();
});

afterEach(async () => {
  await state.close();
  await other.close();
  await rm(folder, { recursive: true });
});

const rule = (owner: string) => ({ owner, definition: { kind: "stale" }, language: "pt" as const });

async function ruleId(): Promise<string> {
  const added = await state.alertRules.add(rule("b1"), 10);
  if (added === null) throw new Error("there is room");
  return added.id;
}

const firing = (ruleId: string, id: string): AlertFiring => ({
  id,
  ruleId,
  owner: "b1",
  subject: "PETR4",
  firedAt: AT,
  urgent: false,
  payload: { asset: "PETR4" },
});

describe("rules", () => {
  it("are numbered by owner, by several at once too, and no number is given twice", async () => {
    const added = await Promise.all([1, 2, 3, 4].map(() => state.alertRules.add(rule("b1"), 10)));
    expect(added.map((one) => one?.number).sort()).toEqual([1, 2, 3, 4]);
    expect(await state.alertRules.remove("b1", 4)).toBe(true);
    expect(await state.alertRules.remove("b1", 4)).toBe(false);
    expect((await state.alertRules.add(rule("b1"), 10))?.number).toBe(5);
    expect((await state.alertRules.add(rule("b2"), 10))?.number).toBe(1);
    expect(await state.alertRules.add(rule("b1"), 4)).toBeNull();
    expect((await state.alertRules.list()).map(({ owner, number }) => `${owner} ${number}`)).toEqual([
      "b1 1",
      "b1 2",
      "b1 3",
      "b1 5",
      "b2 1",
    ]);
  });

  it("are snoozed and have quiet hours, each owner's own", async () => {
    await state.alertRules.add(rule("b1"), 10);
    expect(await state.alertRules.snooze("b2", 1, AT)).toBe(false);
    expect(await state.alertRules.snooze("b1", 1, AT)).toBe(true);
    expect(await state.alertRules.list("b1")).toMatchObject([
      { snoozedUntil: AT, definition: { kind: "stale" } },
    ]);
    await state.alertRules.setQuietHours("b1", { from: "20:00", to: "07:00" });
    expect(await other.alertRules.quietHours("b1")).toEqual({ from: "20:00", to: "07:00" });
    await state.alertRules.setQuietHours("b1", null);
    expect(await state.alertRules.quietHours("b1")).toBeNull();
    expect(await state.alertRules.quietHours("b2")).toBeNull();
  });
});

describe("steps", () => {
  it("from the same version are taken once, with their firing", async () => {
    const id = await ruleId();
    const change = (name: string, before: number | null) => ({
      ruleId: id,
      subject: "PETR4",
      before,
      value: { by: name },
      firing: firing(id, name),
    });
    const begun = await Promise.all([
      state.alerts.advance([change("a", null)]),
      state.alerts.advance([change("b", null)]),
    ]);
    expect(begun.sort()).toEqual([0, 1]);
    const next = await Promise.all([
      state.alerts.advance([change("c", 1)]),
      state.alerts.advance([change("d", 1)]),
    ]);
    expect(next.sort()).toEqual([0, 1]);
    expect(await state.alerts.states()).toMatchObject([{ ruleId: id, subject: "PETR4", version: 2 }]);
    // A step from a version that is gone, on a connection of another service.
    expect(await other.alerts.advance([change("e", 1)])).toBe(0);
    expect(await state.alerts.open()).toHaveLength(2);
    await state.alertRules.remove("b1", 1);
    expect(await state.alerts.states()).toEqual([]);
  });
});

describe("notices", () => {
  it("claim their firings all or none, and are handed on once", async () => {
    const id = await ruleId();
    const steps = ["a", "b"].map((name) => ({
      ruleId: id,
      subject: name,
      before: null,
      value: {},
      firing: { ...firing(id, name), subject: name },
    }));
    expect(await state.alerts.advance(steps)).toBe(2);
    const notice = (name: string) => ({
      id: name,
      owner: "b1",
      urgent: false,
      payload: { firings: [] },
      createdAt: AT,
    });
    expect(await state.alerts.claim(notice("n1"), ["a"])).toBe(true);
    expect(await other.alerts.claim(notice("n2"), ["a", "b"])).toBe(false);
    expect((await state.alerts.open()).map((one) => one.id)).toEqual(["b"]);
    await state.alerts.drop(["a", "b"], "rule_deleted");
    expect(await state.alerts.open()).toEqual([]);
    expect((await other.alerts.waiting()).map((one) => one.id)).toEqual(["n1"]);
    await state.alerts.handed("n1");
    expect(await state.alerts.waiting()).toEqual([]);
    expect(await state.alerts.countSince("2026-11-23T11:00:00.000Z")).toEqual(new Map([["b1", 1]]));
    expect(await state.alerts.countSince(AT)).toEqual(new Map());
    await state.alerts.prune("2026-11-24T00:00:00.000Z");
    expect(await state.alerts.find(["a", "b"])).toEqual([]);
  });
});
