import { isEverydayWord } from "./assets.ts";
import { isOrdinaryWord } from "./cues.ts";
import type { ClientIndex } from "./lexicon-index.ts";
import { clientsWith, intersect } from "./name-search.ts";
import type { Sheet } from "./sheet.ts";
import { MONTH_WORDS, UNIT_WORDS } from "./time-words.ts";

/** A place of the text that names clients of the lexicon. */
export interface ClientMention {
  readonly at: number;
  readonly length: number;
  /** Positions in the index's list of all that it may mean, at least one. */
  readonly candidates: readonly number[];
  /** `id` and `name` are exact, `part` is a piece of a name. */
  readonly by: "id" | "name" | "part";
  /** An instrument goes by the same name. */
  readonly contested?: boolean;
}

const PARTICLES = new Set("de da do dos das e di del van von der du la".split(" "));
const TITLES = new Set(
  "sr sra srta dr dra dona seu senhor senhora mr mrs ms titular chamado chamada".split(" "),
);
const NOUNS = new Set("cliente client customer investidor".split(" "));
const NAME_PLACES = new Set(
  "de do da dos das d o a ao pro pra para com cliente client customer carteira conta of for from does did has is e and".split(
    " ",
  ),
);
const SINGULAR_PLACES = new Set("do da o a ao pro pra cliente client for of".split(" "));
/** More names than a name has, and more clients than a question has: what bounds the work on a long text. */
const NAME_WORDS_MAX = 8;
const MENTIONS_MAX = 8;

/** Takes ids and whole names: they mean a client wherever they stand. */
export function takeExactClients(sheet: Sheet, index: ClientIndex): ClientMention[] {
  const found: ClientMention[] = [];
  for (let at = 0; at < sheet.length && found.length < MENTIONS_MAX; at += 1) {
    const mention = idAt(sheet, index, at) ?? spokenId(sheet, index, at) ?? nameAt(sheet, index, at);
    if (mention === null) continue;
    sheet.take(at, mention.length, "client");
    found.push(mention);
    at += mention.length - 1;
  }
  return found;
}

/** Takes pieces of names right after `cliente` and `carteira do/da`, where nothing else can stand. */
export function takeMarkedClients(sheet: Sheet, index: ClientIndex): ClientMention[] {
  const found: ClientMention[] = [];
  for (let at = sheet.text.first; at < sheet.length && found.length < MENTIONS_MAX; at += 1) {
    if (!isMarkedPlace(sheet, at)) continue;
    const mention = partAt(sheet, index, at, (word) => !isOrdinaryWord(word) || index.byWord.has(word));
    if (mention !== null && !isOnlyOrdinary(sheet, mention)) found.push(mention);
  }
  for (const { at, length } of found) sheet.take(at, length, "client");
  return found;
}

/** The pieces of names that are still free, wherever a name can stand; the caller decides who takes them. */
export function findParts(sheet: Sheet, index: ClientIndex): ClientMention[] {
  const found: ClientMention[] = [];
  for (let at = 0; at < sheet.length && found.length < MENTIONS_MAX; at += 1) {
    const mention = partAt(sheet, index, at, (word, position) => canBeName(sheet, index, word, position));
    if (mention === null) continue;
    found.push(mention);
    at += mention.length - 1;
  }
  return found;
}

/** Whether the token stands right after words that only a client follows. */
export function isMarkedPlace(sheet: Sheet, at: number): boolean {
  const before = placeBefore(sheet, at);
  const word = sheet.word(before);
  if (NOUNS.has(word)) return true;
  if (/^(?:do|da)$/.test(word)) return /^(?:carteira|conta|portfolio)$/.test(sheet.word(before - 1));
  return sheet.text.command !== null && before < sheet.text.first && !isOrdinaryWord(sheet.word(at));
}

/** Whether a name can stand here: after an article or preposition, or first in a command. */
export function isNamePlace(sheet: Sheet, at: number): boolean {
  const before = placeBefore(sheet, at);
  return NAME_PLACES.has(sheet.word(before)) || (before < sheet.text.first && sheet.text.command !== null);
}

/** The token before this one, titles left out: `da dona Ana` stands after `da`. */
function placeBefore(sheet: Sheet, at: number): number {
  let before = at - 1;
  while (before >= 0 && TITLES.has(sheet.word(before))) before -= 1;
  return before;
}

function idAt(sheet: Sheet, index: ClientIndex, at: number): ClientMention | null {
  for (let length = Math.min(index.idWordsMax, sheet.length - at); length > 0; length -= 1) {
    const candidates = index.byId.get(sheet.slice(at, length, "folded"));
    if (candidates === undefined || !sheet.standsAlone(at, length) || !isIdPlace(sheet, at, length)) continue;
    // Two ids that differ by case only: the one as written.
    const written = sheet.slice(at, length, "raw");
    const same = candidates.filter((position) => index.list[position]?.id === written);
    return { at, length, candidates: same.length > 0 ? same : candidates, by: "id" };
  }
  return null;
}

/** One character, two letters (`de`, `me`), or `3m`: what stands in a text for many things. `c1` does not. */
const SHORT_WORD = /^(?:.|\p{L}{2}|\d\p{L})$/u;

/** An id that is a short number or an ordinary word is one only after `cliente` or first in a command. */
function isIdPlace(sheet: Sheet, at: number, length: number): boolean {
  const text = sheet.slice(at, length, "folded");
  const next = sheet.word(at + length);
  if (/^\d+$/.test(text) && (UNIT_WORDS.has(next) || sheet.charAfter(at) === "%")) return false;
  const doubtful =
    /^\d{1,4}$/.test(text) || SHORT_WORD.test(text) || isOrdinaryWord(text) || MONTH_WORDS.has(text);
  if (!doubtful) return true;
  return NOUNS.has(sheet.word(at - 1)) || (sheet.text.command !== null && at === sheet.text.first);
}

/** `cliente 123` said of `cliente123`. */
function spokenId(sheet: Sheet, index: ClientIndex, at: number): ClientMention | null {
  if (!NOUNS.has(sheet.word(at)) || !/^\d+$/.test(sheet.word(at + 1))) return null;
  if (UNIT_WORDS.has(sheet.word(at + 2)) || index.byId.has(sheet.word(at + 1))) return null;
  const candidates = index.byId.get(`${sheet.word(at)}${sheet.word(at + 1)}`);
  return candidates === undefined || !sheet.standsAlone(at, 2)
    ? null
    : { at, length: 2, candidates, by: "id" };
}

/** A whole name of two words or more; one of one word is left to `findParts`. */
function nameAt(sheet: Sheet, index: ClientIndex, at: number): ClientMention | null {
  const hit = index.byName.at(sheet.words, at, (length) => length > 1 && sheet.isFree(at, length));
  if (hit === null) return null;
  // "Ana Souza Lima" is not Ana Souza: a longer run of names is left to `findParts`, which sees all of it.
  const next = sheet.word(at + hit.length);
  if (index.byWord.has(next) && !isOrdinaryWord(next) && !sheet.token(at + hit.length)?.afterPause)
    return null;
  return { at, length: hit.length, candidates: hit.value, by: "name" };
}

/** The longest run of words that some client has all of. */
function partAt(
  sheet: Sheet,
  index: ClientIndex,
  at: number,
  isName: (word: string, position: number) => boolean,
): ClientMention | null {
  let candidates: readonly number[] | null = null;
  let length = 0;
  let words = 0;
  for (let next = at; isOpen(sheet, next) && (next === at || !sheet.token(next)?.afterPause); next += 1) {
    const word = sheet.word(next);
    if (candidates !== null && PARTICLES.has(word)) continue;
    if (!isName(word, next)) break;
    const named = clientsWith(index, word);
    const both: readonly number[] = candidates === null ? named : intersect(candidates, named);
    words += 1;
    if (both.length === 0 || words > NAME_WORDS_MAX) break;
    candidates = both;
    length = next - at + 1;
  }
  if (candidates === null) return null;
  const whole = index.byName.get(sheet.words.slice(at, at + length).join(" "));
  return { at, length, candidates: whole ?? candidates, by: whole === undefined ? "part" : "name" };
}

function isOpen(sheet: Sheet, at: number): boolean {
  const role = sheet.role(at);
  return at < sheet.length && (role === null || role === "filler");
}

/** A word that means something else is a name only inside a longer name or right after an article or `cliente`. */
function canBeName(sheet: Sheet, index: ClientIndex, word: string, at: number): boolean {
  if (!isOrdinaryWord(word)) {
    const plain = index.byWord.has(word) && !isEverydayWord(word);
    return plain || isNamePlace(sheet, at) || isAfterName(sheet, index, at);
  }
  if (!index.byWord.has(word) || PARTICLES.has(word) || word.length < 3 || isTimeUnit(word)) return false;
  return (
    isAfterName(sheet, index, at) || (sheet.role(at) === "filler" && SINGULAR_PLACES.has(sheet.word(at - 1)))
  );
}

/** `o dia`, `do mês`; but Dias is a name. */
function isTimeUnit(word: string): boolean {
  return UNIT_WORDS.has(word) && word !== "dias";
}

function isAfterName(sheet: Sheet, index: ClientIndex, at: number): boolean {
  const before = sheet.word(at - 1);
  return index.byWord.has(before) && !isOrdinaryWord(before) && sheet.role(at - 1) === null;
}

function isOnlyOrdinary(sheet: Sheet, mention: ClientMention): boolean {
  const words = sheet.words.slice(mention.at, mention.at + mention.length);
  return words.every((word) => isOrdinaryWord(word)) && !NOUNS.has(sheet.word(mention.at - 1));
}
