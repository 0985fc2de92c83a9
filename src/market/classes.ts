/** The classes of the instruments contract, as its `classe` column writes them. */
export const INSTRUMENT_CLASSES = [
  "acao",
  "fii",
  "etf",
  "bdr",
  "acao_exterior",
  "tesouro",
  "cdb",
  "lci",
  "lca",
  "debenture",
  "cri",
  "cra",
  "fundo",
  "previdencia",
  "cripto",
  "caixa",
] as const;

/** Beside the contract's classes: exchange rates, indices, and what nobody has registered yet. */
export type InstrumentClass = (typeof INSTRUMENT_CLASSES)[number] | "cambio" | "indice" | "desconhecida";

const TRADED_ON_B3: ReadonlySet<string> = new Set(["acao", "fii", "etf", "bdr"]);

/** Whether the class trades on B3: day-trade rules and B3's calendar apply to it. */
export function isB3Class(instrumentClass: string): boolean {
  return TRADED_ON_B3.has(instrumentClass);
}

/** What is worth what its own terms make of it: deposits and letters of banks (docs/money.md, rule 15). */
export const CURVE_CLASSES = ["cdb", "lci", "lca"] as const satisfies readonly InstrumentClass[];

/** What is worth its market price, and shows the curve of its purchase beside it where the operations state terms. */
export const BESIDE_CURVE_CLASSES = [
  "tesouro",
  "debenture",
  "cri",
  "cra",
] as const satisfies readonly InstrumentClass[];
