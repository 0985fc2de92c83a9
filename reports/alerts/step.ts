import type { IsoDay } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";

/**
 * When a rule fires: above its limit; and again only after it has come down to `clear`, which lies below, so that a value
 * that swings about the limit is told once. A move of the day is told once a day, and once more each time it doubles.
 */

/** How a rule's subject stands, as the state keeps it. */
export interface Standing {
  /** Above the limit, or not yet down to `clear` again. */
  readonly active: boolean;
  /** Session of a move of the day; null for what lasts. */
  readonly day: IsoDay | null;
  /** What was measured when it last fired. */
  readonly firedAt: Decimal;
  /** When it came above the limit: ISO instant, UTC. */
  readonly since: string;
}

/** What a rule sees of one subject. `measure` grows in the direction of the rule; null is not known, and changes nothing. */
export interface Seen {
  readonly measure: Decimal | null;
  readonly limit: Decimal;
  readonly clear: Decimal;
  /** `day`: once a session. `episode`: once until cleared. `ever`: once. */
  readonly once: "day" | "episode" | "ever";
  readonly day: IsoDay | null;
}

export interface Step {
  readonly standing: Standing;
  readonly fires: boolean;
  /** The move has doubled since it was told before. */
  readonly doubled: boolean;
}

const TWO = Decimal.of(2);

/** Null where nothing changes. */
export function step(before: Standing | null, seen: Seen, now: string): Step | null {
  const { measure, limit, clear, once, day } = seen;
  if (measure === null) return null;
  const beyond = measure.compare(limit) > 0;
  const known = before !== null && (once !== "day" || before.day === day) ? before : null;
  const begin = { active: true, day, firedAt: measure, since: now };
  if (known === null) return beyond ? { standing: begin, fires: true, doubled: false } : null;
  if (once === "ever") return null;
  const doubled = once === "day" && beyond && measure.compare(known.firedAt.times(TWO)) >= 0;
  if (doubled) {
    const since = known.active ? known.since : now;
    return { standing: { ...begin, since }, fires: true, doubled: true };
  }
  if (known.active) {
    return measure.compare(clear) <= 0
      ? { standing: { ...known, active: false }, fires: false, doubled: false }
      : null;
  }
  if (!beyond) return null;
  return once === "episode"
    ? { standing: begin, fires: true, doubled: false }
    : { standing: { ...known, active: true, since: now }, fires: false, doubled: false };
}

/** What nothing is seen of any more where all that stands out is: it is over. */
export function over(before: Standing): Step | null {
  return before.active ? { standing: { ...before, active: false }, fires: false, doubled: false } : null;
}

/** Reads a standing as JSON wrote it; null for anything else. */
export function standingOf(stored: unknown): Standing | null {
  if (typeof stored !== "object" || stored === null) return null;
  const said = new Map<string, unknown>(Object.entries(stored));
  const [active, day, firedAt, since] = ["active", "day", "firedAt", "since"].map((name) => said.get(name));
  if (typeof active !== "boolean" || typeof firedAt !== "string" || typeof since !== "string") return null;
  return { active, day: typeof day === "string" ? day : null, firedAt: Decimal.parse(firedAt), since };
}
