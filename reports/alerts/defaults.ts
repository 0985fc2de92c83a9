import { Decimal } from "../../src/money/decimal.ts";
import type { Rule } from "./rule.ts";

const percent = (whole: number): Decimal => Decimal.of(whole);

/** What most brokers want to be told of, for those who have nothing set yet. */
export const DEFAULT_RULES: readonly Rule[] = [
  { kind: "asset_day", urgent: false, asset: null, direction: "either", percent: percent(5) },
  { kind: "client_day", urgent: false, client: null, direction: "down", percent: percent(2) },
  { kind: "asset_day", urgent: false, asset: "IBOV", direction: "either", percent: percent(2) },
  { kind: "asset_day", urgent: false, asset: "USDBRL", direction: "either", percent: percent(2) },
  { kind: "weight", urgent: false, client: null, asset: null, percent: percent(30) },
  { kind: "income", urgent: false, asset: null },
  { kind: "maturity", urgent: false, client: null, days: 15 },
  { kind: "stale", urgent: false },
];
