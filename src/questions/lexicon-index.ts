import { PhraseBook } from "./phrases.ts";
import type { Lexicon } from "./question.ts";
import { clean, fold, wordsOf } from "./text.ts";

type Clients = Lexicon["clients"];
type Instruments = Lexicon["instruments"];

/** The clients of a lexicon by everything they can be called. Values are positions in `list`, ascending. */
export interface ClientIndex {
  readonly list: Clients;
  /** By the folded id. */
  readonly byId: ReadonlyMap<string, readonly number[]>;
  /** Number of words of the longest id. */
  readonly idWordsMax: number;
  readonly byName: PhraseBook<number[]>;
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  /** The words of all names, sorted, for prefixes. */
  readonly words: readonly string[];
}

/** The instruments of a lexicon by code, name and alias: the codes that a phrase may mean. */
export interface AssetIndex {
  readonly codes: ReadonlySet<string>;
  readonly byPhrase: PhraseBook<string[]>;
}

// Held by the arrays and not by the lexicon, so that a new lexicon with the same instruments reuses their index.
const clientIndexes = new WeakMap<Clients, ClientIndex>();
const assetIndexes = new WeakMap<Instruments, AssetIndex>();

/** The index of a lexicon's clients, built once. The array must not change afterwards. */
export function clientIndexOf(lexicon: Lexicon): ClientIndex {
  const known = clientIndexes.get(lexicon.clients);
  if (known !== undefined) return known;
  const index = indexClients(lexicon.clients);
  clientIndexes.set(lexicon.clients, index);
  return index;
}

/** The index of a lexicon's instruments, built once. The array must not change afterwards. */
export function assetIndexOf(lexicon: Lexicon): AssetIndex {
  const known = assetIndexes.get(lexicon.instruments);
  if (known !== undefined) return known;
  const index = indexAssets(lexicon.instruments);
  assetIndexes.set(lexicon.instruments, index);
  return index;
}

/** Whether the lexicon has a client with exactly that id. */
export function hasClient(lexicon: Lexicon, id: string): boolean {
  const { byId, list } = clientIndexOf(lexicon);
  return (byId.get(fold(clean(id))) ?? []).some((position) => list[position]?.id === id);
}

function indexClients(list: Clients): ClientIndex {
  const byId = new Map<string, number[]>();
  const byName = new PhraseBook<number[]>();
  const byWord = new Map<string, number[]>();
  let idWordsMax = 1;
  for (const [position, client] of list.entries()) {
    push(byId, fold(clean(client.id)), position);
    idWordsMax = Math.max(idWordsMax, wordsOf(client.id).length);
    const words = wordsOf(client.name);
    const same = byName.get(words.join(" "));
    if (same === undefined) byName.set(words, [position]);
    else same.push(position);
    for (const word of new Set(words)) push(byWord, word, position);
  }
  return { list, byId, idWordsMax, byName, byWord, words: [...byWord.keys()].sort() };
}

function indexAssets(list: Instruments): AssetIndex {
  const codes = new Set(list.map(({ code }) => code));
  const byPhrase = new PhraseBook<string[]>();
  for (const { code, name, aliases } of list) {
    for (const phrase of [name, ...aliases]) addAsset(byPhrase, wordsOf(phrase), code);
  }
  // A code means itself, whatever else goes by the same name.
  for (const code of codes) byPhrase.set(wordsOf(code), [code]);
  return { codes, byPhrase };
}

function addAsset(book: PhraseBook<string[]>, words: readonly string[], code: string): void {
  const same = book.get(words.join(" "));
  if (same === undefined) book.set(words, [code]);
  else if (!same.includes(code)) same.push(code);
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
