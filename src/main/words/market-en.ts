import type { MARKET_PT } from "./market-pt.ts";

/** What the commands about calendars and instruments say, in English. */
export const MARKET_EN: typeof MARKET_PT = {
  calendar: {
    today: (isoDay, session, bankDay) =>
      `Today, ${isoDay}: ${session ? "a session of B3" : "no session of B3"}, ${bankDay ? "a bank day" : "banks are closed"}`,
    late: (time) => `opens late, at ${time}`,
    open: (since, until) => `Now: open since ${since}, until ${until}`,
    closed: "Now: closed",
    next: (isoDay, opens, closes) => `Next session: ${isoDay}, from ${opens} to ${closes} (Brasília time)`,
    nextUnknown: (year) => `Next session: unknown, there is no calendar of ${year}`,
    last: (isoDay) => `Last session that has ended: ${isoDay}`,
    rest: (year, days) => `${year}: ${days} weekdays without a session`,
    restDay: (isoDay, bankDay) =>
      `${isoDay}  ${bankDay ? "no session, banks are open" : "no session, banks are closed"}`,
    lateDay: (isoDay, time) => `${isoDay}  session from ${time}`,
  },
  instruments: {
    columns: ["code", "name", "class", "currency", "yahoo", "origin", "aliases"],
    origins: { file: "file", builtin: "table", inferred: "code" },
    none: "There is no such instrument.",
    merged: (code, successor) => `${code} became ${successor} in a merger: enter the conversion`,
    leftOut: (count) =>
      `${count} ${count === 1 ? "instrument is" : "instruments are"} left out for having no class; see --unknown --csv`,
    toFill: (count) =>
      `Fill in the class of ${count} ${count === 1 ? "instrument" : "instruments"} before loading the file.`,
  },
};
