import { type InstrumentClass, isB3Class } from "./classes.ts";
import { canonical, isB3Code, isCurrency } from "./codes.ts";
import { ABROAD_ENTRIES } from "./table/abroad.ts";
import type { Entry } from "./table/entry.ts";
import { FUND_ENTRIES } from "./table/funds.ts";
import { MARKET_ENTRIES } from "./table/market.ts";
import { SHARE_ENTRIES } from "./table/shares.ts";
import { renamedCode } from "./ticker-changes.ts";

export { isB3Class };

/** What is known of an instrument without anybody having registered it. */
export interface InstrumentFacts {
  readonly code: string;
  readonly name: string;
  readonly class: InstrumentClass;
  readonly sector: string | null;
  /** ISO code of the currency it is quoted in; for an exchange rate the one that is paid. */
  readonly currency: string;
  readonly issuer: string | null;
  /** Null where Yahoo Finance has no prices of it. */
  readonly yahooSymbol: string | null;
  /** Other names people use for it, in lower case and with their accents. */
  readonly aliases: readonly string[];
  /** From the built-in table, or inferred from the code alone. */
  readonly origin: "builtin" | "inferred";
}

/** The instruments that need no row in an instruments file. */
export const BUILTIN_INSTRUMENTS: readonly InstrumentFacts[] = [
  ...SHARE_ENTRIES,
  ...FUND_ENTRIES,
  ...ABROAD_ENTRIES,
  ...MARKET_ENTRIES,
].map((entry: Entry) => ({ ...entry, origin: "builtin" }));

const BY_CODE: ReadonlyMap<string, InstrumentFacts> = new Map(
  BUILTIN_INSTRUMENTS.map((instrument) => [instrument.code, instrument]),
);

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...BUILTIN_INSTRUMENTS.flatMap(({ code, yahooSymbol }) =>
    yahooSymbol === null ? [] : [[yahooSymbol, code] as const],
  ),
  ["BVSP", "IBOV"],
  ["IBOVESPA", "IBOV"],
  ["INDICE BOVESPA", "IBOV"],
  ["IFIX.SA", "IFIX"],
  ["IGP-M", "IGPM"],
  ["S&P 500", "SP500"],
  ["S&P500", "SP500"],
]);

const CRYPTO: ReadonlySet<string> = new Set(
  BUILTIN_INSTRUMENTS.filter((instrument) => instrument.class === "cripto").map(({ code }) => code),
);

/**
 * The one spelling of a code as a file states it: what silver keeps; of a Tesouro bond its name with the year
 * (`TESOURO IPCA+ 2035`). Any other name that is no code (of a CDB) is kept in upper case, without accents and with
 * single spaces. Applying it twice changes nothing.
 * Codes that B3 has changed since stay as they are, so that the same row of a file is the same row for ever.
 *
 * @example statedCode("vvar3f") // "VVAR3"
 * @example statedCode("^BVSP") // "IBOV"
 */
export function statedCode(text: string): string {
  return canonical(text, { spellings: SPELLINGS, crypto: CRYPTO });
}

/**
 * The one code of today that all spellings and former codes of an instrument come to: what gold and questions go by.
 *
 * @example canonicalCode("petr4f") // "PETR4"
 * @example canonicalCode("VVAR3") // "BHIA3"
 */
export function canonicalCode(text: string): string {
  return renamedCode(statedCode(text));
}

/**
 * What is known of a code: from the built-in table, else inferred from how the code is written and from the
 * currency (ISO code) that its operations or prices state. What cannot be inferred has the class `desconhecida`.
 */
export function describeInstrument(code: string, currency?: string | null): InstrumentFacts {
  const canonicalText = canonicalCode(code);
  const builtin = BY_CODE.get(canonicalText);
  if (builtin === undefined) return inferred(canonicalText, currency ?? null);
  return builtin.class === "cripto" ? cryptoIn(builtin, currency ?? builtin.currency) : builtin;
}

/** A crypto asset is quoted in the currency it is paid with. */
function cryptoIn(instrument: InstrumentFacts, currency: string): InstrumentFacts {
  return { ...instrument, currency, yahooSymbol: `${instrument.code}-${currency}` };
}

type Inference = Pick<InstrumentFacts, "class" | "currency"> & Partial<InstrumentFacts>;

function inferred(code: string, currency: string | null): InstrumentFacts {
  const inference = inferCash(code) ??
    inferPair(code) ??
    inferOnB3(code) ??
    inferAbroad(code, currency) ??
    inferByName(code, currency) ?? { class: "desconhecida", currency: currency ?? "BRL" };
  return {
    code,
    name: code,
    sector: null,
    issuer: null,
    yahooSymbol: null,
    aliases: [],
    origin: "inferred",
    ...inference,
  };
}

/** How the codes of cash, and of shares abroad, are written. */
export const CASH_CODE = /^CAIXA-([A-Z]{3})$/;
export const ABROAD_CODE = /^[A-Z]{1,5}(?:[.-][A-Z])?$/;

function inferCash(code: string): Inference | null {
  const currency = CASH_CODE.exec(code)?.[1];
  return currency === undefined ? null : { class: "caixa", currency, name: `Caixa em ${currency}` };
}

function inferPair(code: string): Inference | null {
  const base = code.slice(0, 3);
  const paid = code.slice(3);
  if (!isCurrency(base) || !isCurrency(paid)) return null;
  return {
    class: "cambio",
    currency: paid,
    name: `${base}/${paid}`,
    yahooSymbol: base === "USD" ? `${paid}=X` : `${code}=X`,
  };
}

/** By the number that a B3 code ends in. An 11 that the table does not know is most likely a fund. */
function inferOnB3(code: string): Inference | null {
  if (!isB3Code(code)) return null;
  const suffix = code.slice(4);
  const byNumber = suffix === "11" ? "fii" : suffix.startsWith("3") && suffix.length === 2 ? "bdr" : "acao";
  return { class: byNumber, currency: "BRL", yahooSymbol: `${code}.SA` };
}

function inferAbroad(code: string, currency: string | null): Inference | null {
  if (currency !== "USD" || !ABROAD_CODE.test(code)) return null;
  return { class: "acao_exterior", currency, yahooSymbol: code.replace(".", "-") };
}

export const TREASURY = "Tesouro Nacional";

/** How the names of what has no code begin. */
export const BY_NAME: readonly (readonly [RegExp, InstrumentClass])[] = [
  [/^(?:TESOURO|LFT|LTN|NTN)(?![A-Z])/, "tesouro"],
  [/^CDB(?![A-Z])/, "cdb"],
  [/^LCI(?![A-Z])/, "lci"],
  [/^LCA(?![A-Z])/, "lca"],
  [/^CRI(?![A-Z])/, "cri"],
  [/^CRA(?![A-Z])/, "cra"],
  [/^(?:DEB|DEBENTURES?)(?![A-Z])/, "debenture"],
  [/^(?:PGBL|VGBL|PREVIDENCIA)(?![A-Z])/, "previdencia"],
  [/^(?:FUNDO|FIC|FIM|FIA|FIDC)(?![A-Z])/, "fundo"],
];

function inferByName(code: string, currency: string | null): Inference | null {
  const found = BY_NAME.find(([start]) => start.test(code))?.[1];
  if (found === undefined) return null;
  return { class: found, currency: currency ?? "BRL", issuer: found === "tesouro" ? TREASURY : null };
}
