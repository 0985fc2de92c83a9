import { describe, expect, it } from "vitest";
import { Decimal } from "../src/money/decimal.ts";
import { middleOf, sessionsOf, toldOf } from "./alert-year.testing.ts";
import { readRecordings, recorded } from "./recorded-closes.testing.ts";

/** A quarter of two recorded shares by the minute; test/bench/alert-year.ts does a year of all of them. */
const CODES = ["PETR4", "MGLU3"];
const FROM = "2026-05-01";
const percent = (whole: number) => Decimal.of(whole);

describe("a quarter of recorded closes, minute by minute", () => {
  it.runIf(recorded).each(CODES)("%s is told of once a day and direction, not at each crossing", (code) => {
    const one = readRecordings().find((recording) => recording.code === code);
    const sessions = sessionsOf(code, one?.closes ?? [], FROM);
    expect(sessions.length).toBeGreaterThan(40);
    const fall = toldOf(
      { kind: "asset_day", urgent: false, asset: code, direction: "down", percent: percent(2) },
      code,
      sessions,
    );
    // Every day that passed the threshold is told of, and twice only where the fall doubled.
    expect(fall.days).toBeGreaterThan(3);
    expect(fall.fired.ours).toBeGreaterThanOrEqual(fall.days);
    expect(fall.fired.ours).toBeLessThan(2 * fall.days);
    expect(fall.fired.band).toBeGreaterThanOrEqual(fall.days);
    expect(fall.fired.crossings).toBeGreaterThan(2 * fall.fired.ours);
    const level = middleOf(sessions);
    const through = toldOf(
      { kind: "asset_level", urgent: false, asset: code, direction: "up", level },
      code,
      sessions,
    );
    expect(through.fired.ours).toBeGreaterThan(0);
    expect(through.fired.crossings).toBeGreaterThan(5 * through.fired.ours);
  });
});
