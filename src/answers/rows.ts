import { Decimal } from "../money/decimal.ts";
import type { Row } from "../warehouse/warehouse.ts";

/** Reading a row's cells by name and type. A cell of another type is a mistake in a query: TypeError. */

function wrong(name: string, wanted: string): never {
  throw new TypeError(`column ${name} is not ${wanted}`);
}

export function textOrNull(row: Row, name: string): string | null {
  const cell = row[name];
  if (cell === null) return null;
  return typeof cell === "string" ? cell : wrong(name, "a text");
}

export function text(row: Row, name: string): string {
  return textOrNull(row, name) ?? wrong(name, "a text");
}

export function decimalOrNull(row: Row, name: string): Decimal | null {
  const cell = row[name];
  if (cell === null) return null;
  return cell instanceof Decimal ? cell : wrong(name, "a decimal");
}

export function decimal(row: Row, name: string): Decimal {
  return decimalOrNull(row, name) ?? wrong(name, "a decimal");
}

export function countOrNull(row: Row, name: string): number | null {
  const cell = row[name];
  if (cell === null) return null;
  return typeof cell === "number" ? cell : wrong(name, "a count");
}

export function count(row: Row, name: string): number {
  return countOrNull(row, name) ?? wrong(name, "a count");
}

export function flag(row: Row, name: string): boolean {
  const cell = row[name];
  return typeof cell === "boolean" ? cell : wrong(name, "a flag");
}
