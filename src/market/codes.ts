import { treasuryCode } from "./treasury.ts";

/**
 * One spelling for each instrument. People, B3 and Yahoo write the same one as `petr4`, `PETR4F` (its
 * fractional market, priced as the round lot) and `PETR4.SA`.
 */

/**
 * Four characters with at least two letters, and a number that says what kind of security it is.
 * `CDB13` is a deposit, while `LCAM3` is a share.
 */
export const B3_CODE =
  /^(?!(?:CDB|LC[AI]|CR[AI]|DEB|LFT|LTN|NTN)\d)(?=(?:\d?[A-Z]){2})[A-Z0-9]{4}(?:[3-8]|11|3[1-5]|39)$/;
const B3_SPELLING = /^([A-Z0-9]{5,6}?)(?:F?\.SA|F)$/;
const YAHOO_PAIR = /^([A-Z]{3})?([A-Z]{3})=X$/;
const WRITTEN_PAIR = /^([A-Z]{3})[/-]([A-Z]{3})$/;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
const CRYPTO_PAIR = /^([A-Z]{3,5}?)[/-]?(?:BRL|EUR|USDT?)$/;

/** Whether the text is written like a code that trades on B3 (`PETR4`, `TAEE11`, `M1TA34`). */
export function isB3Code(code: string): boolean {
  return B3_CODE.test(code);
}

/** Whether the text is an ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Names of instruments without accents, in upper case, with single spaces: `Tesouro  Selic` -> `TESOURO SELIC`. */
function plainUpper(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase().trim().replace(/\s+/g, " ");
}

/**
 * The canonical code, given what the built-in table knows: other spellings of its codes, and which are crypto.
 * What is no known spelling is kept, in upper case without accents.
 */
export function canonical(
  text: string,
  known: { readonly spellings: ReadonlyMap<string, string>; readonly crypto: ReadonlySet<string> },
): string {
  if (B3_CODE.test(text)) return text;
  const code = plainUpper(text);
  const spelling = known.spellings.get(code);
  if (spelling !== undefined) return spelling;
  const bond = treasuryCode(code);
  if (bond !== null) return bond;
  const onB3 = B3_SPELLING.exec(code)?.[1];
  if (onB3 !== undefined && B3_CODE.test(onB3)) return onB3;
  const coin = CRYPTO_PAIR.exec(code)?.[1];
  if (coin !== undefined && known.crypto.has(coin)) return coin;
  const [, base = "USD", quoted = ""] = YAHOO_PAIR.exec(code) ?? WRITTEN_PAIR.exec(code) ?? [];
  // Yahoo writes a currency against the dollar without naming the dollar: `CHF=X` is USD/CHF.
  return isCurrency(base) && isCurrency(quoted) ? `${base}${quoted}` : code;
}
