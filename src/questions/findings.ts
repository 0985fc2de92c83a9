import { isMarketCode } from "./assets.ts";
import type { Entities } from "./entities.ts";
import type { Signs } from "./intents.ts";
import type { Benchmark, Grouping, ReadingContext } from "./question.ts";
import type { Sheet } from "./sheet.ts";

/** What the named things come to once they are weighed against each other. */
export interface Findings {
  readonly entities: Entities;
  /** Clients it may be: none, one or several. */
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  /** Codes it may be: none, one or several. */
  readonly codes: readonly string[];
  readonly benchmark: Benchmark | null;
  readonly grouping: Grouping | null;
  readonly signs: Signs;
  /** Whether the text goes on from what was said before (`e no ano?`, `só 12 meses`). */
  readonly goesOn: boolean;
  /** Whether it goes on from a talk about a client. */
  readonly followsClient: boolean;
}

const OPENERS = new Set(
  "e and mas so apenas only just what how em no na nos nas do da de vs versus contra x agora tambem por in by".split(
    " ",
  ),
);
const HOUR =
  /(?:\b(?:as|at)\s*\d{1,2}(?![\d/])|\b\d{1,2}\s?(?:h|hrs?|horas?|am|pm)(?:\d{2})?\b|\b\d{1,2}:\d{2}\b)/;

/** Weighs what was read: index to compare with or to quote, currency held or exchange rate. */
export function findingsOf(sheet: Sheet, entities: Entities, context: ReadingContext): Findings {
  const { cues, client, strangers, time } = entities;
  const clients = client.candidates.flatMap((position) => context.lexicon.clients[position] ?? []);
  const named = clients.length > 0 || client.contradictory || strangers.some(({ as }) => as === "client");
  const previousClient = cues.has("them") && context.previous?.client != null;
  const about = named || previousClient;
  const { benchmark, quoted } = indexOf(entities, about);
  const grouping = groupingOf(entities);
  const codes = codesOf(entities);
  const held = codes.filter((code) => !isMarketCode(code));
  const rates = codes.filter((code) => isMarketCode(code));
  // A client and a currency without a word more: what the client has in it.
  const inCurrency = about && held.length === 0 && rates.length > 0 && !cues.has("quote", "alert", "warn");
  const goesOn = OPENERS.has(sheet.word(0));
  const market = held.length === 0 && !inCurrency && (rates.length > 0 || quoted !== null);
  return {
    entities,
    clients,
    codes:
      held.length > 0 ? held : inCurrency ? [] : rates.length > 0 ? rates : quoted === null ? [] : [quoted],
    benchmark,
    grouping: inCurrency ? (grouping ?? "currency") : grouping,
    goesOn,
    followsClient: goesOn && context.previous?.client != null,
    signs: {
      cues,
      client: about,
      clientById: client.byId,
      asset: held.length > 0,
      market,
      benchmark: benchmark !== null,
      inCurrency,
      period: time.period?.kind ?? (time.unclear === null ? null : "range"),
      hour: HOUR.test(sheet.text.folded),
      until: time.until !== null,
      strangers: strangers.length > 0,
    },
  };
}

/** An index is what one compares with where something is compared; on its own it is what is asked about. */
function indexOf(
  { cues, benchmarks }: Entities,
  about: boolean,
): { benchmark: Benchmark | null; quoted: string | null } {
  const comparing = cues.has("compare");
  const crowd = cues.has("portfolio", "them", "who", "which", "clients", "book");
  const quoting = cues.has("quote", "standing", "rise", "fall", "returns", "alert", "warn");
  const [first] = benchmarks.filter(({ loose }) => !loose || comparing || quoting);
  if (first === undefined) return { benchmark: null, quoted: null };
  const alert = cues.has("alert", "warn");
  return !alert && (comparing || about || crowd)
    ? { benchmark: first.benchmark, quoted: null }
    : { benchmark: null, quoted: first.benchmark };
}

function groupingOf({ cues }: Entities): Grouping | null {
  if (cues.has("bySector")) return "sector";
  if (cues.has("byCurrency")) return "currency";
  return cues.has("byClass") ? "class" : null;
}

/** The codes that all mentions share (`petrobras PETR4`), or else those of any. */
function codesOf({ assets }: Entities): string[] {
  let codes: readonly string[] = [];
  for (const mention of assets) {
    const both = codes.filter((code) => mention.codes.includes(code));
    if (codes.length === 0) codes = mention.codes;
    else if (both.length > 0) codes = both;
    else codes = [...codes, ...mention.codes];
  }
  return [...new Set(codes)];
}
