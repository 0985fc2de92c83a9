import { isZone } from "./wall-clock.ts";

/** When something is sent: at which times of which days. */

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Times by B3's session, whatever the zone; they have no slot on a day without one. */
const PRESETS = ["before_open", "after_close"] as const;
export type Preset = (typeof PRESETS)[number];

/** `HH:MM`, 24 hours. */
export type WallTime = string;

export interface Schedule {
  /** IANA name; what clocks there show is what `HH:MM` and weekdays mean. */
  readonly zone: string;
  /** The days on which B3 holds a session, or days of the week (at least one, in the order of WEEKDAYS). */
  readonly days: "sessions" | readonly Weekday[];
  /** At least one, none twice; the presets first, then by the clock. */
  readonly times: readonly (Preset | WallTime)[];
}

export const DEFAULT_ZONE = "America/Sao_Paulo";
/** More would be no digest any more. */
export const TIMES_MAX = 6;

const WALL_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export function isWallTime(text: string): boolean {
  return WALL_TIME.test(text);
}

export function isPreset(text: string): text is Preset {
  return PRESETS.some((preset) => preset === text);
}

/** A schedule in its one form: nothing twice, in order. Null where there is no day, no time, or too many of them. */
export function scheduleOf(parts: {
  readonly zone: string;
  readonly days: "sessions" | readonly string[];
  readonly times: readonly string[];
}): Schedule | null {
  const { zone, days } = parts;
  if (!isZone(zone)) return null;
  const times = [
    ...PRESETS.filter((preset) => parts.times.includes(preset)),
    ...[...new Set(parts.times)].filter((time) => !isPreset(time)).sort(),
  ];
  if (times.length === 0 || times.length > TIMES_MAX) return null;
  if (!times.every((time) => isPreset(time) || isWallTime(time))) return null;
  if (days === "sessions") return { zone, days, times };
  const weekdays = WEEKDAYS.filter((day) => days.includes(day));
  const known = days.every((day) => WEEKDAYS.some((one) => one === day));
  return known && weekdays.length > 0 ? { zone, days: weekdays, times } : null;
}

/** A schedule as it was kept; null for anything else. */
export function readSchedule(value: unknown): Schedule | null {
  if (typeof value !== "object" || value === null) return null;
  const { zone, days, times } = value as Readonly<Record<string, unknown>>;
  if (typeof zone !== "string" || !isTexts(times)) return null;
  return days === "sessions" || isTexts(days) ? scheduleOf({ zone, days, times }) : null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
