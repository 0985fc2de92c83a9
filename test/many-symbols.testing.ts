import { join } from "node:path";
import { readConfig } from "../src/config.ts";
import { createIntake } from "../src/main/ingest.ts";
import type { MarketDeps } from "../src/main/market/refresh.ts";
import { openSources } from "../src/main/market/sources.ts";
import { createShell } from "../src/main/shell.ts";
import { openStore } from "../src/main/store.ts";
import { wordsOf } from "../src/main/words/words.ts";
import { bankDaysBetween, sessionsBetween } from "../src/market/calendar.ts";
import { startFakeBcb } from "../src/market/sources/bcb/fake-bcb.testing.ts";
import {
  type FakeYahoo,
  fakeChart,
  fakeQuote,
  startFakeYahoo,
} from "../src/market/sources/yahoo/fake-yahoo.testing.ts";
import { openCommandLine } from "./command-line.testing.ts";

/**
 * A real book that holds many instruments, on sources over loopback, in the afternoon of Monday 2026-11-23. What every book is compared
 * with comes on top of what it holds: three indices and two exchange rates.
 */
export interface ManySymbols {
  readonly yahoo: FakeYahoo;
  readonly home: string;
  /** With sources at a pace of their own, in requests a second. */
  deps(perSecond: number): Promise<MarketDeps>;
  close(): Promise<void>;
}

/** Asked for with a quote and, but for exchange rates, a chart each. */
export const COMPARED = { indices: ["^BVSP", "^GSPC", "^IXIC"], rates: ["BRL=X", "EURBRL=X"] } as const;
/** Series of Banco Central that a book in reais asks for: four indices and two exchange rates. */
export const SERIES = 6;

const HELD_MAX = 500;
const BOUGHT = "2026-11-03";
const NOW = "2026-11-23T17:20:00Z";

/** Codes as B3 has them, of companies that there are not. */
function codesOf(count: number): readonly string[] {
  if (count > HELD_MAX) throw new RangeError(`at most ${HELD_MAX} instruments`);
  const letter = (place: number): string => String.fromCharCode(65 + place);
  return Array.from({ length: count }, (_, i) => `Z${letter(Math.floor(i / 20))}${letter(i % 20)}Z3`);
}

const seconds = (instant: string): number => Date.parse(instant) / 1_000;

function chartOf(symbol: string, place: number) {
  const days = sessionsBetween("2026-10-13", "2026-11-19");
  return fakeChart({
    symbol,
    bars: days.map((day, i) => [seconds(`${day}T13:00:00Z`), Math.fround((1_000 + 7 * place + i) / 100)]),
  });
}

function quoteOf(symbol: string, place: number) {
  return fakeQuote(symbol, {
    regularMarketPrice: (1_100 + 7 * place) / 100,
    regularMarketPreviousClose: (1_050 + 7 * place) / 100,
    regularMarketTime: seconds("2026-11-23T17:00:00Z"),
  });
}

function seriesOf() {
  const days = bankDaysBetween("2026-10-01", "2026-11-20");
  const each = (value: string) => days.map((day) => ({ day, value }));
  return new Map([
    ["CDI", each("0.055131")],
    ["USDBRL", each("5.2500")],
  ] as const);
}

export async function openManySymbols(held: number): Promise<ManySymbols> {
  const codes = codesOf(held);
  const charted = [...codes.map((code) => `${code}.SA`), ...COMPARED.indices];
  const quoted = [...charted, ...COMPARED.rates];
  const yahoo = await startFakeYahoo({
    charts: new Map(charted.map((symbol, place) => [symbol, chartOf(symbol, place)])),
    quotes: new Map(quoted.map((symbol, place) => [symbol, quoteOf(symbol, place)])),
  });
  const bcb = await startFakeBcb({ series: seriesOf() });
  let now = Date.parse(NOW);
  // The clock goes on a little with every look at it, as time does.
  const clock = (): Date => {
    now += 5;
    return new Date(now);
  };
  const line = await openCommandLine(clock);
  const operations = codes.map((code) => `cliente123;${brazilian(BOUGHT)};compra;${code};100;10,00;BRL`);
  const files = [
    line.write("clientes.csv", ["cliente;nome;corretor", "cliente123;Ana Souza;corretor1"]),
    line.write("operacoes.csv", ["cliente;data;tipo;ativo;quantidade;preco;moeda", ...operations]),
  ];
  const loaded = await line.carteira("ingest", ...files, "--as", "admin");
  if (loaded.code !== 0) throw new Error(loaded.out + loaded.err);
  const shell = createShell(
    {
      stdout: { write: () => true },
      stderr: { write: () => true },
      environment: {},
      workingFolder: ".",
      now: clock,
      stop: new AbortController().signal,
    },
    { config: readConfig({ CARTEIRA_HOME: line.home }, "/"), words: wordsOf("pt"), language: "pt" },
  );
  const store = await openStore(shell);
  const config = {
    ...readConfig({}, "/").sources,
    yahooOrigin: yahoo.origin,
    bcbOrigin: bcb.origin,
  };
  return {
    yahoo,
    home: line.home,
    deps: async (perSecond) => ({
      store,
      intake: createIntake(store, { now: clock, onWait: () => {} }),
      sources: openSources({ ...config, requestsPerSecond: perSecond }, { lake: store.lake, now: clock }),
      scratchDir: join(line.home, "scratch-market"),
      now: clock,
      language: "pt",
    }),
    async close() {
      await shell.close();
      await line.remove();
      await yahoo.close();
      await bcb.close();
    },
  };
}

function brazilian(day: string): string {
  return day.split("-").reverse().join("/");
}

/** The most requests that arrived within any stretch of time. */
export function mostWithin({ log }: FakeYahoo, milliseconds: number): number {
  const times = log.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [place, at] of times.entries()) {
    while (at - (times[first] ?? at) >= milliseconds) first++;
    most = Math.max(most, place - first + 1);
  }
  return most;
}
