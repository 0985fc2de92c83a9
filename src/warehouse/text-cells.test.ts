import { describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { textCell } from "./text-cells.ts";

describe("cells that services write as texts", () => {
  it.each([
    ["varchar", "", ""],
    ["varchar", "NULL", "NULL"],
    ["bigint", "-12", -12],
    ["int8", "9223372036854775807", 9_223_372_036_854_775_807n],
    [
      "decimal",
      "123456789012345678901234567890.12345678",
      new Decimal(12345678901234567890123456789012345678n, 8),
    ],
    ["numeric", "-0.00000001", new Decimal(-1n, 8)],
    ["date", "2024-02-29", "2024-02-29"],
    ["timestamp", "2026-11-20 17:05:00.000", "2026-11-20T17:05:00Z"],
    ["timestamp", "2026-11-20 17:05:00", "2026-11-20T17:05:00Z"],
    ["timestamp", "2026-11-20 17:05:00.123999", "2026-11-20T17:05:00.123Z"],
    ["timestamp", "2026-11-20 17:05:00.5", "2026-11-20T17:05:00.500Z"],
    ["boolean", "true", true],
    ["bool", "false", false],
  ])("reads the %s %s", (type, text, cell) => {
    expect(textCell(type, text)).toEqual(cell);
  });

  it.each([
    ["decimal", "1e5"],
    ["decimal", "NaN"],
    ["bigint", "1.0"],
    ["date", "2026-02-30"],
    ["timestamp", "2026-11-20 17:05:00 America/Sao_Paulo"],
    ["boolean", "TRUE"],
    ["double", "1.5"],
  ])("refuses the %s %s without telling it", (type, text) => {
    expect(() => textCell(type, text)).toThrow(expect.objectContaining({ code: "failed" }));
    expect(() => textCell(type, text)).not.toThrow(text);
  });
});
