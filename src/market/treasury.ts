/**
 * The bonds of Tesouro Direto under one name each: the one that the Treasury sells them by, kind and year, as in
 * `TESOURO IPCA+ 2035`. B3's exports and brokers write the same bond by the older names of the papers, too
 * (`NTN-B Principal 2035`, `LFT 01/03/2029`); the pairs are in the Treasury's own table of them
 * (tesourodireto.com.br, "Conheça todos os títulos do Tesouro Direto").
 */

/** Each kind's name, and what else it is called, compared without spaces and punctuation. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "TESOURO SELIC": ["LFT"],
  "TESOURO PREFIXADO": ["TESOURO PRE", "LTN"],
  "TESOURO PREFIXADO COM JUROS SEMESTRAIS": [
    "TESOURO PREFIXADO C/ JUROS SEMESTRAIS",
    "TESOURO PREFIXADO JUROS SEMESTRAIS",
    "NTN-F",
  ],
  "TESOURO IPCA+": ["NTN-B PRINCIPAL", "NTN-B PRINC", "NTN-B P"],
  "TESOURO IPCA+ COM JUROS SEMESTRAIS": [
    "TESOURO IPCA+ C/ JUROS SEMESTRAIS",
    "TESOURO IPCA+ JUROS SEMESTRAIS",
    "NTN-B",
  ],
  "TESOURO IGPM+ COM JUROS SEMESTRAIS": [
    "TESOURO IGPM+ C/ JUROS SEMESTRAIS",
    "TESOURO IGPM+ JUROS SEMESTRAIS",
    "NTN-C",
  ],
  // Both are NTN-B1, which therefore names neither.
  "TESOURO RENDA+ APOSENTADORIA EXTRA": ["TESOURO RENDA+"],
  "TESOURO EDUCA+": [],
};

/** Named by the year in which they begin to pay, while a date written behind them is that of the last payment. */
const NAMED_BY_CONVERSION: ReadonlySet<string> = new Set([
  "TESOURO RENDA+ APOSENTADORIA EXTRA",
  "TESOURO EDUCA+",
]);

const BY_SPELLING: ReadonlyMap<string, string> = new Map(
  Object.entries(KINDS).flatMap(([kind, others]) =>
    [kind, ...others].map((spelling) => [spellingOf(spelling), kind] as const),
  ),
);

/** Kind, day and month of maturity, year, and the paper's old name in brackets. */
const BOND = /^(\D+?)[ -]*(\d{2}[/.-]\d{2}[/.-])?(20\d{2})(?: ?\(([^()\d]+)\))?$/;

/**
 * The name of a bond, or null where the text is none that is known for sure.
 *
 * @param text in upper case, without accents, with single spaces
 * @example treasuryCode("NTN-B PRINCIPAL 2035") // "TESOURO IPCA+ 2035"
 */
export function treasuryCode(text: string): string | null {
  const [, name = "", date, year, paper] = BOND.exec(text) ?? [];
  const kind = BY_SPELLING.get(spellingOf(name));
  if (kind === undefined || year === undefined) return null;
  if (date !== undefined && NAMED_BY_CONVERSION.has(kind)) return null;
  // Two names that contradict each other are two bonds.
  if (paper !== undefined && BY_SPELLING.get(spellingOf(paper)) !== kind) return null;
  return `${kind} ${year}`;
}

function spellingOf(name: string): string {
  return name.replace(/[^A-Z]/g, "").replace(/^TESOURODIRETO/, "TESOURO");
}
