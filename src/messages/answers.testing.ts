import type { Answer, AnswerData, HoldingData, PerformanceData, SeriesPoint } from "../answers/answer.ts";
import { addDays } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type { Language, ParsedQuestion } from "../questions/question.ts";

/** Answers made by hand for the tests of this room: figures of an imagined client. */

const d = Decimal.parse;

export function sampleQuestion(intent: ParsedQuestion["intent"], language: Language): ParsedQuestion {
  return {
    intent,
    client: "cliente123",
    asset: null,
    period: { kind: "12m", from: "2025-11-21", to: "2026-11-20" },
    benchmark: null,
    direction: null,
    limit: null,
    grouping: null,
    language,
  };
}

export const sampleHolding: HoldingData = {
  client: "cliente123",
  clientName: "Ana Souza",
  asset: "PETR4",
  name: "Petrobras PN",
  class: "acao",
  sector: "Petróleo e gás",
  currency: "BRL",
  baseCurrency: "BRL",
  quantity: d("1250.00000000"),
  averageCost: d("31.33333333"),
  averageCostGross: d("31.29"),
  cost: d("39166.67"),
  costBase: d("39166.67"),
  price: d("38.12"),
  priceAt: "2026-11-20",
  priceSource: "arquivo",
  value: d("47650"),
  valueBase: d("47650"),
  unrealizedGain: d("8483.33"),
  unrealizedGainBase: d("8483.33"),
  unrealizedPercent: d("21.66"),
  realizedGain: d("-120.5"),
  realizedGainBase: d("-120.5"),
  fees: d("42.1"),
  feesBase: d("42.1"),
  income: d("1890"),
  incomeBase: d("1890"),
  dayChange: d("397.35"),
  dayChangePercent: d("0.84"),
  weightPercent: d("11.55"),
};

export const sampleForeign: HoldingData = {
  ...sampleHolding,
  asset: "AAPL",
  name: "Apple Inc.",
  class: "acao_exterior",
  currency: "USD",
  quantity: d("12.5"),
  averageCost: d("180.25"),
  price: d("190.1"),
  cost: d("2253.125"),
  costBase: d("11266.81"),
  value: d("2376.25"),
  valueBase: d("12908.22"),
  unrealizedGain: d("123.125"),
  unrealizedGainBase: d("1641.41"),
  dayChange: d("-88.4"),
  dayChangePercent: d("-0.68"),
  weightPercent: d("3.13"),
};

export const sampleUnpriced: HoldingData = {
  ...sampleHolding,
  asset: "CDB-BANCO-XYZ-2028",
  name: "CDB Banco XYZ 2028",
  class: "cdb",
  averageCost: null,
  averageCostGross: null,
  cost: null,
  costBase: null,
  price: null,
  priceAt: null,
  priceSource: null,
  value: null,
  valueBase: null,
  unrealizedGain: null,
  unrealizedGainBase: null,
  unrealizedPercent: null,
  realizedGain: null,
  realizedGainBase: null,
  dayChange: null,
  dayChangePercent: null,
  weightPercent: null,
};

/** A year of sessions, near enough for a picture: deterministic, with a dip and a gap in IBOV. */
export function sampleSeries(count = 252): readonly SeriesPoint[] {
  return Array.from({ length: count }, (_, at) => ({
    date: addDays("2025-11-20", Math.round((at * 365) / 252)),
    portfolio: d((at * 0.056 + Math.sin(at / 17) * 2.1).toFixed(4)),
    cdi: d((at * 0.0503).toFixed(4)),
    ibov: at > 100 && at < 106 ? null : d((at * 0.044 + Math.sin(at / 11) * 4).toFixed(4)),
    value: d("400000"),
  }));
}

export const samplePeriod = { kind: "12m", from: "2025-11-20", to: "2026-11-20", shortened: false };

export const sampleHeadline: Omit<PerformanceData, "series" | "gain"> = {
  client: "cliente123",
  clientName: "Ana Souza",
  baseCurrency: "BRL",
  period: samplePeriod,
  twrPercent: d("14.2"),
  skippedSessions: 0,
  xirrPercent: d("13.71"),
  benchmark: "CDI",
  benchmarkPercent: d("12.68"),
  differencePercent: d("1.52"),
  percentOfCdi: d("111.987"),
  cdiPercent: d("12.68"),
  ibovPercent: d("11.1"),
  ipcaPercent: d("4.31"),
  ipcaThrough: "2026-10",
};

export const sampleAllocation = [
  { key: "acao", value: d("180000"), weightPercent: d("43.65") },
  { key: "fii", value: d("90000.12"), weightPercent: d("21.82") },
  { key: "tesouro", value: d("80000"), weightPercent: d("19.4") },
  { key: "cripto", value: d("52380"), weightPercent: d("12.7") },
  { key: "bdr", value: d("5000"), weightPercent: d("1.21") },
  { key: "etf", value: d("5000"), weightPercent: d("1.21") },
];

const codes = [
  "VALE3",
  "ITUB4",
  "BBAS3",
  "WEGE3",
  "HGLG11",
  "KNRI11",
  "BOVA11",
  "BTC",
  "TESOURO-IPCA-2035",
  "ABEV3",
];

export const samplePortfolio = {
  client: "cliente123",
  clientName: "Ana Souza",
  baseCurrency: "BRL",
  value: d("412380.12"),
  cost: d("366100.55"),
  unrealizedGain: d("46279.57"),
  dayChange: d("3421.10"),
  dayChangePercent: d("0.84"),
  positions: [
    sampleUnpriced,
    sampleForeign,
    sampleHolding,
    ...codes.map((asset, at) => ({
      ...sampleHolding,
      asset,
      quantity: d(asset === "BTC" ? "0.12345678" : `${100 + at * 10}`),
      valueBase: d(`${40000 - at * 2500}.5`),
    })),
  ],
  allocation: sampleAllocation,
  unpriced: 1,
  headline: sampleHeadline,
  series: sampleSeries(),
  toCheck: null,
};

/** An answer that rests on every kind of source, with every kind of staleness, on a demo book. */
export function sampleAnswer(
  result: AnswerData,
  language: Language,
  change: Partial<ParsedQuestion> = {},
): Answer {
  return {
    status: "ok",
    session: null,
    question: { ...sampleQuestion(result.intent, language), ...change },
    asOf: "2026-11-20",
    sources: [
      { source: "arquivo", of: "prices", at: "2026-11-20", delayMinutes: null },
      { source: "bcb", of: "fx", at: "2026-11-20", delayMinutes: null },
      { source: "bcb", of: "CDI", at: "2026-11-20", delayMinutes: null },
      { source: "arquivo", of: "IBOV", at: "2026-11-19", delayMinutes: null },
      { source: "bcb", of: "IPCA", at: "2026-10-01", delayMinutes: null },
    ],
    stale: [
      { asset: "CDB-BANCO-XYZ-2028", priceAt: null, reason: "missing" },
      { asset: "OIBR3", priceAt: "2026-11-03", reason: "old" },
      { asset: "XPTO11", priceAt: "2026-06-01", reason: "operation_price" },
    ],
    demo: true,
    result,
  };
}
