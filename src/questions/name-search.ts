import type { ClientIndex } from "./lexicon-index.ts";

/** A shorter beginning of a name fits too many words that are no names. */
const PREFIX_LENGTH_MIN = 4;

/** The clients with that word in their name, or, where none has it, with a word that begins so. */
export function clientsWith(index: ClientIndex, word: string): readonly number[] {
  const exact = index.byWord.get(word);
  if (exact !== undefined) return exact;
  if (word.length < PREFIX_LENGTH_MIN || /\d/.test(word)) return [];
  const found = new Set<number>();
  for (let at = lowerBound(index.words, word); index.words[at]?.startsWith(word); at += 1) {
    for (const position of index.byWord.get(index.words[at] ?? "") ?? []) found.add(position);
  }
  return [...found].sort((a, b) => a - b);
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What two ascending lists have in common. */
export function intersect(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a === b) return a;
  const both: number[] = [];
  for (let [left, right] = [0, 0]; left < a.length && right < b.length; ) {
    const [one, other] = [a[left] ?? 0, b[right] ?? 0];
    if (one === other) both.push(one);
    if (one <= other) left += 1;
    if (other <= one) right += 1;
  }
  return both;
}

/** What is in one of two ascending lists, ascending. */
export function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((one, other) => one - other);
}
