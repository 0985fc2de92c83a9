import type { Help } from "./help.ts";

/** The help of the commands about market data, in English. */
export const marketHelpEn = (common: string): Pick<Help, "calendar" | "instruments"> => ({
  calendar: `Shows and checks the calendars: sessions of B3 and bank days, which differ (on 24 and
31 December the banks open and B3 does not).

Usage: npx carteira calendar [--year YEAR] [--json]

  --year YEAR   the year to show (default: the current one)
  --json        prints an object, with instants in UTC

B3's hours come from CARTEIRA_B3_HOURS, in Brasília time: opening-closing and, after a
comma, the opening on Ash Wednesday (default: 10:00-18:00,13:00).

Examples:
  npx carteira calendar
  npx carteira calendar --year 2027 --json
  CARTEIRA_B3_HOURS=10:00-17:00 npx carteira calendar

Warns 60 days before the calendar ends; exits with 1 when the current year's is missing.

${common}`,

  instruments: `Lists the instruments: code, name, class, currency, symbol on Yahoo, aliases, and where
that is known from (a file, the program's table, or the code alone).

Usage: npx carteira instruments [TEXT] [--unknown] [--csv] [--json]

  TEXT        only those with this in their code, name or an alias
  --unknown   only those of unknown class and those without any price
  --csv       prints a file to edit and load again with ingest; with --unknown the class
              that is missing is left blank to be filled in
  --json      prints a list

In the file, aliases take the place of those of the program's table; where blank, the
table's stay. In simbolo_yahoo, "none" says that Yahoo does not have the instrument.

Examples:
  npx carteira instruments petro
  npx carteira instruments --unknown --csv > instruments.csv
  npx carteira ingest instruments.csv --as admin

${common}`,
});
