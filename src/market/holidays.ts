import { addDays, type IsoDay, weekday } from "../money/day.ts";

/**
 * The days on which B3 or the banks rest, as rules. Sources: B3's own yearly calendars, laws 662/1949,
 * 6.802/1980, 9.093/1995 and 14.759/2023, and CMN resolution 4.880/2020 for the banks.
 * Weekends are no business of this file: a holiday may fall on one.
 */

interface FixedHoliday {
  /** `MM-DD`. */
  readonly date: string;
  readonly from?: number;
  readonly to?: number;
  /** Years inside from … to in which it was not kept. */
  readonly except?: readonly number[];
}

const CONSCIENCIA_NEGRA_NATIONAL_SINCE = 2024;

/** National holidays: neither B3 nor the banks work. */
const NATIONAL: readonly FixedHoliday[] = [
  { date: "01-01" },
  { date: "04-21" },
  { date: "05-01" },
  { date: "09-07" },
  { date: "10-12" },
  { date: "11-02" },
  { date: "11-15" },
  { date: "11-20", from: CONSCIENCIA_NEGRA_NATIONAL_SINCE },
  { date: "12-25" },
];

/**
 * Days on which only B3 rests: those of the city and state of São Paulo until it ceased to keep them in 2022
 * (in 2020 the city moved two of them into May, and B3 traded throughout), Christmas Eve, and
 * the opening day of the World Cup in São Paulo in 2014.
 */
const B3_ONLY: readonly FixedHoliday[] = [
  { date: "01-25", to: 2021 },
  { date: "07-09", to: 2021, except: [2020] },
  { date: "11-20", from: 2004, to: 2019 },
  { date: "06-12", from: 2014, to: 2014 },
  { date: "12-24" },
];

/** Carnival's Monday and Tuesday, Good Friday and Corpus Christi, in days from Easter Sunday. */
const FROM_EASTER = [-48, -47, -2, 60] as const;

function fixedHolidays(holidays: readonly FixedHoliday[], year: number): IsoDay[] {
  return holidays
    .filter(({ from = year, to = year, except = [] }) => from <= year && year <= to && !except.includes(year))
    .map(({ date }) => `${year}-${date}`);
}

/** Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): IsoDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const sunCorrection = Math.floor((century + 8) / 25);
  const moonCorrection = Math.floor((century - sunCorrection + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const marchBased = epact + toSunday - 7 * shift + 114;
  const month = Math.floor(marchBased / 31);
  const day = (marchBased % 31) + 1;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Ash Wednesday, the day after Carnival's Tuesday: B3 opens in the afternoon. */
export function ashWednesday(year: number): IsoDay {
  return addDays(easterSunday(year), -46);
}

/** The year's holidays of the banks (Febraban, ANBIMA). 24 and 31 December are not among them. */
export function bankHolidays(year: number): IsoDay[] {
  const easter = easterSunday(year);
  return [...fixedHolidays(NATIONAL, year), ...FROM_EASTER.map((days) => addDays(easter, days))];
}

/** The year's weekdays without a session on B3: the banks' holidays and B3's own days of rest. */
export function b3Holidays(year: number): IsoDay[] {
  return [...bankHolidays(year), ...fixedHolidays(B3_ONLY, year), lastWeekdayOf(year)];
}

/** B3 has no session on the last business day of the year. */
function lastWeekdayOf(year: number): IsoDay {
  const last = `${year}-12-31`;
  const day = weekday(last);
  if (day === 0) return addDays(last, -2);
  return day === 6 ? addDays(last, -1) : last;
}
