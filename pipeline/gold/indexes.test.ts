import { expect, it } from "vitest";
import { nextBankDay } from "../../src/market/calendar.ts";
import { addMonths } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { accumulate } from "./indexes.ts";

const point = (day: string, value: string): { day: string; value: Decimal } => ({
  day,
  value: Decimal.parse(value),
});

it("lets the CDI of a day accrue to the next bank day (docs/money.md, rule 11)", () => {
  const levels = accumulate([point("2025-12-30", "0.055131"), point("2025-12-31", "0.055131")], nextBankDay);
  // 1 on the first day; 1.00055131 on the next; squared on 2 January, the bank day after New Year.
  expect(levels.map((level) => [level.day, level.levelE12])).toEqual([
    ["2025-12-30", 1_000_000_000_000n],
    ["2025-12-31", 1_000_551_310_000n],
    ["2026-01-02", 1_001_102_923_943n],
  ]);
});

it("holds whole months of IPCA, also negative ones", () => {
  const levels = accumulate([point("2020-04-01", "-0.31"), point("2020-05-01", "-0.38")], (day) =>
    addMonths(day, 1),
  );
  // 0.9969 x 0.9962 = 0.99311178.
  expect(levels.at(-1)).toMatchObject({ day: "2020-06-01", value: null, levelE12: 993_111_780_000n });
});
