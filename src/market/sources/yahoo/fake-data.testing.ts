/** Bodies in the shape of recorded ones, for the fake Yahoo. */

export type Json = Record<string, unknown>;

/** A quote as Yahoo has it; `overrides` replace fields, and undefined removes them. */
export function fakeQuote(symbol: string, overrides: Json = {}): Json {
  return {
    language: "en-US",
    region: "US",
    quoteType: "EQUITY",
    triggerable: true,
    marketState: "REGULAR",
    currency: "BRL",
    exchangeTimezoneName: "America/Sao_Paulo",
    gmtOffSetMilliseconds: -7_200_000,
    exchangeDataDelayedBy: 15,
    regularMarketPrice: 41.88,
    regularMarketTime: 1_785_330_600,
    regularMarketPreviousClose: 41.21,
    symbol,
    ...overrides,
  };
}

export interface FakeChart {
  readonly symbol: string;
  /** Time in seconds, and close. */
  readonly bars: readonly (readonly [number, unknown])[];
  readonly meta?: Json;
  readonly splits?: readonly Json[];
  readonly dividends?: readonly Json[];
}

/** The body of a chart as Yahoo has it. The session of the head is 2026-07-29, 10:00 to 17:00 in São Paulo. */
export function fakeChart({ symbol, bars, meta = {}, splits = [], dividends = [] }: FakeChart): Json {
  const head = {
    currency: "BRL",
    symbol,
    instrumentType: "EQUITY",
    regularMarketTime: 1_785_345_000,
    gmtoffset: -7200,
    timezone: "BRST",
    exchangeTimezoneName: "America/Sao_Paulo",
    regularMarketPrice: 41.88,
    priceHint: 2,
    currentTradingPeriod: { regular: { timezone: "BRT", start: 1_785_330_000, end: 1_785_355_200 } },
    dataGranularity: "1d",
    range: "",
    ...meta,
  };
  const byTime = (events: readonly Json[]) =>
    events.length === 0
      ? undefined
      : Object.fromEntries(events.map((event) => [String(event["date"]), event]));
  const events = { splits: byTime(splits), dividends: byTime(dividends) };
  const series =
    bars.length === 0
      ? { indicators: { quote: [{}] } }
      : {
          timestamp: bars.map(([time]) => time),
          indicators: { quote: [{ close: bars.map(([, close]) => close) }] },
        };
  return { chart: { result: [{ meta: head, events, ...series }], error: null } };
}
