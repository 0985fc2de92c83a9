import type { IsoDay } from "../money/day.ts";
import { directionOf, takeLimit } from "./amounts.ts";
import { type AssetMention, findNames, takeCodes, takeLongNames } from "./assets.ts";
import { type BenchmarkMention, takeBenchmarks } from "./benchmarks.ts";
import { type ClientMention, findParts, takeExactClients, takeMarkedClients } from "./clients.ts";
import { type CueReading, takeCues } from "./cues.ts";
import { assetIndexOf, type ClientIndex, clientIndexOf } from "./lexicon-index.ts";
import { intersect, union } from "./name-search.ts";
import { type PeriodReading, takePeriods } from "./periods.ts";
import type { Direction, Lexicon } from "./question.ts";
import type { Sheet } from "./sheet.ts";
import { correctSpelling, writeOut } from "./spelling.ts";
import { findStrangers, type Stranger } from "./strangers.ts";

/** The clients that a text may mean. */
interface ClientFinding {
  /** Positions in the lexicon's list: none, the one, or several to choose from. */
  readonly candidates: readonly number[];
  /** Whether an id was written: certain, whatever else is in the text. */
  readonly byId: boolean;
  /** Two names side by side that no client has together: "João Silva" where there are João Costa and Ana Silva. */
  readonly contradictory: boolean;
  /** The only mention is also the name of an instrument, and nothing tells which is meant. */
  readonly contested: boolean;
}

/** Everything that a text names, before anybody asks what for. */
export interface Entities {
  readonly cues: CueReading;
  readonly client: ClientFinding;
  /** Codes that the text may mean, those of one mention after those of another. */
  readonly assets: readonly AssetMention[];
  readonly benchmarks: readonly BenchmarkMention[];
  readonly time: PeriodReading;
  readonly limit: number | null;
  readonly direction: Direction | null;
  readonly strangers: readonly Stranger[];
}

/**
 * Reads a text in the order of certainty: what can mean one thing only takes its words first,
 * what could be a name, a company or a plain word is decided last.
 */
export function readEntities(sheet: Sheet, lexicon: Lexicon, today: IsoDay): Entities {
  const clients = clientIndexOf(lexicon);
  const instruments = assetIndexOf(lexicon);
  const named = takeExactClients(sheet, clients);
  const assets = takeLongNames(sheet, instruments);
  const benchmarks = takeBenchmarks(sheet);
  assets.push(...takeCodes(sheet, instruments));
  named.push(...takeMarkedClients(sheet, clients));
  writeOut(sheet);
  correctSpelling(sheet, (word) => clients.byWord.has(word) || instruments.byPhrase.get(word) !== undefined);
  const time = takePeriods(sheet, today);
  const cues = takeCues(sheet);
  const doubtful = takeDoubtful(sheet, cues, {
    parts: findParts(sheet, clients),
    names: findNames(sheet, instruments, cues),
    clients,
    clientKnown: named.length > 0,
  });
  named.push(...doubtful.clients);
  assets.push(...doubtful.assets);
  const limit = takeLimit(sheet);
  const isNamed = (at: number) =>
    named.some((mention) => mention.by !== "id" && at >= mention.at && at < mention.at + mention.length);
  return {
    cues,
    client: combine(sheet, named),
    assets,
    benchmarks,
    time,
    limit,
    direction: directionOf(cues),
    strangers: findStrangers(sheet, isNamed),
  };
}

interface Doubtful {
  readonly parts: readonly ClientMention[];
  readonly names: readonly AssetMention[];
  readonly clients: ClientIndex;
  readonly clientKnown: boolean;
}

/** Gives the words that may be a client or an instrument to one of them. */
function takeDoubtful(
  sheet: Sheet,
  cues: CueReading,
  { parts, names, clients, clientKnown }: Doubtful,
): { clients: ClientMention[]; assets: AssetMention[] } {
  const mentions: ClientMention[] = [];
  const assets: AssetMention[] = [];
  for (const part of parts) {
    const rival = names.find(({ at }) => at >= part.at && at < part.at + part.length);
    const asset =
      rival !== undefined &&
      part.length === 1 &&
      (clientKnown || !clients.byWord.has(sheet.word(part.at)) || isAssetPlace(sheet, cues, part.at));
    if (asset) continue;
    sheet.take(part.at, part.length, "client");
    mentions.push(rival !== undefined && part.length === 1 ? { ...part, contested: true } : part);
  }
  for (const name of names) {
    if (sheet.role(name.at) === "client") continue;
    sheet.take(name.at, 1, "asset");
    assets.push(name);
  }
  return { clients: mentions, assets };
}

/** `preço da vale`, `tem vale`, `em vale`: what follows is held or quoted. */
function isAssetPlace(sheet: Sheet, cues: CueReading, at: number): boolean {
  const before = sheet.word(at - 1);
  if (/^(?:em|na|no|acao|acoes|papel|papeis|in)$/.test(before)) return true;
  const cue = /^(?:de|da|do|a|o)$/.test(before) ? at - 2 : at - 1;
  return cues
    .at(cue)
    .some((name) => /^(?:quote|standing|average|amount|have|holders|condition|warn)$/.test(name));
}

/** Several mentions of one client narrow each other (`Ana (cliente123)`); of different ones leave a choice. */
function combine(sheet: Sheet, mentions: readonly ClientMention[]): ClientFinding {
  let candidates: readonly number[] = [];
  for (const mention of mentions) {
    const both = intersect(candidates, mention.candidates);
    if (candidates.length === 0) candidates = mention.candidates;
    else if (both.length > 0) candidates = both;
    else candidates = union(candidates, mention.candidates);
  }
  const contradictory = mentions.some((mention) => {
    const next = mentions.find(({ at }) => at === mention.at + mention.length);
    if (next === undefined || next.by !== "part" || mention.by === "id") return false;
    return !sheet.token(next.at)?.afterPause && intersect(next.candidates, mention.candidates).length === 0;
  });
  return {
    candidates,
    byId: mentions.some(({ by }) => by === "id"),
    contradictory,
    contested: mentions.some(({ contested }) => contested === true),
  };
}
