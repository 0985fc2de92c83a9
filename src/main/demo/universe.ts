import type { DemoInstrument, Group, Loadings, Payout } from "./instrument.ts";

/**
 * What the demo's clients may hold, at the price levels of the demo's start, and what moves each price.
 * The figures are made up after what such securities look like; none is a record of the market.
 */

const UNIT_E8 = 100_000_000;

type Equity = readonly [
  code: string,
  start: number,
  beta: number,
  own: number,
  drift: number,
  payout?: Payout,
];

function quarterly(type: "dividendo" | "jcp", first: number, yieldEach: number): Payout {
  return { type, every: 3, first, yield: yieldEach, tax: type === "jcp" ? 0.15 : 0 };
}

function monthly(yieldEach: number): Payout {
  return { type: "rendimento", every: 1, first: 1, yield: yieldEach, tax: 0 };
}

function onB3(group: Group, loading: "market" | "abroad", rows: readonly Equity[]): DemoInstrument[] {
  return rows.map(([code, start, beta, own, drift, payout]) => ({
    code,
    group,
    currency: "BRL",
    start,
    decimals: 2,
    stepE8: UNIT_E8,
    loadings: loading === "market" ? { market: beta } : { abroad: beta, dollar: 1 },
    drift,
    own,
    ...(payout === undefined ? {} : { payout }),
  }));
}

const SHARES = onB3("acao", "market", [
  ["PETR4", 37.2, 1.1, 0.013, 0.05, quarterly("dividendo", 2, 0.026)],
  ["VALE3", 58.4, 0.9, 0.014, 0.07, quarterly("jcp", 3, 0.019)],
  ["ITUB4", 33.6, 1, 0.008, 0.16, quarterly("jcp", 1, 0.014)],
  ["BBDC4", 13.1, 1.1, 0.012, 0.14, quarterly("jcp", 2, 0.017)],
  ["BBAS3", 25.8, 1.05, 0.012, 0.02, quarterly("jcp", 3, 0.02)],
  ["WEGE3", 53.9, 0.6, 0.014, 0.1, quarterly("jcp", 3, 0.004)],
  ["ABEV3", 12.9, 0.5, 0.01, 0.06, quarterly("dividendo", 1, 0.012)],
  ["B3SA3", 10.4, 1.25, 0.014, 0.15, quarterly("jcp", 1, 0.01)],
  ["ITSA4", 10.1, 0.95, 0.007, 0.13, quarterly("jcp", 2, 0.016)],
  ["TAEE11", 33.9, 0.4, 0.008, 0.04, quarterly("dividendo", 2, 0.022)],
  ["BPAC11", 31.7, 1.3, 0.013, 0.2],
  ["RENT3", 38.3, 1.4, 0.018, 0.05, quarterly("jcp", 1, 0.009)],
  ["EQTL3", 30.9, 0.6, 0.009, 0.11],
  ["SUZB3", 59.6, 0.4, 0.014, 0.02],
  ["PRIO3", 41.8, 0.9, 0.019, 0.08],
  ["RADL3", 24.7, 0.7, 0.016, -0.02, quarterly("jcp", 3, 0.004)],
  ["LREN3", 14.6, 1.4, 0.017, 0.03, quarterly("jcp", 1, 0.012)],
  ["SBSP3", 93.5, 0.8, 0.011, 0.18],
  ["EGIE3", 38.9, 0.5, 0.008, 0.05, quarterly("dividendo", 2, 0.015)],
  ["GGBR4", 18.9, 0.9, 0.014, 0.04, quarterly("dividendo", 3, 0.01)],
  ["MGLU3", 9.4, 1.9, 0.03, -0.05],
]);

const FUNDS_OF_PROPERTY = onB3("fii", "market", [
  ["HGLG11", 157.8, 0.2, 0.005, 0.01, monthly(0.007)],
  ["KNRI11", 139.5, 0.2, 0.005, 0.02, monthly(0.0071)],
  ["MXRF11", 9.62, 0.15, 0.004, 0, monthly(0.0103)],
  ["XPML11", 104.2, 0.25, 0.006, 0.01, monthly(0.0088)],
  ["KNCR11", 103.9, 0.08, 0.003, 0.01, monthly(0.0098)],
  ["VISC11", 101.3, 0.25, 0.006, 0.02, monthly(0.0079)],
  ["BTLG11", 98.7, 0.2, 0.005, 0.03, monthly(0.008)],
]);

const INDEX_FUNDS = [
  ...onB3("etf", "market", [
    ["BOVA11", 124.6, 1, 0.0008, 0.12],
    ["SMAL11", 96.3, 1.2, 0.005, 0.06],
  ]),
  ...onB3("etf", "abroad", [["IVVB11", 352.4, 1, 0.001, 0.12]]),
];

type Foreign = readonly [code: string, start: number, beta: number, own: number, payout?: Payout];

const US_SHARES: readonly Foreign[] = [
  ["AAPL", 229.9, 1.1, 0.011, { type: "dividendo", every: 3, first: 2, yield: 0.0011, tax: 0.3 }],
  ["MSFT", 417.8, 1, 0.01, { type: "dividendo", every: 3, first: 3, yield: 0.0018, tax: 0.3 }],
  ["NVDA", 141.6, 1.7, 0.019],
];

const ABROAD: readonly DemoInstrument[] = US_SHARES.map(([code, start, beta, own, payout]) => ({
  code,
  group: "exterior",
  currency: "USD",
  start,
  decimals: 2,
  stepE8: UNIT_E8,
  loadings: { abroad: beta },
  drift: 0.15,
  own,
  ...(payout === undefined ? {} : { payout }),
}));

function receipt(code: string, of: string, ratio: number): DemoInstrument {
  return {
    code,
    group: "bdr",
    currency: "BRL",
    start: 0,
    decimals: 2,
    stepE8: UNIT_E8,
    loadings: {},
    drift: 0,
    own: 0.001,
    tracks: { code: of, ratio },
  };
}

const RECEIPTS = [
  receipt("AAPL34", "AAPL", 1 / 20),
  receipt("MSFT34", "MSFT", 1 / 24),
  receipt("NVDC34", "NVDA", 1 / 48),
];

type Bond = readonly [
  code: string,
  name: string,
  start: number,
  loadings: Loadings,
  own: number,
  aliases: string,
];

const BONDS: readonly Bond[] = [
  ["TESOURO SELIC 2029", "Tesouro Selic 2029", 15_640.31, { cdi: 1.002 }, 0.00001, "selic 2029"],
  [
    "TESOURO IPCA+ 2035",
    "Tesouro IPCA+ 2035",
    2264.17,
    { realYield: 1, duration: 9.5 },
    0.0004,
    "ipca 2035|ipca+ 2035",
  ],
  [
    "TESOURO PREFIXADO 2029",
    "Tesouro Prefixado 2029",
    617.52,
    { cdi: 0.96, duration: 3 },
    0.0006,
    "pré 2029",
  ],
];

const TREASURY: readonly DemoInstrument[] = BONDS.map(([code, name, start, loadings, own, aliases]) => ({
  code,
  group: "tesouro",
  currency: "BRL",
  start,
  decimals: 2,
  stepE8: UNIT_E8 / 100,
  loadings,
  drift: 0,
  own,
  registered: { name, class: "tesouro", sector: "Renda Fixa", issuer: "Tesouro Nacional", aliases },
}));

type Paper = readonly [
  code: string,
  name: string,
  instrumentClass: string,
  percentOfCdi: number,
  issuer: string,
];

const PAPERS: readonly Paper[] = [
  ["CDB HORIZONTE 112 CDI", "CDB Banco Horizonte 112% CDI", "cdb", 112, "Banco Horizonte"],
  ["CDB MANTIQUEIRA 105 CDI", "CDB Banco Mantiqueira 105% CDI", "cdb", 105, "Banco Mantiqueira"],
  ["LCI ALVORADA 94 CDI", "LCI Banco Alvorada 94% CDI", "lci", 94, "Banco Alvorada"],
  ["LCA CERRADO 93 CDI", "LCA Banco Cerrado 93% CDI", "lca", 93, "Banco Cerrado"],
];

const BANK_PAPER: readonly DemoInstrument[] = PAPERS.map(([code, name, instrumentClass, rate, issuer]) => ({
  code,
  group: "bancario",
  currency: "BRL",
  start: 1000,
  decimals: 6,
  stepE8: UNIT_E8,
  loadings: { cdi: rate / 100 },
  drift: 0,
  own: 0,
  terms: { indexer: "CDI", rate, maturity: "15/12/2029", issuer },
  registered: {
    name,
    class: instrumentClass,
    sector: "Renda Fixa",
    issuer,
    aliases: name.split(" ").slice(0, 3).join(" ").toLowerCase(),
  },
}));

const FUND: DemoInstrument = {
  code: "FUNDO ATLANTICO FIM",
  group: "fundo",
  currency: "BRL",
  start: 2.384517,
  decimals: 6,
  stepE8: UNIT_E8 / 10_000,
  loadings: { cdi: 0.85, market: 0.2 },
  drift: 0.01,
  own: 0.0015,
  registered: {
    name: "Atlântico Multimercado FIC FIM",
    class: "fundo",
    sector: "Multimercado",
    issuer: "Atlântico Gestora",
    aliases: "atlântico|fundo atlântico",
  },
};

const COINS: readonly (readonly [code: string, start: number, beta: number, own: number])[] = [
  ["BTC", 548_300, 1, 0.008],
  ["ETH", 19_150, 1.25, 0.016],
  ["SOL", 1390, 1.4, 0.024],
];

const CRYPTO: readonly DemoInstrument[] = COINS.map(([code, start, beta, own]) => ({
  code,
  group: "cripto",
  currency: "BRL",
  start,
  decimals: 2,
  stepE8: UNIT_E8 / 1_000_000,
  loadings: { crypto: beta, dollar: 1 },
  drift: 0.12,
  own,
}));

/** Every instrument of the demo; what tracks another comes after it. */
export const UNIVERSE: readonly DemoInstrument[] = [
  ...SHARES,
  ...FUNDS_OF_PROPERTY,
  ...INDEX_FUNDS,
  ...ABROAD,
  ...RECEIPTS,
  ...TREASURY,
  ...BANK_PAPER,
  FUND,
  ...CRYPTO,
];

/** Splits and bonus shares: month of the demo (0 = first) and session of that month. */
export const CORPORATE_ACTIONS = [
  { code: "WEGE3", type: "desdobramento", month: 11, session: 8, oldUnits: 1, newUnits: 2 },
  { code: "ITSA4", type: "bonificacao", month: 15, session: 10, oldUnits: 20, newUnits: 21, costE2: 1792 },
] as const;
