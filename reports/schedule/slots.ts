import { CalendarError, isSession } from "../../src/market/calendar.ts";
import { type MarketHours, sessionOf } from "../../src/market/hours.ts";
import { addDays, type IsoDay, weekday } from "../../src/money/day.ts";
import { isPreset, type Preset, type Schedule, type WallTime, WEEKDAYS } from "./schedule.ts";
import { shownAt, wallInstant } from "./wall-clock.ts";

/** One moment at which something is to be sent. */
export interface Slot {
  /**
   * Which one it is of its schedule (`2026-11-25 before_open`): the same whatever the settings or the law make of its
   * instant, so that nothing is sent twice when they change.
   */
  readonly id: string;
  readonly at: Date;
  readonly time: Preset | WallTime;
  /** Null: it keeps its worth. Else the instant from which on it has none: before the session is not after its opening. */
  readonly worthUntil: Date | null;
}

/** What turns B3's session into instants. */
export interface SlotRules {
  readonly hours: MarketHours;
  readonly beforeOpenMs: number;
  readonly afterCloseMs: number;
}

/**
 * The slots after an instant and up to another one, that included, in the order of time. Throws CalendarError
 * (`year_missing`) where they need B3's calendar of a year that it does not cover.
 */
export function slotsBetween(
  schedule: Schedule,
  { after, until }: { readonly after: Date; readonly until: Date },
  rules: SlotRules,
): readonly Slot[] {
  // A clock change or a preset may carry a slot over midnight: the days beside are looked at too.
  const last = addDays(shownAt(until, schedule.zone).day, 1);
  const found: Slot[] = [];
  for (let day = addDays(shownAt(after, schedule.zone).day, -1); day <= last; day = addDays(day, 1)) {
    for (const slot of slotsNear(schedule, day, rules, { after, until })) {
      if (after < slot.at && slot.at <= until) found.push(slot);
    }
  }
  return inOrder(found);
}

const LOOK_AHEAD_DAYS = 40;

/**
 * The next slots after an instant, at most `count`; fewer where B3's calendar ends before, or where 40 days hold no more.
 * Throws CalendarError where the calendar covers none of them.
 */
export function nextRuns(schedule: Schedule, count: number, from: Date, rules: SlotRules): readonly Slot[] {
  const found: Slot[] = [];
  const first = addDays(shownAt(from, schedule.zone).day, -1);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS && found.length < count * 2; ahead += 1) {
    try {
      found.push(...slotsOn(schedule, addDays(first, ahead), rules).filter(({ at }) => from < at));
    } catch (error) {
      if (error instanceof CalendarError && found.length > 0) break;
      throw error;
    }
  }
  return inOrder(found).slice(0, count);
}

/** The slots of a day at the edge, where the calendar's end matters only if a slot could lie inside. */
function slotsNear(
  schedule: Schedule,
  day: IsoDay,
  rules: SlotRules,
  { after, until }: { readonly after: Date; readonly until: Date },
): readonly Slot[] {
  const inside = shownAt(after, schedule.zone).day <= day && day <= shownAt(until, schedule.zone).day;
  try {
    return slotsOn(schedule, day, rules);
  } catch (error) {
    if (error instanceof CalendarError && !inside) return [];
    throw error;
  }
}

function slotsOn(schedule: Schedule, day: IsoDay, rules: SlotRules): readonly Slot[] {
  const { days, times, zone } = schedule;
  if (days === "sessions" ? !isSession(day) : !days.some((name) => name === WEEKDAYS[weekday(day)]))
    return [];
  return times.flatMap((time): readonly Slot[] => {
    const id = `${day} ${time}`;
    if (!isPreset(time)) return [{ id, time, at: wallInstant({ day, time, zone }), worthUntil: null }];
    const session = sessionOf(day, rules.hours);
    if (session === null) return [];
    return time === "before_open"
      ? [{ id, time, at: ahead(session.opensAt, -rules.beforeOpenMs), worthUntil: session.opensAt }]
      : [{ id, time, at: ahead(session.closesAt, rules.afterCloseMs), worthUntil: null }];
  });
}

function ahead(instant: Date, byMs: number): Date {
  return new Date(instant.getTime() + byMs);
}

/** By time; of two at the same instant the first is enough. */
function inOrder(slots: readonly Slot[]): readonly Slot[] {
  const sorted = [...slots].sort((one, other) => one.at.getTime() - other.at.getTime());
  return sorted.filter((slot, at) => slot.at.getTime() !== sorted[at - 1]?.at.getTime());
}
