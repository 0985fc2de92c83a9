import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayNumber, dayOf, weekday } from "../money/day.ts";
import {
  bankDaysBetween,
  CalendarError,
  isBankDay,
  isLateOpen,
  isSession,
  nextBankDay,
  nextSession,
  previousSession,
  sessionOnOrAfter,
  sessionOnOrBefore,
  sessionsBetween,
} from "./calendar.ts";
import { easterSunday } from "./holidays.ts";

describe("easterSunday", () => {
  // The early, late and leap-year cases of the tables of the US Naval Observatory.
  it.each(["2000-04-23", "2005-03-27", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2027-03-28"])(
    "%s",
    (easter) => expect(easterSunday(Number(easter.slice(0, 4)))).toBe(easter),
  );
});

describe("sessions of B3", () => {
  it.each([
    ["2024-02-12", "Carnival's Monday"],
    ["2024-02-13", "Carnival's Tuesday"],
    ["2024-03-29", "Good Friday"],
    ["2024-05-30", "Corpus Christi"],
    ["2024-11-20", "Consciência Negra, national since 2024"],
    ["2024-12-24", "Christmas Eve"],
    ["2024-12-31", "last business day of the year"],
    ["2022-12-30", "last business day, the 31st being a Saturday"],
    ["2023-12-29", "last business day, the 31st being a Sunday"],
    ["2021-01-25", "anniversary of São Paulo, still kept"],
    ["2021-07-09", "Constitutionalist Revolution, still kept"],
    ["2019-11-20", "Consciência Negra of the city"],
    ["2014-06-12", "opening of the World Cup"],
    ["2026-11-22", "a Sunday"],
  ])("has none on %s, %s", (day) => expect(isSession(day)).toBe(false));

  it.each([
    ["2024-02-14", "Ash Wednesday opens late, but opens"],
    ["2022-01-25", "city holidays are no longer kept"],
    ["2022-07-08", "an ordinary Friday"],
    ["2020-07-09", "moved into May by the city"],
    ["2020-11-20", "moved into May by the city"],
    ["2023-11-20", "not yet national"],
    ["2003-11-20", "not yet kept by the city"],
    ["2022-12-29", "the day before the last business day"],
    ["2026-11-23", "an ordinary Monday"],
  ])("has one on %s, %s", (day) => expect(isSession(day)).toBe(true));

  it("opens late on Ash Wednesday and on no other day", () => {
    expect(sessionsBetween("2023-01-01", "2024-12-31").filter(isLateOpen)).toEqual([
      "2023-02-22",
      "2024-02-14",
    ]);
    expect(isLateOpen("2024-02-13")).toBe(false);
  });

  it("counts as many sessions as B3 held", () => {
    expect(sessionsBetween("2023-01-01", "2023-12-31")).toHaveLength(248);
    expect(sessionsBetween("2024-01-01", "2024-12-31")).toHaveLength(251);
  });
});

describe("bank days", () => {
  it("work on 24 December and on the last business day of the year", () => {
    expect(["2024-12-24", "2024-12-31", "2023-12-29", "2014-06-12"].map(isBankDay)).toEqual(
      Array(4).fill(true),
    );
  });

  it("never followed the city's holidays", () => {
    expect(["2019-01-25", "2019-07-09", "2019-11-20"].map(isBankDay)).toEqual([true, true, true]);
  });

  it("from is included, to is not", () => {
    expect(bankDaysBetween("2024-12-23", "2024-12-27")).toEqual(["2024-12-23", "2024-12-24", "2024-12-26"]);
    expect(bankDaysBetween("2024-12-23", "2024-12-23")).toEqual([]);
  });

  it("skips to the next one", () => {
    expect(nextBankDay("2024-12-24")).toBe("2024-12-26");
    expect(nextBankDay("2024-03-28")).toBe("2024-04-01");
  });
});

describe("steps", () => {
  it("cross carnival and the year's end", () => {
    expect(previousSession("2024-02-14")).toBe("2024-02-09");
    expect(nextSession("2024-02-09")).toBe("2024-02-14");
    expect(previousSession("2025-01-02")).toBe("2024-12-30");
    expect(sessionOnOrBefore("2024-12-31")).toBe("2024-12-30");
    expect(sessionOnOrAfter("2024-12-31")).toBe("2025-01-02");
    expect(sessionOnOrBefore("2024-12-30")).toBe("2024-12-30");
    expect(sessionOnOrAfter("2024-12-30")).toBe("2024-12-30");
  });

  it("list both ends, and nothing where the ends are crossed", () => {
    expect(sessionsBetween("2024-12-23", "2024-12-26")).toEqual(["2024-12-23", "2024-12-26"]);
    expect(sessionsBetween("2024-12-24", "2024-12-25")).toEqual([]);
    expect(sessionsBetween("2024-12-26", "2024-12-23")).toEqual([]);
  });

  it("agree with one another on any day", () => {
    const days = fc
      .integer({ min: dayNumber("2000-01-20"), max: dayNumber("2027-12-20") })
      .map((number) => dayOf(number));
    fc.assert(
      fc.property(days, (day) => {
        const before = previousSession(day);
        const after = nextSession(day);
        expect(before < day && day < after).toBe(true);
        expect(nextSession(before)).toBe(sessionOnOrAfter(day));
        expect(previousSession(after)).toBe(sessionOnOrBefore(day));
        expect(sessionsBetween(before, after)).toEqual(
          isSession(day) ? [before, day, after] : [before, after],
        );
        if (isSession(day)) expect(isBankDay(day) && weekday(day) >= 1 && weekday(day) <= 5).toBe(true);
      }),
    );
  });
});

describe("a year without a calendar", () => {
  const yearOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      if (error instanceof CalendarError && error.code === "year_missing") return error.year;
      throw error;
    }
    return "none";
  };

  it("is named by the error, never guessed", () => {
    expect(yearOf(() => isSession("1999-12-31"))).toBe("1999");
    expect(yearOf(() => isBankDay("2028-01-03"))).toBe("2028");
    expect(yearOf(() => sessionsBetween("2027-01-01", "2029-01-01"))).toBe("2029");
    expect(yearOf(() => previousSession("2000-01-01"))).toBe("1999");
    expect(yearOf(() => nextSession("2027-12-31"))).toBe("2028");
  });

  it("is not needed to reach its first day from inside", () => {
    expect(bankDaysBetween("2027-12-30", addDays("2027-12-31", 1))).toEqual(["2027-12-30", "2027-12-31"]);
  });
});
