import {
  BIGINT,
  DATE,
  DECIMAL,
  DuckDBDateValue,
  type DuckDBTimestampValue,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { nextBankDay } from "../../src/market/calendar.ts";
import { addMonths, dayNumber } from "../../src/money/day.ts";
import { Decimal, divRound, pow10 } from "../../src/money/decimal.ts";
import type { Engine } from "../engine.ts";
import { readIndexPoints } from "./market-tables.ts";
import { TableWriter } from "./table-writer.ts";

const LEVEL_SCALE = 12;
const ONE = pow10(LEVEL_SCALE);

interface Point {
  readonly day: string;
  /** Percent for CDI and IPCA, level for others. */
  readonly value: Decimal;
}

interface Level {
  readonly day: string;
  readonly value: Decimal | null;
  readonly levelE12: bigint;
}

/**
 * Levels from percentages: the level of a day is the product of (1 + rate) over the points before it, each
 * step rounded to 12 digits. One level follows the last point: where its rate leads to.
 */
export function accumulate(points: readonly Point[], next: (day: string) => string): readonly Level[] {
  const levels: Level[] = [];
  let level = ONE;
  for (const point of points) {
    levels.push({ day: point.day, value: point.value, levelE12: level });
    const growth = 100n * ONE + point.value.unitsAt(LEVEL_SCALE);
    level = divRound(level * growth, 100n * ONE);
  }
  const last = points.at(-1);
  if (last !== undefined) levels.push({ day: next(last.day), value: null, levelE12: level });
  return levels;
}

function levelsOf(index: string, points: readonly Point[]): readonly Level[] {
  if (index === "CDI" || index === "SELIC") return accumulate(points, nextBankDay);
  if (index === "IPCA") return accumulate(points, (day) => addMonths(day, 1));
  return points.map((point) => ({
    day: point.day,
    value: point.value,
    levelE12: point.value.unitsAt(LEVEL_SCALE),
  }));
}

/** Makes `indexes` from the published points (docs/money.md, rule 11). */
export async function makeIndexes(engine: Engine): Promise<void> {
  const rows = await readIndexPoints(engine);
  await engine.run(`create or replace table indexes (index_id varchar, date date, value decimal(18,8), level decimal(24,12),
    source varchar, captured_at timestamp, source_file varchar, row_number bigint)`);
  const types = [VARCHAR, DATE, DECIMAL(18, 8), DECIMAL(24, 12), VARCHAR, TIMESTAMP, VARCHAR, BIGINT];
  const writer = await TableWriter.open(engine.connection, "indexes", types);
  const byIndex = Map.groupBy(rows, (row) => String(row["index_id"]));
  for (const [index, own] of byIndex) {
    const points = own.map((row) => ({
      day: String(row["day"]),
      value: Decimal.parse(String(row["value"])),
    }));
    for (const [place, level] of levelsOf(index, points).entries()) {
      const row = own[Math.min(place, own.length - 1)];
      writer.add([
        index,
        new DuckDBDateValue(dayNumber(level.day)),
        level.value === null ? null : level.value.unitsAt(8),
        level.levelE12,
        String(row?.["source"]),
        row?.["captured_at"] as DuckDBTimestampValue,
        String(row?.["source_file"]),
        row?.["row_number"] as bigint,
      ]);
    }
  }
  writer.close();
}
