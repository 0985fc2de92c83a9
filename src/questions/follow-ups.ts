import type { Intent, Question } from "./question.ts";

/** What a text says, whatever it asks. */
export interface Said {
  readonly client: boolean;
  readonly asset: boolean;
  /** The instrument is a rate or an index, which nobody holds. */
  readonly market: boolean;
  readonly period: string | null;
  readonly benchmark: boolean;
  readonly grouping: boolean;
  readonly direction: boolean;
  readonly limit: boolean;
}

/** Which intent a follow-up continues with, and which parts of the previous question it keeps. */
export interface Continuation {
  readonly intent: Intent;
  readonly keeps: { readonly client: boolean; readonly asset: boolean; readonly rest: boolean };
}

const ABOUT_A_CLIENT: ReadonlySet<Intent> = new Set<Intent>([
  "portfolio",
  "holding",
  "allocation",
  "performance",
  "risk",
  "history",
  "income",
]);
const WITH_A_PERIOD: ReadonlySet<Intent> = new Set<Intent>([
  "performance",
  "movers",
  "history",
  "income",
  "ranking",
  "risk",
  "quote",
  "aum",
]);

/** Whether the intent cannot be answered without a client. */
export function needsClient(intent: Intent): boolean {
  return ABOUT_A_CLIENT.has(intent);
}

/** Whether the intent cannot be answered without an instrument. */
export function needsAsset(intent: Intent): boolean {
  return intent === "holding" || intent === "quote" || intent === "holders";
}

/** Continues the previous question with what is said now (`e no ano?`, `e em PETR4?`); null where it cannot. */
export function continueWith(previous: Question, said: Said): Continuation | null {
  if (said.client) return withClient(previous, said);
  if (said.asset) return withAsset(previous, said);
  if (said.grouping) return keep("allocation", true, false, false);
  if (said.benchmark) {
    return previous.client === null && previous.intent !== "performance"
      ? null
      : keep("performance", true, previous.intent === "performance", previous.intent === "performance");
  }
  if (said.period !== null) return withPeriod(previous, said.period);
  const counted = /^(?:movers|ranking|holders|clients|history|portfolio)$/.test(previous.intent);
  const ranked = previous.intent === "movers" || previous.intent === "ranking";
  return (said.direction && ranked) || (said.limit && counted)
    ? keep(previous.intent, true, true, true)
    : null;
}

function withClient(previous: Question, said: Said): Continuation {
  const same = ABOUT_A_CLIENT.has(previous.intent) || previous.intent === "movers";
  if (said.asset)
    return keep(
      previous.intent === "income" || previous.intent === "history" ? previous.intent : "holding",
      false,
      false,
      false,
    );
  return same ? keep(previous.intent, false, true, true) : keep("portfolio", false, false, false);
}

function withAsset(previous: Question, said: Said): Continuation {
  if (said.market) return keep("quote", false, false, false);
  if (previous.intent === "income" || previous.intent === "history")
    return keep(previous.intent, true, false, true);
  if (previous.intent === "holders" || previous.intent === "alert_create")
    return keep(previous.intent, true, false, true);
  return previous.client !== null && ABOUT_A_CLIENT.has(previous.intent)
    ? keep("holding", true, false, false)
    : keep("quote", false, false, false);
}

function withPeriod(previous: Question, period: string): Continuation | null {
  if (WITH_A_PERIOD.has(previous.intent)) return keep(previous.intent, true, true, true);
  if (!ABOUT_A_CLIENT.has(previous.intent)) return null;
  const intent = period === "today" ? previous.intent : "performance";
  return keep(intent, true, previous.intent === "holding", false);
}

function keep(intent: Intent, client: boolean, asset: boolean, rest: boolean): Continuation {
  return { intent, keeps: { client, asset, rest } };
}
