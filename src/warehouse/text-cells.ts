import { isIsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { type Cell, WarehouseError } from "./warehouse.ts";

const INSTANT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/;
const NO_MILLIS = "000";

/** What a service calls the types that gold has, and how it writes a value of each down. */
const READERS: Readonly<Record<string, (text: string) => Cell | undefined>> = {
  varchar: (text) => text,
  text: (text) => text,
  bigint: countOf,
  integer: countOf,
  int8: countOf,
  int4: countOf,
  decimal: decimalOf,
  numeric: decimalOf,
  date: (text) => (isIsoDay(text) ? text : undefined),
  timestamp: instantOf,
  boolean: flagOf,
  bool: flagOf,
};

/**
 * A value that a service wrote down as a text, as a cell. Throws WarehouseError for a type that gold does not have, and
 * for a text that is not of its type; the text itself is not told.
 */
export function textCell(type: string, text: string): Cell {
  const read = READERS[type];
  if (read === undefined)
    throw new WarehouseError("failed", `a query returned a ${type}, which gold has no type for`);
  const cell = read(text);
  if (cell === undefined)
    throw new WarehouseError("failed", `a query returned a ${type} that cannot be read`);
  return cell;
}

function countOf(text: string): Cell | undefined {
  if (!/^-?\d{1,19}$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : BigInt(text);
}

function decimalOf(text: string): Cell | undefined {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Decimal.parse(text) : undefined;
}

/** Instants are kept in UTC without a zone; milliseconds are left out where there are none. */
function instantOf(text: string): Cell | undefined {
  const [, day, time, fraction = ""] = INSTANT.exec(text) ?? [];
  if (day === undefined) return undefined;
  const millis = fraction.padEnd(NO_MILLIS.length, "0").slice(0, NO_MILLIS.length);
  return `${day}T${time}${millis === NO_MILLIS ? "" : `.${millis}`}Z`;
}

function flagOf(text: string): Cell | undefined {
  return text === "true" || text === "false" ? text === "true" : undefined;
}
