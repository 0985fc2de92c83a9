import { cuesOf, cueWords, isOrdinaryWord } from "./cues.ts";
import type { Sheet } from "./sheet.ts";
import { MONTH_WORDS, UNIT_WORDS } from "./time-words.ts";

/** Shorter words have too many neighbours that are words themselves. */
const LENGTH_MIN = 5;
/**
 * From this length on a neighbour is trusted anywhere. Below it not where a name can stand, and not where another
 * letter stands: `caixa` and `baixa`, `pesos` and `pesou` are all words.
 */
const TRUSTED_LENGTH = 7;

/** How brokers shorten words in a chat. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    vc: "voce",
    vcs: "voces",
    qto: "quanto",
    qnt: "quanto",
    qt: "quanto",
    qtos: "quantos",
    qtas: "quantas",
    qm: "quem",
    hj: "hoje",
    ta: "esta",
    tah: "esta",
    tao: "estao",
    td: "tudo",
    tds: "todos",
    cmo: "como",
    tbm: "tambem",
    tb: "tambem",
  }),
);

const PLACES_OF_NAMES = new Set(
  "o a os as do da de dos das d ao pro pra para com e cliente client carteira of for".split(" "),
);

/** Every word with one letter left out, and the words that come to it (the idea of SymSpell). */
const byDeletion = new Map<string, string[]>();
for (const word of [...cueWords(), ...MONTH_WORDS.keys(), ...UNIT_WORDS.keys()]) {
  if (word.length < LENGTH_MIN) continue;
  for (const key of new Set([word, ...deletions(word)])) {
    const words = byDeletion.get(key);
    if (words === undefined) byDeletion.set(key, [word]);
    else words.push(word);
  }
}

/** Writes out what is shortened in a chat: `qto tá` is read as `quanto está`. */
export function writeOut(sheet: Sheet): void {
  for (const [at, word] of sheet.words.entries()) {
    const whole = SHORT_FORMS.get(word);
    if (whole !== undefined && sheet.isFree(at)) sheet.words[at] = whole;
  }
}

/**
 * Puts right words of the grammar that one letter is wrong in: too many, missing, another, or two swapped.
 * Ids, tickers and names are never corrected: `isKnown` tells the words of the lexicon.
 */
export function correctSpelling(sheet: Sheet, isKnown: (word: string) => boolean): void {
  for (let at = 0; at < sheet.length; at += 1) {
    const word = sheet.word(at);
    if (word.length < LENGTH_MIN || !/^[a-z]+$/.test(word) || !sheet.isFree(at)) continue;
    if (isOrdinaryWord(word) || MONTH_WORDS.has(word) || UNIT_WORDS.has(word) || isKnown(word)) continue;
    if (word.length < TRUSTED_LENGTH && standsWhereNamesDo(sheet, at)) continue;
    const right = neighbour(word);
    if (right !== null) sheet.words[at] = right;
  }
}

function standsWhereNamesDo(sheet: Sheet, at: number): boolean {
  const before = sheet.word(at - 1);
  if (before === "") return sheet.text.command !== null;
  return PLACES_OF_NAMES.has(before) || !(isOrdinaryWord(before) || /^\d+$/.test(before));
}

/** The one word of the grammar next to this one; null when there is none, or several that mean different things. */
function neighbour(word: string): string | null {
  const found = new Set<string>();
  for (const key of [word, ...deletions(word)]) {
    for (const candidate of byDeletion.get(key) ?? []) {
      const replaced =
        candidate.length === word.length && key.length < word.length && !isSwapped(word, candidate);
      if (replaced && word.length < TRUSTED_LENGTH) continue;
      if (isOneLetterOff(word, candidate)) found.add(candidate);
    }
  }
  const [first, ...others] = found;
  if (first === undefined) return null;
  const meaning = cuesOf(first).join();
  return others.every((other) => cuesOf(other).join() === meaning) ? first : null;
}

function deletions(word: string): string[] {
  return [...word].map((_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Whether both are made of the same letters. */
function isSwapped(a: string, b: string): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

/** Whether one letter was added, left out, replaced, or swapped with its neighbour. */
function isOneLetterOff(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restOfA, restOfB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restOfA.length <= 1 && restOfB.length <= 1) return true;
  return restOfA.length === 2 && restOfA[0] === restOfB[1] && restOfA[1] === restOfB[0];
}
