import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  bankDaysBetween,
  isBankDay,
  isLateOpen,
  isSession,
  sessionsBetween,
} from "../src/market/calendar.ts";
import { addDays, type IsoDay, weekday } from "../src/money/day.ts";

/**
 * The calendars against recorded market data: the days on which PETR4 traded and of which there is a CDI rate.
 * The recordings lie outside the project; without them a month that has everything is checked instead.
 */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ?? fileURLToPath(new URL("../../shared/fixtures/market", import.meta.url));

interface Recording {
  readonly sessions: readonly IsoDay[];
  readonly bankDays: readonly IsoDay[];
  readonly holidays: readonly { date: IsoDay; b3Closed: boolean; bankHoliday: boolean }[];
  readonly lateOpens: readonly { date: IsoDay }[];
}

/** December 2025 and the first days of 2026, as B3's and Febraban's calendars have them. */
const REDUCED: Recording = {
  sessions: "2025-12-22 2025-12-23 2025-12-26 2025-12-29 2025-12-30 2026-01-02 2026-01-05".split(" "),
  bankDays: "2025-12-22 2025-12-23 2025-12-24 2025-12-26 2025-12-29 2025-12-30 2025-12-31 2026-01-02".split(
    " ",
  ),
  holidays: [
    { date: "2026-02-16", b3Closed: true, bankHoliday: true },
    { date: "2026-04-03", b3Closed: true, bankHoliday: true },
    { date: "2026-12-24", b3Closed: true, bankHoliday: false },
  ],
  lateOpens: [{ date: "2026-02-18" }],
};

function read(file: string): string {
  return readFileSync(join(fixtures, file), "utf8");
}

function daysOf(file: string): readonly IsoDay[] {
  const lines = read(file).trim().split("\n").slice(1);
  return lines.map((line) => line.slice(0, 10));
}

function recorded(): Recording {
  if (!existsSync(fixtures)) return REDUCED;
  const rates: { data: string }[] = JSON.parse(read("bcb/sgs-12-cdi.json"));
  return {
    sessions: daysOf("prices/PETR4.SA.csv"),
    bankDays: rates.map(({ data }) => data.split("/").reverse().join("-")),
    ...JSON.parse(read("b3-holidays.json")),
  };
}

const { sessions, bankDays, holidays, lateOpens } = recorded();

function ends(days: readonly IsoDay[]): readonly [IsoDay, IsoDay] {
  return [days[0] ?? "", days.at(-1) ?? ""];
}

describe("the calendars and the recorded market", () => {
  it("the sessions are the days on which shares traded", () => {
    expect(sessions.length).toBeGreaterThan(6);
    expect(sessionsBetween(...ends(sessions))).toEqual(sessions);
  });

  it.runIf(existsSync(fixtures))(
    "every share recorded since 2023 traded on each session, and on no other day",
    () => {
      const files = readdirSync(join(fixtures, "prices")).filter((name) => name.endsWith(".SA.csv"));
      const whole = files
        .map((name) => ({ name, days: daysOf(`prices/${name}`) }))
        .filter(({ days }) => days[0] === "2023-01-02" && days.at(-1) === "2026-07-29");
      expect(whole.length).toBeGreaterThan(20);
      const open = sessionsBetween("2023-01-02", "2026-07-29");
      for (const { name, days } of whole) expect(days, name).toEqual(open);
    },
  );

  it("the bank days are the days that have a CDI rate", () => {
    const [first, last] = ends(bankDays);
    expect(bankDays.length).toBeGreaterThan(6);
    expect(bankDaysBetween(first, addDays(last, 1))).toEqual(bankDays);
  });

  it("the holidays are those of the published calendars", () => {
    const onWeekdays = holidays.filter(({ date }) => weekday(date) !== 0 && weekday(date) !== 6);
    expect(onWeekdays.length).toBeGreaterThan(2);
    expect(onWeekdays.map(({ date }) => [date, !isSession(date), !isBankDay(date)])).toEqual(
      onWeekdays.map(({ date, b3Closed, bankHoliday }) => [date, b3Closed, bankHoliday]),
    );
  });

  it("sessions open late on the days of the published calendars", () => {
    const published = lateOpens.map(({ date }) => date);
    const years = [...new Set(published.map((date) => date.slice(0, 4)))];
    const days = years.flatMap((year) => sessionsBetween(`${year}-01-01`, `${year}-12-31`));
    expect(days.filter(isLateOpen)).toEqual(published);
  });

  it.runIf(existsSync(fixtures))("no weekday of five years differs from the published calendars", () => {
    const closed = new Map(holidays.map((holiday) => [holiday.date, holiday]));
    const weekdays: IsoDay[] = [];
    for (let day = "2023-01-01"; day <= "2027-12-31"; day = addDays(day, 1)) {
      if (weekday(day) !== 0 && weekday(day) !== 6) weekdays.push(day);
    }
    const differing = weekdays.filter(
      (day) =>
        isSession(day) === (closed.get(day)?.b3Closed ?? false) ||
        isBankDay(day) === (closed.get(day)?.bankHoliday ?? false),
    );
    expect(differing).toEqual([]);
  });
});
