/** A dictionary of phrases of one or more words, found at a position of a text, the longest first. */
export class PhraseBook<T> {
  readonly #values = new Map<string, T>();
  /** Number of words of the longest phrase that begins with a word. */
  readonly #longest = new Map<string, number>();

  set(words: readonly string[], value: T): void {
    const [first] = words;
    if (first === undefined) return;
    this.#values.set(words.join(" "), value);
    this.#longest.set(first, Math.max(words.length, this.#longest.get(first) ?? 0));
  }

  get(phrase: string): T | undefined {
    return this.#values.get(phrase);
  }

  /** The longest phrase at a position for which `fits` holds. */
  at(
    words: readonly string[],
    position: number,
    fits: (length: number, value: T) => boolean = () => true,
  ): { readonly value: T; readonly length: number } | null {
    const longest = this.#longest.get(words[position] ?? "") ?? 0;
    for (let length = Math.min(longest, words.length - position); length > 0; length -= 1) {
      const value = this.#values.get(words.slice(position, position + length).join(" "));
      if (value !== undefined && fits(length, value)) return { value, length };
    }
    return null;
  }

  entries(): IterableIterator<[string, T]> {
    return this.#values.entries();
  }
}

/** Splits a list as the vocabularies are written: phrases between commas, words between spaces. */
export function phrasesOf(list: string): string[][] {
  return list
    .split(",")
    .map((phrase) => phrase.trim().split(/\s+/))
    .filter(([first]) => first !== "");
}
