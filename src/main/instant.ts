import { isIsoDay } from "../money/day.ts";

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;
/** Brazil's time since 2019, when summer time ended. */
const BRASILIA = "-03:00";

/**
 * Reads `--at`: a day stands for its end in Brasília; an instant without an offset is Brasília's time.
 * Null when the text is neither.
 *
 * @example readInstant("2026-11-20")?.toISOString() // "2026-11-21T02:59:59.000Z"
 */
export function readInstant(text: string): Date | null {
  const trimmed = text.trim();
  if (isIsoDay(trimmed)) return new Date(`${trimmed}T23:59:59${BRASILIA}`);
  const match = INSTANT.exec(trimmed);
  if (match === null || !isIsoDay(match[1] ?? "")) return null;
  const instant = new Date(match[5] === undefined ? `${trimmed}${BRASILIA}` : trimmed);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A day as 2026-11-20 or 20/11/2026; null when the text is neither. */
export function readDay(text: string): string | null {
  const trimmed = text.trim();
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed) ?? [];
  const iso = year === "" ? trimmed : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isIsoDay(iso) ? iso : null;
}
