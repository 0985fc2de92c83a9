import { CUE_WORDS, type Cue } from "./cue-words.ts";
import { PhraseBook, phrasesOf } from "./phrases.ts";
import { ENGLISH_WORDS, PORTUGUESE_WORDS } from "./plain-words.ts";
import type { Sheet } from "./sheet.ts";
import { fold } from "./text.ts";

const book = new PhraseBook<Cue[]>();
for (const cue of Object.keys(CUE_WORDS) as Cue[]) {
  for (const words of phrasesOf(CUE_WORDS[cue])) {
    book.set(words, [...(book.get(words.join(" ")) ?? []), cue]);
  }
}

const plain: ReadonlySet<string> = new Set(fold(`${PORTUGUESE_WORDS} ${ENGLISH_WORDS}`).trim().split(/\s+/));

/** Every word of the grammar that tells what is asked, for `spelling.ts`. */
export function cueWords(): string[] {
  return [...book.entries()].map(([phrase]) => phrase).filter((phrase) => !phrase.includes(" "));
}

/** What a single word tells; empty when it tells nothing. */
export function cuesOf(word: string): readonly Cue[] {
  return book.get(word) ?? [];
}

/** Whether the word belongs to the grammar, so that it is no name unless it stands where only a name can. */
export function isOrdinaryWord(word: string): boolean {
  return plain.has(word) || book.get(word) !== undefined;
}

/** The cues of a text, and where they stand. */
export class CueReading {
  readonly #found = new Set<Cue>();
  readonly #at: (readonly Cue[])[] = [];

  note(at: number, length: number, cues: readonly Cue[]): void {
    for (const cue of cues) this.#found.add(cue);
    for (let index = at; index < at + length; index += 1) this.#at[index] = cues;
  }

  /** Whether one of these cues is in the text. */
  has(...cues: readonly Cue[]): boolean {
    return cues.some((cue) => this.#found.has(cue));
  }

  /** The cues that the token at a position is part of. */
  at(position: number): readonly Cue[] {
    return this.#at[position] ?? [];
  }
}

/** Takes the words that tell what is asked, longest phrases first, and the words that tell nothing. */
export function takeCues(sheet: Sheet): CueReading {
  const reading = new CueReading();
  for (let at = 0; at < sheet.length; ) {
    const hit = book.at(sheet.words, at, (length) => sheet.isFree(at, length));
    if (hit !== null) {
      reading.note(at, hit.length, hit.value);
      sheet.take(at, hit.length, "cue");
    } else if (sheet.isFree(at) && plain.has(sheet.word(at))) {
      sheet.take(at, 1, "filler");
    }
    at += hit?.length ?? 1;
  }
  return reading;
}
