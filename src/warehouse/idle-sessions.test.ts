import { describe, expect, it } from "vitest";
import { IdleSessions } from "./idle-sessions.ts";

const KEPT_MS = 60_000;

describe("idle sessions", () => {
  it("hand out the one that was used last, each to one user", () => {
    const sessions = new IdleSessions(KEPT_MS);
    sessions.give("a");
    sessions.give("b");
    expect([sessions.take(), sessions.take(), sessions.take()]).toEqual(["b", "a", null]);
  });

  it("forget those that the service ends at about this time", () => {
    let now = 0;
    const sessions = new IdleSessions(KEPT_MS, () => now);
    sessions.give("old");
    now = 30_000;
    sessions.give("new");
    now = 56_000;
    expect([sessions.take(), sessions.take()]).toEqual(["new", null]);
  });

  it("keep a bounded number", () => {
    const sessions = new IdleSessions(KEPT_MS);
    for (let count = 0; count < 100; count += 1) sessions.give(`${count}`);
    let kept = 0;
    while (sessions.take() !== null) kept += 1;
    expect(kept).toBe(16);
  });
});
