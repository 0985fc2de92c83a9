import {
  CALENDAR_YEARS,
  CalendarError,
  calendarReach,
  isBankDay,
  isLateOpen,
  restDays,
  sessionOnOrBefore,
  sessionsBetween,
} from "../../market/calendar.ts";
import { clockAt } from "../../market/clock.ts";
import { type MarketHours, nextSessionAt, type Session, sessionOf } from "../../market/hours.ts";
import { addDays, type IsoDay } from "../../money/day.ts";
import { readArguments } from "../arguments.ts";
import { lineOf } from "../checks/check.ts";
import { checkCalendar } from "../checks/machine.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = { year: { type: "string" }, json: { type: "boolean" } } as const;

/** Shows the calendars of B3 and of the banks, and ends with 1 where they do not cover today. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, config, io } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const now = io.now();
  const { day } = clockAt(now, "America/Sao_Paulo");
  const year = yearOf(values.year, words) ?? Number(day.slice(0, 4));
  const reach = calendarReach(day);
  const today = reach === "ended" ? null : describeToday(now, config.b3Hours);
  const shown = year > CALENDAR_YEARS.last ? null : describeYear(year, config.b3Hours);
  if (values.json === true) {
    terminal.json({ calendar: { through: CALENDAR_YEARS.last, status: reach }, today, year: shown });
  } else {
    terminal.print(lineOf(checkCalendar(now, words)));
    for (const line of [...linesOfToday(today, words), ...linesOfYear(shown, words)]) terminal.print(line);
  }
  return reach === "ended" ? EXIT.badInput : EXIT.answered;
}

function yearOf(text: string | undefined, words: Words): number | null {
  if (text === undefined) return null;
  const { first, last } = CALENDAR_YEARS;
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year >= first && year <= last) return year;
  throw new Refusal(EXIT.badUsage, words.optionNotAllowed("--year", text, `${first} … ${last}`));
}

interface Today {
  readonly day: IsoDay;
  readonly session: boolean;
  readonly bankDay: boolean;
  readonly lateOpen: boolean;
  /** Whether B3 is in session at this instant. */
  readonly open: boolean;
  /** Today's session; null where there is none. */
  readonly hours: Omit<Session, "day"> | null;
  /** Null where the calendar ends before it. */
  readonly nextSession: Session | null;
  /** The last session that has ended. */
  readonly lastSession: IsoDay;
}

function describeToday(now: Date, hours: MarketHours): Today {
  const { day } = clockAt(now, "America/Sao_Paulo");
  const session = sessionOf(day, hours);
  const ended = session !== null && now >= session.closesAt;
  return {
    day,
    session: session !== null,
    bankDay: isBankDay(day),
    lateOpen: isLateOpen(day),
    open: session !== null && now >= session.opensAt && !ended,
    hours: session && { opensAt: session.opensAt, closesAt: session.closesAt },
    nextSession: nextOrNull(now, hours),
    lastSession: sessionOnOrBefore(ended ? day : addDays(day, -1)),
  };
}

/** The calendar may end before the next session does. */
function nextOrNull(now: Date, hours: MarketHours): Session | null {
  try {
    return nextSessionAt(now, hours);
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

interface Year {
  readonly year: number;
  readonly sessions: number;
  readonly daysWithoutSession: readonly { readonly day: IsoDay; readonly bankDay: boolean }[];
  readonly lateOpens: readonly { readonly day: IsoDay; readonly opens: string }[];
}

function describeYear(year: number, hours: MarketHours): Year {
  const sessions = sessionsBetween(`${year}-01-01`, `${year}-12-31`);
  return {
    year,
    sessions: sessions.length,
    daysWithoutSession: restDays(year).map((day) => ({ day, bankDay: isBankDay(day) })),
    lateOpens: sessions.filter(isLateOpen).map((day) => ({ day, opens: hours.lateOpen })),
  };
}

function linesOfToday(today: Today | null, { calendar: words }: Words): readonly string[] {
  if (today === null) return [];
  const { day, session, bankDay, lateOpen, open, hours, nextSession, lastSession } = today;
  const late = lateOpen && hours !== null ? `, ${words.late(clock(hours.opensAt))}` : "";
  return [
    `${words.today(day, session, bankDay)}${late}`,
    open && hours !== null ? words.open(clock(hours.opensAt), clock(hours.closesAt)) : words.closed,
    nextSession === null
      ? words.nextUnknown(String(CALENDAR_YEARS.last + 1))
      : words.next(nextSession.day, clock(nextSession.opensAt), clock(nextSession.closesAt)),
    words.last(lastSession),
  ];
}

function linesOfYear(year: Year | null, { calendar: words }: Words): readonly string[] {
  if (year === null) return [];
  return [
    "",
    words.rest(year.year, year.daysWithoutSession.length),
    ...year.daysWithoutSession.map(({ day, bankDay }) => `  ${words.restDay(day, bankDay)}`),
    ...year.lateOpens.map(({ day, opens }) => `  ${words.lateDay(day, opens)}`),
  ];
}

/** `10:00`, by the clocks of São Paulo. */
function clock(instant: Date): string {
  return clockAt(instant, "America/Sao_Paulo").time.slice(0, 5);
}
