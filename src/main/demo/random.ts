/**
 * Reproducible chance: a stream of numbers that depends only on its key. It is made of integer operations,
 * additions and products alone, so that every machine and every version of Node draws the same ones.
 */
export interface Random {
  /** 0 <= n < 1. */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Nearly normal, mean 0 and standard deviation 1: the sum of six uniform numbers, never beyond 4.3. */
  normal(): number;
  /** One of the list, which must not be empty. */
  pick<T>(list: readonly T[]): T;
}

export function randomOf(...key: readonly (string | number)[]): Random {
  let state = hash(key.join("/"));
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    normal: () => (next() + next() + next() + next() + next() + next() - 3) * Math.SQRT2,
    pick: (list) => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new RangeError("nothing to pick from");
      return chosen;
    },
  };
}

/** A bijection of 32-bit integers without visible pattern (after C. Wellons, "Prospecting for Hash Functions"). */
function mix(value: number): number {
  let z = value;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** FNV-1a over UTF-16 units, mixed once more so that keys that differ in one letter start far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return mix(value) | 0;
}
