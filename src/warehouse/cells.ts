import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { dayOf } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { type Cell, WarehouseError } from "./warehouse.ts";

const MICROS_PER_MS = 1_000n;

/**
 * A value of DuckDB as a cell: decimals stay integers with a scale, days become ISO text, timestamps ISO text in UTC,
 * counts numbers while they are safe. Throws WarehouseError for a type that gold does not have.
 */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (typeof value === "bigint") {
    const count = Number(value);
    return Number.isSafeInteger(count) ? count : value;
  }
  if (value instanceof DuckDBDecimalValue) return new Decimal(value.value, value.scale);
  if (value instanceof DuckDBDateValue) return dayOf(value.days);
  if (value instanceof DuckDBTimestampValue) {
    return new Date(Number(value.micros / MICROS_PER_MS)).toISOString().replace(".000Z", "Z");
  }
  throw new WarehouseError(
    "failed",
    `a query returned a ${value.constructor.name}, which gold has no type for`,
  );
}
