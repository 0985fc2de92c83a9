import type { Findings } from "./findings.ts";
import { needsAsset, needsClient } from "./follow-ups.ts";
import type { ClarifyReason, Intent, ParsedQuestion, Reading } from "./question.ts";

const OPTIONS_MAX = 10;

interface Manner {
  /** Whether words of the text say what is asked, or only the things named suggest it. */
  readonly stated: boolean;
  readonly command: boolean;
}

/**
 * Why a question cannot be answered as it was read: a client that is not the asker's, several that are meant,
 * something missing or unclear. Null where nothing stands against it.
 */
export function objectionTo(question: ParsedQuestion, findings: Findings, manner: Manner): Reading | null {
  if (manner.stated) return statedObjection(question, findings);
  return suggestedObjection(question, findings, manner);
}

/** Nothing says what is asked, so that a word that nobody knows may be what it is about. */
function suggestedObjection(
  question: ParsedQuestion,
  findings: Findings,
  { command }: Manner,
): Reading | null {
  const { strangers, client } = findings.entities;
  const known = question.intent === "unknown" ? "portfolio" : question.intent;
  if (client.contradictory || strangers.some(({ as }) => as === "client")) {
    return notFound({ ...question, intent: known });
  }
  // "E da Joana?" goes on with a client that is not there.
  const othersAsked = findings.followsClient && findings.clients.length === 0 && findings.codes.length === 0;
  if (othersAsked && strangers.every(({ as }) => as === "place") && strangers.length > 0) {
    return notFound({ ...question, intent: known });
  }
  if (question.intent === "unknown") return clarify(question, { code: "not_understood" });
  if (strangers.length === 0) return choices(question, findings) ?? gaps(question, findings);
  if (!command || findings.clients.length === 0 || findings.codes.length > 0) {
    return clarify(nothingOf(question), { code: "not_understood" });
  }
  return (
    choices(question, findings) ?? clarify({ ...question, intent: "holding" }, { code: "asset_missing" })
  );
}

function statedObjection(question: ParsedQuestion, findings: Findings): Reading | null {
  const { intent } = question;
  if (intent === "unknown") return clarify(question, { code: "not_understood" });
  if (intent === "help" || intent.startsWith("digest")) return null;
  if (findings.codes.length === 0 && lacksKnownAsset(question, findings)) {
    return clarify(question, { code: "asset_missing" });
  }
  if (namesStranger(intent, findings)) return notFound(question);
  return choices(question, findings) ?? gaps(question, findings);
}

/** What follows is no instrument that anybody knows: "quem tem Xpto?", "me avisa se a Xpto cair". */
function lacksKnownAsset({ intent, asset, client }: ParsedQuestion, { entities }: Findings): boolean {
  if (asset !== null || entities.strangers.length === 0) return false;
  if (intent === "quote" || intent === "holders") return true;
  const inPlace = entities.strangers.some(({ as }) => as === "place");
  if (intent === "alert_create") return client === null && inPlace;
  const ofClient = entities.client.candidates.length > 0;
  return ofClient && inPlace && (intent === "income" || intent === "history" || intent === "holding");
}

/** Whether the text is about a client that the lexicon does not have. */
function namesStranger(intent: Intent, { entities, clients }: Findings): boolean {
  if (entities.client.contradictory || entities.strangers.some(({ as }) => as === "client")) return true;
  if (clients.length > 0) return false;
  if (needsClient(intent)) return entities.strangers.length > 0;
  const crowd = intent === "movers" || intent === "ranking" || intent === "aum";
  return crowd && entities.strangers.some(({ as }) => as === "place");
}

/** Several clients or instruments that may be meant. */
function choices(question: ParsedQuestion, { entities, clients, codes }: Findings): Reading | null {
  const { intent } = question;
  const aboutClient = needsClient(intent) || intent === "movers" || intent.startsWith("alert_");
  if ((aboutClient && clients.length > 1) || entities.client.contested) {
    const options = clients.slice(0, OPTIONS_MAX).map(({ id, name }) => ({ id, name }));
    return clarify({ ...question, client: null }, { code: "which_client", options });
  }
  if (codes.length > 1 && !question.benchmark) {
    return clarify(question, { code: "which_asset", options: codes.slice(0, OPTIONS_MAX) });
  }
  return null;
}

/** What the question needs and does not have. */
function gaps(question: ParsedQuestion, { entities, signs }: Findings): Reading | null {
  const { intent, client, asset } = question;
  if (needsClient(intent) && client === null) return clarify(question, { code: "client_missing" });
  if (needsAsset(intent) && asset === null) return clarify(question, { code: "asset_missing" });
  const alertOfNothing = intent === "alert_create" && asset === null && client === null;
  if (alertOfNothing && !signs.cues.has("book", "income", "clients", "portfolio", "aum", "mine")) {
    return clarify(question, { code: "asset_missing" });
  }
  if (entities.time.unclear !== null && !intent.startsWith("alert_")) {
    return clarify(question, { code: "period_unclear", text: entities.time.unclear });
  }
  return null;
}

function clarify(question: ParsedQuestion, reason: ClarifyReason): Reading {
  return { kind: "clarify", question, reason };
}

function notFound(question: ParsedQuestion): Reading {
  return { kind: "not_found", question: { ...question, client: null } };
}

/** The question without what was suggested only. */
function nothingOf({ language, ...question }: ParsedQuestion): ParsedQuestion {
  return {
    ...question,
    intent: "unknown",
    client: null,
    asset: null,
    period: null,
    benchmark: null,
    direction: null,
    limit: null,
    grouping: null,
    language,
  };
}
