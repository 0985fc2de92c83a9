import { readEntities } from "./entities.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { type Continuation, continueWith, needsAsset, needsClient } from "./follow-ups.ts";
import { type Choice, chooseIntent } from "./intents.ts";
import { languageOf } from "./language.ts";
import { hasClient } from "./lexicon-index.ts";
import { objectionTo } from "./objections.ts";
import type {
  Intent,
  Language,
  Lexicon,
  ParsedQuestion,
  Period,
  Question,
  Reading,
  ReadingContext,
} from "./question.ts";
import { Sheet } from "./sheet.ts";
import { rangeSpan } from "./spans.ts";
import { prepare, TEXT_LENGTH_MAX } from "./text.ts";

/**
 * Reads a command or a plain question, in Portuguese or English, as one typed question, as a question back,
 * or as one about a client that is not in the lexicon. It never guesses a client and never throws.
 *
 * The lexicon's arrays are indexed once and must not change afterwards.
 *
 * @example
 * readQuestion("quanto o cliente123 tem de petr4?", { lexicon, today: "2026-11-23", previous: null });
 * // { kind: "question", question: { intent: "holding", client: "cliente123", asset: "PETR4", … } }
 */
export function readQuestion(text: string, { previous, ...rest }: ReadingContext): Reading {
  if (text.length > TEXT_LENGTH_MAX) return notUnderstood(rest.language ?? "pt");
  const context = { ...rest, previous: previous && withKnownClient(previous, rest.lexicon) };
  const sheet = new Sheet(prepare(text));
  if (sheet.length === sheet.text.first) return readEmpty(sheet, context);
  const entities = readEntities(sheet, context.lexicon, context.today);
  const findings = findingsOf(sheet, entities, context);
  const language = context.language ?? languageOf(sheet);
  const choice = chooseIntent(findings.signs);
  const continuation = continuationOf(findings, choice, context.previous);
  const intent = continuation?.intent ?? choice?.intent ?? "unknown";
  const question = questionOf({ intent, continuation, findings, context, language });
  const stated = choice?.stated === true || continuation !== null;
  return objectionTo(question, findings, { stated, command: sheet.text.command !== null }) ?? asked(question);
}

/** The previous question, without a client who is no longer (or never was) the asker's. */
function withKnownClient(previous: Question, lexicon: Lexicon): Question {
  return previous.client === null || hasClient(lexicon, previous.client)
    ? previous
    : { ...previous, client: null };
}

/** `/carteira` alone asks for help; `carteira` alone is about the client talked about, if there is one. */
function readEmpty(sheet: Sheet, { previous, language = "pt" }: ReadingContext): Reading {
  if (sheet.text.command === null) return notUnderstood(language);
  const client = sheet.text.command === "word" ? (previous?.client ?? null) : null;
  return asked({ ...blank(language), intent: client === null ? "help" : "portfolio", client });
}

/** How the text goes on from the previous question; null where it stands on its own. */
function continuationOf(
  { signs, goesOn, grouping, entities, clients, benchmark }: Findings,
  choice: Choice | null,
  previous: Question | null,
): Continuation | null {
  if (previous === null || signs.strangers) return null;
  // "E o CDI?" after a performance compares with it; "e o dólar?" asks for the rate.
  const index = signs.market && goesOn && previous.client !== null && entities.benchmarks.length > 0;
  const compares = index || (benchmark !== null && !signs.client);
  const answersBack =
    (signs.client && !signs.asset && previous.client === null && needsClient(previous.intent)) ||
    (signs.asset && !signs.client && previous.asset === null && needsAsset(previous.intent));
  const moved = signs.cues.has(
    "returns",
    "won",
    "lost",
    "rise",
    "fall",
    "portfolio",
    "who",
    "which",
    "clients",
    "book",
  );
  const bare =
    choice === null || (!choice.stated && (goesOn || answersBack || index)) || (compares && !moved);
  if (!bare) return null;
  return continueWith(previous, {
    client: clients.length > 0 || signs.cues.has("someone"),
    asset: (signs.asset || signs.market) && !index,
    market: signs.market,
    period: signs.period,
    benchmark: compares,
    grouping: grouping !== null,
    direction: entities.direction !== null,
    limit: entities.limit !== null,
  });
}

interface Parts {
  readonly intent: Intent;
  readonly continuation: Continuation | null;
  readonly findings: Findings;
  readonly context: ReadingContext;
  readonly language: Language;
}

function questionOf({ intent, continuation, findings, context, language }: Parts): ParsedQuestion {
  if (intent === "unknown") return blank(language);
  const { previous } = context;
  const { entities, codes, grouping } = findings;
  const keeps = continuation?.keeps ?? { client: false, asset: false, rest: false };
  const kept = keeps.rest ? previous : null;
  const indexes = entities.benchmarks[0]?.benchmark ?? null;
  const benchmark = continuation !== null && intent === "performance" ? indexes : findings.benchmark;
  const asset =
    benchmark !== null && codes[0] === benchmark ? null : codes.length === 1 ? (codes[0] ?? null) : null;
  return {
    intent,
    client: takesClient(intent) ? clientOf(findings, intent, previous, keeps.client) : null,
    asset: asset ?? (codes.length === 0 ? assetBefore(intent, findings, previous, keeps.asset) : null),
    period: periodOf(intent, findings, context) ?? kept?.period ?? null,
    benchmark: takesBenchmark(intent) ? (benchmark ?? kept?.benchmark ?? null) : null,
    direction: takesDirection(intent) ? (entities.direction ?? kept?.direction ?? null) : null,
    limit: !takesLimit(intent) ? null : (entities.limit ?? kept?.limit ?? null),
    grouping: intent === "allocation" || intent === "aum" ? grouping : null,
    language,
  };
}

/** The client named, or the one talked about where the question needs one and names none. */
function clientOf(
  { clients, goesOn, signs }: Findings,
  intent: Intent,
  previous: Question | null,
  keeps: boolean,
): string | null {
  if (clients.length > 0) return clients.length === 1 ? (clients[0]?.id ?? null) : null;
  if (signs.cues.has("someone")) return null;
  const follows = keeps || needsClient(intent) || signs.cues.has("them") || (intent === "movers" && goesOn);
  return follows ? (previous?.client ?? null) : null;
}

/** The instrument talked about, where the question needs one and names none: "e o preço médio?". */
function assetBefore(
  intent: Intent,
  { signs }: Findings,
  previous: Question | null,
  keeps: boolean,
): string | null {
  const follows = keeps || (needsAsset(intent) && !signs.strangers);
  return follows ? (previous?.asset ?? null) : null;
}

function periodOf(intent: Intent, { entities }: Findings, { today }: ReadingContext): Period | null {
  const { period, until } = entities.time;
  if (intent === "alert_snooze") return until === null ? null : rangeSpan(today, until);
  return intent === "digest_schedule" || intent === "help" ? null : period;
}

function takesClient(intent: Intent): boolean {
  return needsClient(intent) || intent === "movers" || intent.startsWith("alert_");
}

function takesBenchmark(intent: Intent): boolean {
  return intent === "performance" || intent === "ranking" || intent === "portfolio";
}

function takesLimit(intent: Intent): boolean {
  return !/^(?:help|digest|digest_schedule|quote|alert_\w+)$/.test(intent);
}

function takesDirection(intent: Intent): boolean {
  return intent === "movers" || intent === "ranking" || intent.startsWith("alert_");
}

function blank(language: Language): ParsedQuestion {
  return {
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

function asked(question: ParsedQuestion): Reading {
  return { kind: "question", question };
}

function notUnderstood(language: Language): Reading {
  return { kind: "clarify", question: blank(language), reason: { code: "not_understood" } };
}
