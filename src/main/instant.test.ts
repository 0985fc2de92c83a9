import { describe, expect, it } from "vitest";
import { readInstant } from "./instant.ts";

describe("readInstant", () => {
  it.each([
    ["2026-11-20", "2026-11-21T02:59:59.000Z"],
    ["2026-11-20T15:30:00-03:00", "2026-11-20T18:30:00.000Z"],
    ["2026-11-20T15:30", "2026-11-20T18:30:00.000Z"],
    ["2026-11-20T15:30:00Z", "2026-11-20T15:30:00.000Z"],
    [" 2024-02-29 ", "2024-03-01T02:59:59.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(readInstant(text)?.toISOString()).toBe(instant);
  });

  it.each([
    "",
    "hoje",
    "20/11/2026",
    "2026-02-29",
    "2026-11-20T24:00",
    "2026-11-20T10:00+99:00",
    "2026-02-30T10:00",
  ])("%j is none", (text) => {
    expect(readInstant(text)).toBeNull();
  });
});
