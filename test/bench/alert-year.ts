/**
 * A year of recorded closes through the rules, minute by minute: how many alerts each rule comes to over all instruments, as it is, with
 * the band between firing and clearing alone, and without any: `node test/bench/alert-year.ts [from=2025-07-30]`.
 */
import type { Rule } from "../../reports/alerts/rule.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { middleOf, sessionsOf, toldOf, WAYS } from "../alert-year.testing.ts";
import { readRecordings, recorded } from "../recorded-closes.testing.ts";

const [, , from = "2025-07-30"] = process.argv;

type RuleFor = (asset: string, sessions: ReturnType<typeof sessionsOf>) => Rule;

const day =
  (direction: "up" | "down" | "either", percent: number): RuleFor =>
  (asset) => ({ kind: "asset_day", urgent: false, asset, direction, percent: Decimal.of(percent) });

const RULES: readonly (readonly [string, RuleFor])[] = [
  ["moves 2% in the day", day("either", 2)],
  ["falls 3% in the day", day("down", 3)],
  ["moves 5% in the day", day("either", 5)],
  ["falls 8% in the day", day("down", 8)],
  [
    "above its median close",
    (asset, sessions) => ({
      kind: "asset_level",
      urgent: false,
      asset,
      direction: "up",
      level: middleOf(sessions),
    }),
  ],
];

function main(): void {
  if (!recorded) throw new Error("CARTEIRA_FIXTURES names no recordings");
  const all = readRecordings().map(({ code, closes }) => ({
    code,
    sessions: sessionsOf(code, closes, from),
  }));
  const sessions = all.reduce((sum, one) => sum + one.sessions.length, 0);
  console.log(`${all.length} instruments, ${sessions} sessions of them since ${from}`);
  console.log(["rule".padEnd(24), "days beyond", ...WAYS].join("  "));
  for (const [name, ruleFor] of RULES) {
    const told = all.map(({ code, sessions }) => toldOf(ruleFor(code, sessions), code, sessions));
    const count = (of: (one: (typeof told)[number]) => number) =>
      String(told.reduce((sum, one) => sum + of(one), 0));
    const cells = WAYS.map((way) => count(({ fired }) => fired[way]).padStart(way.length));
    console.log([name.padEnd(24), count(({ days }) => days).padStart(11), ...cells].join("  "));
  }
}

main();
