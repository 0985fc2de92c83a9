import type { Cue } from "./cue-words.ts";
import { type CueReading, isOrdinaryWord } from "./cues.ts";
import type { AssetIndex } from "./lexicon-index.ts";
import type { Sheet } from "./sheet.ts";

/** A place of the text that may mean an instrument. */
export interface AssetMention {
  readonly at: number;
  readonly length: number;
  /** Canonical codes it may mean, at least one. */
  readonly codes: readonly string[];
}

/** B3's tickers: four letters (in BDRs the second may be a digit) and the number of the kind of share. */
const B3_CODE = /^(?:[a-z]{4}|[a-z]\d[a-z]{2})(?:[3-8]|1[1-3]|3[1-9])$/;
const PAIR = /^([a-z]{3})brl$/;
const PAIR_LIKE = new Set("usd eur gbp chf jpy cad aud ars mxn cny clp".split(" "));

/** What everybody calls exchange rates, whether or not a file registers them. */
const MARKET_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dolar: "USDBRL",
    dolares: "USDBRL",
    dollar: "USDBRL",
    usd: "USDBRL",
    euro: "EURBRL",
    eur: "EURBRL",
  }),
);

/** Before these words and after them a number counts something else: `vale 3 meses` is not VALE3. */
const COUNTED =
  /^(?:dias?|semanas?|mes|meses|anos?|trimestres?|semestres?|maiores|melhores|piores|months?|years?)$/;

/** Words after which a name that is also an ordinary word, or a very short one, means an instrument. */
const LEADS = new Set(
  "de da do em na no nas nos com e tem teem tenho temos possui acao acoes papel papeis ativo ticker of in".split(
    " ",
  ),
);
const LEADING_CUES: ReadonlySet<Cue> = new Set<Cue>([
  "quote",
  "standing",
  "average",
  "amount",
  "have",
  "income",
  "history",
  "condition",
  "warn",
]);

/** Whether the code is an exchange rate or an index: quoted, never held. */
export function isMarketCode(code: string): boolean {
  return code === "IBOV" || code === "CDI" || code === "IPCA" || PAIR.test(code.toLowerCase());
}

/** Takes names of several words (`banco do brasil`, `tesouro ipca 2035`): they mean an instrument anywhere. */
export function takeLongNames(sheet: Sheet, index: AssetIndex): AssetMention[] {
  return takeAll(sheet, (at) => longName(sheet, index, at));
}

/** Takes tickers: they mean an instrument wherever they stand. */
export function takeCodes(sheet: Sheet, index: AssetIndex): AssetMention[] {
  return takeAll(sheet, (at) => codeAt(sheet, index, at));
}

function takeAll(sheet: Sheet, read: (at: number) => AssetMention | null): AssetMention[] {
  const found: AssetMention[] = [];
  for (let at = 0; at < sheet.length; at += 1) {
    const mention = read(at);
    if (mention === null || !sheet.isFree(at, mention.length)) continue;
    sheet.take(at, mention.length, "asset");
    found.push(mention);
    at += mention.length - 1;
  }
  return found;
}

/** The names of one word that are still free (`vale`, `petrobras`, `dólar`); the caller decides who takes them. */
export function findNames(sheet: Sheet, index: AssetIndex, cues: CueReading): AssetMention[] {
  const found: AssetMention[] = [];
  for (let at = 0; at < sheet.length; at += 1) {
    const market = MARKET_WORDS.get(sheet.word(at));
    const codes = index.byPhrase.get(sheet.word(at)) ?? (market === undefined ? undefined : [market]);
    if (codes === undefined || !isFreeForName(sheet, at, cues)) continue;
    if (isNameHere(sheet, at, cues)) found.push({ at, length: 1, codes });
  }
  return found;
}

/** A ticker of B3 or of the lexicon: `petr4`, `PETR4F`, `petr4.sa`, `aapl`, `usd/brl`, spoken `petr 4`. */
function codeAt(sheet: Sheet, index: AssetIndex, at: number): AssetMention | null {
  const word = sheet.word(at);
  const next = sheet.token(at + 1);
  if (next?.text === "brl" && next.glue !== "" && PAIR_LIKE.has(word)) {
    return { at, length: 2, codes: [`${word}brl`.toUpperCase()] };
  }
  const code = canonicalCode(word, index);
  if (code !== null) {
    const suffix = next?.text === "sa" && next.glue === "." ? 1 : 0;
    const codes = index.codes.has(code) ? [code] : (index.byPhrase.get(code.toLowerCase()) ?? [code]);
    return sheet.standsAlone(at, 1 + suffix) ? { at, length: 1 + suffix, codes } : null;
  }
  const spoken = /^[a-z]{4}$/.test(word) && /^\d{1,2}$/.test(next?.text ?? "") ? `${word}${next?.text}` : "";
  const known = index.byPhrase.get(spoken);
  return known === undefined || COUNTED.test(sheet.word(at + 2)) ? null : { at, length: 2, codes: known };
}

/**
 * The canonical code that a word is, null where it is none: round lot for the fractional market (`PETR4F`),
 * codes of the lexicon as they are, B3's tickers by their form, pairs with the real.
 */
function canonicalCode(word: string, index: AssetIndex): string | null {
  const roundLot = word.length > 5 && word.endsWith("f") ? word.slice(0, -1) : word;
  const upper = word.toUpperCase();
  if (index.codes.has(upper) && !isOrdinaryWord(word) && word.length > 2) return upper;
  if (B3_CODE.test(roundLot)) return roundLot.toUpperCase();
  return PAIR.test(word) && PAIR_LIKE.has(word.slice(0, 3)) ? upper : null;
}

/** A code, name or alias of several words: `tesouro selic 2029`, `banco do brasil`, `brk.b`. */
function longName(sheet: Sheet, index: AssetIndex, at: number): AssetMention | null {
  const hit = index.byPhrase.at(sheet.words, at, (length) => length > 1 && sheet.isFree(at, length));
  return hit && { at, length: hit.length, codes: hit.value };
}

/** A word that tells what is asked is no name; a greeting may be one (`quem tem oi`). */
function isFreeForName(sheet: Sheet, at: number, cues: CueReading): boolean {
  const role = sheet.role(at);
  return role === null || role === "filler" || (role === "cue" && cues.at(at).join() === "hello");
}

/** Whether a name that is a word of every day too means an instrument where it stands. */
function isNameHere(sheet: Sheet, at: number, cues: CueReading): boolean {
  const word = sheet.word(at);
  const doubtful = isOrdinaryWord(word) || EVERYDAY.has(word) || word.length <= 2;
  if (!doubtful) return true;
  const before = sheet.word(at - 1);
  if (/^[aeo]$/.test(word) || sheet.role(at) === "filler") {
    // "Quanto tem de ALL": what is held or quoted comes here, and nothing else.
    const awaited = /^(?:de|em|of|in)$/.test(before) && cues.at(at - 2).some((cue) => LEADING_CUES.has(cue));
    return awaited || /^(?:acao|papel|ativo|ticker|stock)$/.test(before) || isSecondArgument(sheet, at);
  }
  // "Vale, obrigado", "oi, como está…": a greeting goes before a sentence.
  if (at === 0 && sheet.role(at) === null) return !(sheet.token(1)?.afterPause ?? false);
  if (/^(?:a|o)$/.test(before)) return true;
  return (
    LEADS.has(before) || cues.at(at - 1).some((cue) => LEADING_CUES.has(cue)) || isSecondArgument(sheet, at)
  );
}

/** `/carteira cliente123 vale`: the last word of a command, right after the client. */
function isSecondArgument(sheet: Sheet, at: number): boolean {
  return sheet.text.command !== null && at === sheet.length - 1 && sheet.role(at - 1) === "client";
}

/** Companies whose names are words of every day. */
const EVERYDAY = new Set(
  `vale oi gol azul rumo meta light positivo natura inter plano rede ouro prata mais alfa tenda porto santos
   unidas movida localiza even target visa ford block apple banco energia brasil casas stone shell cruzeiro
   track real caixa espaco ser via cea nu pan tim vivo moura marisa renner hering taurus schulz`.split(/\s+/),
);

/** Whether the word is one of every day that some company is called by. */
export function isEverydayWord(word: string): boolean {
  return EVERYDAY.has(word);
}
