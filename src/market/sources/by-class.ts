import type { InstrumentClass } from "../classes.ts";

/** Where the price of a kind of instrument comes from. A price file may always add to it: the newest valid price wins. */
export interface ClassSources {
  /** Trades while the market is open. */
  readonly live: "yahoo_quote" | null;
  /** The close of each day. */
  readonly daily: "yahoo_chart" | "bcb_ptax" | "curve" | "file" | null;
}

/** The sources of every class, in one place. Which of several prices counts is docs/money.md, rule 5. */
export const SOURCES: Readonly<Record<InstrumentClass, ClassSources>> = {
  acao: { live: "yahoo_quote", daily: "yahoo_chart" },
  fii: { live: "yahoo_quote", daily: "yahoo_chart" },
  etf: { live: "yahoo_quote", daily: "yahoo_chart" },
  bdr: { live: "yahoo_quote", daily: "yahoo_chart" },
  acao_exterior: { live: "yahoo_quote", daily: "yahoo_chart" },
  cripto: { live: "yahoo_quote", daily: "yahoo_chart" },
  // The daily rate is the PTAX of the central bank; Yahoo's only moves it while the market is open.
  cambio: { live: "yahoo_quote", daily: "bcb_ptax" },
  indice: { live: "yahoo_quote", daily: "yahoo_chart" },
  cdb: { live: null, daily: "curve" },
  lci: { live: null, daily: "curve" },
  lca: { live: null, daily: "curve" },
  tesouro: { live: null, daily: "file" },
  debenture: { live: null, daily: "file" },
  cri: { live: null, daily: "file" },
  cra: { live: null, daily: "file" },
  fundo: { live: null, daily: "file" },
  previdencia: { live: null, daily: "file" },
  caixa: { live: null, daily: null },
  desconhecida: { live: null, daily: "file" },
};

/** Indices that the central bank publishes as series of rates; all others have a level on Yahoo, or come from files. */
export const BCB_INDICES = ["CDI", "SELIC", "IPCA", "IGPM"] as const;
