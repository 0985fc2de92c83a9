import type { IsoDay } from "../../../money/day.ts";
import type { FoundDividend, FoundSplit } from "../source.ts";
import { type DayReader, readSeconds } from "./market-day.ts";
import { readPositive } from "./number.ts";

type Told = Readonly<Record<string, unknown>>;

/** Splits by day, oldest first. A ratio such as 1.05:1 becomes 21:20. What is no ratio of positive numbers is left out. */
export function readSplits(events: readonly Told[], dayOf: DayReader): FoundSplit[] {
  return events.flatMap((event) => {
    const day = readDay(event, dayOf);
    const newer = readPositive(event["numerator"]);
    const older = readPositive(event["denominator"]);
    if (day === null || newer === null || older === null) return [];
    const scale = Math.max(newer.scale, older.scale);
    return [{ day, ...reduced(newer.unitsAt(scale), older.unitsAt(scale)) }];
  });
}

/** Payments a unit by their ex day, oldest first, in the currency of the chart. */
export function readDividends(events: readonly Told[], dayOf: DayReader): FoundDividend[] {
  return events.flatMap((event) => {
    const day = readDay(event, dayOf);
    const amount = readPositive(event["amount"]);
    return day === null || amount === null ? [] : [{ day, amount }];
  });
}

function readDay(event: Told, dayOf: DayReader): IsoDay | null {
  const seconds = readSeconds(event["date"]);
  return seconds === null ? null : dayOf(seconds);
}

function reduced(newUnits: bigint, oldUnits: bigint): { newUnits: bigint; oldUnits: bigint } {
  let [divisor, rest] = [newUnits, oldUnits];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return { newUnits: newUnits / divisor, oldUnits: oldUnits / divisor };
}
