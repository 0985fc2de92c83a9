import type { Help } from "./help.ts";

/** The help of the command that makes reports, in English. */
export const statementHelpEn = (common: string): Pick<Help, "statement"> => ({
  statement: `Makes the management report of a client as PDF: value, returns, gain, positions,
operations, income and fees of a period.

Usage: npx carteira statement CLIENT [--month MONTH | --from DATE --to DATE] --as USER
                              [--out FILE.pdf]

  --month MONTH        the month of the report: 2026-10 (default: the last that ended)
  --from, --to DATE    or a period: 2026-01-01 and 2026-03-31
  --as USER            a broker of the clients file, or admin for all of them.
                       On the demo it can be left out: then it is corretor1.
  --out FILE.pdf       where to write it (default: relatorio-CLIENT-PERIOD.pdf)

The report names the intermediary and its ombudsman: CARTEIRA_INTERMEDIARY and
CARTEIRA_OMBUDSMAN. On the demo they are invented. Nothing is sent to anybody.

Examples:
  npx carteira statement cliente123 --month 2026-10
  npx carteira statement cliente123 --from 2026-01-01 --to 2026-06-30 --as corretor1 --out ana.pdf

${common}`,
});
