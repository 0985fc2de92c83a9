import type { CueReading } from "./cues.ts";
import type { Intent } from "./question.ts";

/** What the choice of an intent rests on. */
export interface Signs {
  readonly cues: CueReading;
  /** A client was named, known or not. */
  readonly client: boolean;
  readonly clientById: boolean;
  /** An instrument that can be held was named. */
  readonly asset: boolean;
  /** A rate or an index was named that is not there to compare with. */
  readonly market: boolean;
  readonly benchmark: boolean;
  /** A client's holdings in a currency are meant. */
  readonly inCurrency: boolean;
  /** Kind of the period that was named; null where none was. */
  readonly period: string | null;
  /** An hour (`às 8h`). */
  readonly hour: boolean;
  /** An end in the future (`até amanhã`). */
  readonly until: boolean;
  /** Words that nothing explains. */
  readonly strangers: boolean;
}

/** An intent, and whether words of the text state it or only what is named suggests it. */
export interface Choice {
  readonly intent: Intent;
  readonly stated: boolean;
}

type Rule = (signs: Signs) => Intent | null;

/** Chooses the intent; null where the text neither states nor suggests one. */
export function chooseIntent(signs: Signs): Choice | null {
  for (const rule of [alerts, digests, outOfScope, help, crowd, movers, topics, money, books]) {
    const intent = rule(signs);
    if (intent !== null) return { intent, stated: true };
  }
  const intent = suggested(signs);
  return intent === null ? null : { intent, stated: false };
}

const alerts: Rule = ({ cues, asset, market, client, until }) => {
  const about = cues.has("alert", "warn");
  if (cues.has("mute") && (about || asset || market || until)) return "alert_snooze";
  if (cues.has("remove") && about) return "alert_delete";
  const moves = cues.has("rise", "fall", "above", "below") && (asset || market || client);
  if (cues.has("digest", "daily") && !moves && !cues.has("alert")) return null;
  if (cues.has("warn") || (cues.has("alert") && (cues.has("create", "condition") || moves)))
    return "alert_create";
  return about ? "alert_list" : null;
};

const digests: Rule = ({ cues, client, hour }) => {
  const regular = cues.has("daily") || hour;
  if (cues.has("digest") && (regular || cues.has("remove"))) return "digest_schedule";
  if (cues.has("daily") && hour && !client) return "digest_schedule";
  if (!cues.has("digest") || client || hasTopic(cues)) return null;
  return "digest";
};

const outOfScope: Rule = ({ cues, asset, clientById }) => {
  if (cues.has("off")) return "unknown";
  const more = hasTopic(cues) || asset || clientById || cues.has("help", "clients", "which", "count");
  return cues.has("hello") && !more ? "unknown" : null;
};

const help: Rule = ({ cues, client, asset }) =>
  cues.has("help") && !client && !asset && !cues.has("who", "clients") ? "help" : null;

/** Questions about many clients at once. */
const crowd: Rule = (signs) => {
  const { cues, client, asset, market, benchmark } = signs;
  const clients = cues.has("clients", "which", "count", "book") || (cues.has("client") && !client);
  const crowded = clients || cues.has("who");
  const moved = cues.has("returns", "won", "lost", "rise", "fall");
  if (asset || (market && cues.has("who"))) {
    const owned = crowded || (!client && cues.has("mine", "total"));
    if (cues.has("who", "which") && cues.has("income", "history")) return "unknown";
    const other = moved || cues.has("income", "history", "quote", "standing");
    return cues.has("holders") || (owned && !other) ? "holders" : null;
  }
  if (client) return null;
  // Who bought, who received: nothing answers that for all clients at once.
  if (cues.has("who", "which") && cues.has("history", "income", "risk")) return "unknown";
  if (cues.has("biggest")) return "aum";
  if (cues.has("who", "which") && cues.has("have") && !cues.has("more", "less")) return "holders";
  if (cues.has("income", "history", "risk", "deepest", "allocation", "movers", "aum")) return null;
  if (cues.has("ranking")) return cues.has("assets") ? "movers" : "ranking";
  const compared = benchmark && cues.has("compare");
  if (clients && (moved || compared || cues.has("best", "worst", "top"))) return "ranking";
  if (cues.has("who") && (cues.has("returns", "won", "lost", "best", "worst") || compared)) return "ranking";
  return cues.has("who") && cues.has("rise", "fall") ? "movers" : null;
};

const movers: Rule = ({ cues, client, asset }) => {
  if (asset || cues.has("income", "history", "risk", "allocation")) return null;
  const deepest = cues.has("deepest") && !client && !cues.has("portfolio", "client");
  if (cues.has("movers") || deepest) return "movers";
  const extreme = cues.has("best", "worst", "more", "less");
  const moved = cues.has("rise", "fall", "returns", "won", "lost");
  if (cues.has("assets", "who") && (cues.has("rise", "fall") || (extreme && moved))) return "movers";
  if (cues.has("assets", "portfolio") && cues.has("best", "worst") && !cues.has("returns")) return "movers";
  return cues.has("more") && cues.has("rise", "fall") && !cues.has("compare") ? "movers" : null;
};

const topics: Rule = ({ cues, client, asset, market, inCurrency }) => {
  const grouped = inCurrency || cues.has("byClass", "bySector", "byCurrency");
  // "Proventos de FII": the answer has no classes, and all income would be too much said for a part.
  if (cues.has("income")) return cues.has("byClass") ? "unknown" : "income";
  if (cues.has("risk", "deepest") && !(grouped && !cues.has("deepest"))) return "risk";
  if (cues.has("returns", "won", "lost") && cues.has("byClass")) return "unknown";
  const split =
    cues.has("allocation") ||
    (grouped && !client && !cues.has("returns", "won", "lost", "compare", "quote", "standing"));
  if (split && asset) return "holding";
  if (split && !client && cues.has("book", "total", "mine", "clients")) return "aum";
  if (split || (grouped && client && !asset && !cues.has("returns", "won", "lost"))) return "allocation";
  if (cues.has("history") && !cues.has("returns") && !market) return "history";
  if (cues.has("average", "amount")) return cues.has("portfolio") && !asset ? "portfolio" : "holding";
  return null;
};

/** Returns, gains and quotes. */
const money: Rule = ({ cues, client, asset, market, benchmark, period }) => {
  const gained = cues.has("won", "lost");
  const moved = gained || cues.has("returns", "rise", "fall");
  if (client && asset && gained && !cues.has("returns") && (period === null || period === "today"))
    return "holding";
  if (moved && !client && (asset || market) && !cues.has("portfolio", "them")) return "quote";
  if (moved || (benchmark && (client || cues.has("portfolio", "them")))) return "performance";
  if (!cues.has("quote", "standing")) return null;
  if (client) return asset ? "holding" : overTime(cues, period);
  if (cues.has("portfolio", "them")) return null;
  return asset || market || cues.has("quote") ? "quote" : null;
};

/** What is there: a portfolio, a holding, the whole book, the list of clients. */
const books: Rule = ({ cues, client, asset, period, market }) => {
  const held = cues.has("portfolio", "have", "wealth");
  if (held && asset) return "holding";
  if (client) return held && !market ? overTime(cues, period) : null;
  if (
    cues.has("aum") ||
    (cues.has("portfolio", "wealth", "have") && cues.has("book", "total", "mine", "clients"))
  ) {
    return cues.has("clients") && cues.has("portfolio") && !cues.has("total") ? "clients" : "aum";
  }
  if (cues.has("count")) return "clients";
  if (cues.has("mine", "total") && !market) return cues.has("clients") ? "clients" : "aum";
  if (cues.has("wealth")) return "aum";
  if (cues.has("portfolio") || (cues.has("have") && cues.has("them"))) return overTime(cues, period);
  return cues.has("clients") || (cues.has("book") && !market) ? "clients" : null;
};

/** A portfolio over time is its performance; today is when one asks. */
function overTime(cues: CueReading, period: string | null): Intent {
  return period === null || period === "today" || cues.has("wealth") ? "portfolio" : "performance";
}

/** What is named alone: a client, a client and an instrument, an instrument. */
function suggested({ client, asset, market, benchmark, period, cues }: Signs): Intent | null {
  if (client && asset) return period === null || period === "today" ? "holding" : "performance";
  if (client) return benchmark ? "performance" : overTime(cues, period);
  if (benchmark) return "performance";
  return asset || market ? "quote" : null;
}

function hasTopic(cues: CueReading): boolean {
  return cues.has(
    "income",
    "history",
    "risk",
    "deepest",
    "allocation",
    "movers",
    "returns",
    "ranking",
    "aum",
    "quote",
    "standing",
    "average",
    "portfolio",
    "holders",
    "won",
    "lost",
    "rise",
    "fall",
    "wealth",
  );
}
