import { cp } from "node:fs/promises";
import { bankDaysBetween, sessionsBetween } from "../src/market/calendar.ts";
import { type BcbFault, type FakePoint, startFakeBcb } from "../src/market/sources/bcb/fake-bcb.testing.ts";
import type { BcbCode } from "../src/market/sources/bcb/series.ts";
import {
  type FakeYahoo,
  fakeChart,
  fakeQuote,
  startFakeYahoo,
} from "../src/market/sources/yahoo/fake-yahoo.testing.ts";
import type { IsoDay } from "../src/money/day.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * A real book on made-up sources over loopback: the real library, the real pipeline, the real answers. It begins on the evening of
 * Thursday 2026-11-19; Friday is a holiday; Monday 2026-11-23 is the session in which things go wrong.
 */
export interface MarketBook {
  readonly yahoo: FakeYahoo;
  readonly bcbOrigin: string;
  readonly line: CommandLine;
  /** What Banco Central publishes; may be changed at any time. */
  readonly series: Map<BcbCode, readonly FakePoint[]>;
  /** What goes wrong with every request to Banco Central from now on; null: nothing. */
  failBcb(fault: BcbFault | null): void;
  /** The settings of the sources, for a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Moves the clock; ISO 8601. */
  at(instant: string): void;
  /** The words of the answer. */
  ask(text: string, as?: string): Promise<string>;
  close(): Promise<void>;
}

const FIRST: IsoDay = "2026-10-01";

/** What the sources say of one symbol: the closes of its sessions end with the last of these, the live price follows. */
export interface Told {
  readonly symbol: string;
  readonly currency?: string;
  readonly zone?: string;
  readonly lastClose: number;
  readonly live: number;
}

export const TOLD: readonly Told[] = [
  { symbol: "PETR4.SA", lastClose: 38, live: 38.76 },
  { symbol: "VALE3.SA", lastClose: 60, live: 59.4 },
  { symbol: "HGLG11.SA", lastClose: 155, live: 155.31 },
  { symbol: "AAPL", currency: "USD", zone: "America/New_York", lastClose: 270, live: 272.7 },
  { symbol: "^BVSP", lastClose: 150_000, live: 151_500 },
  { symbol: "BRL=X", zone: "Europe/London", lastClose: 5.3, live: 5.35 },
];

const seconds = (instant: string): number => Date.parse(instant) / 1_000;

/** A quote on Monday at `clock` (UTC), 15 minutes late. */
export function quoteAt(symbol: string, clock: string, overrides: Record<string, unknown> = {}) {
  const told = TOLD.find((one) => one.symbol === symbol);
  return fakeQuote(symbol, {
    currency: told?.currency ?? "BRL",
    exchangeTimezoneName: told?.zone ?? "America/Sao_Paulo",
    regularMarketPrice: told?.live,
    regularMarketPreviousClose: told?.lastClose,
    regularMarketTime: seconds(`2026-11-23T${clock}Z`),
    exchangeDataDelayedBy: 15,
    ...overrides,
  });
}

/** A chart with every session up to the 19th, which closed at `lastClose`; each session before is one per cent lower than the next. */
export function chartOf({ symbol, currency = "BRL", zone = "America/Sao_Paulo", lastClose }: Told) {
  const days = sessionsBetween(FIRST, "2026-11-19");
  const bars = days.map((day, place): readonly [number, number] => [
    seconds(`${day}T13:00:00Z`),
    Math.fround(Math.round(lastClose * 100 * 0.99 ** (days.length - 1 - place)) / 100),
  ]);
  return fakeChart({
    symbol,
    bars,
    meta: {
      currency,
      exchangeTimezoneName: zone,
      regularMarketPrice: lastClose,
      regularMarketTime: seconds("2026-11-19T20:00:00Z"),
      currentTradingPeriod: {
        regular: { start: seconds("2026-11-19T13:00:00Z"), end: seconds("2026-11-19T20:00:00Z") },
      },
    },
  });
}

/** Points of Banco Central up to the 18th: the rate of a day is out on the next. */
function bcbSeries(): Map<BcbCode, readonly FakePoint[]> {
  const days = bankDaysBetween(FIRST, "2026-11-19");
  const each = (value: string) => days.map((day) => ({ day, value }));
  return new Map<BcbCode, readonly FakePoint[]>([
    ["CDI", each("0.055131")],
    ["SELIC", each("0.055131")],
    [
      "IPCA",
      [
        { day: "2026-08-01", value: "0.20" },
        { day: "2026-09-01", value: "0.25" },
        { day: "2026-10-01", value: "0.30" },
      ],
    ],
    ["USDBRL", each("5.2500")],
  ]);
}

export async function openMarketBook(
  files: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<MarketBook> {
  const book = await openSources(environment);
  const { line } = book;
  const paths = Object.entries({ ...BOOK_FILES, ...files }).map(([name, body]) => line.write(name, body));
  const loaded = await line.carteira("ingest", ...paths, "--as", "admin");
  if (loaded.code !== 0) throw new Error(loaded.out + loaded.err);
  return book;
}

/** A book that holds all that another does, on sources of its own that begin as every book's. */
export async function copyMarketBook(
  { line }: Pick<MarketBook, "line">,
  environment: Readonly<Record<string, string>> = {},
): Promise<MarketBook> {
  const book = await openSources(environment);
  await cp(line.home, book.line.home, { recursive: true });
  return book;
}

/** The sources, and the command line of a home that is not begun. */
async function openSources(added: Readonly<Record<string, string>>): Promise<MarketBook> {
  let now = Date.parse("2026-11-19T23:00:00Z");
  const yahoo = await startFakeYahoo({
    charts: new Map(TOLD.map((one) => [one.symbol, chartOf(one)])),
    quotes: new Map(
      TOLD.map((one) => [
        one.symbol,
        quoteAt(one.symbol, "00:00:00", {
          regularMarketPrice: one.lastClose,
          regularMarketTime: seconds("2026-11-19T20:00:00Z"),
        }),
      ]),
    ),
  });
  const series = bcbSeries();
  let bcbFault: BcbFault | null = null;
  const bcb = await startFakeBcb({ series, faults: () => bcbFault });
  // The clock goes on a little with every look at it, as time does.
  const clock = (): Date => {
    now += 5;
    return new Date(now);
  };
  const environment = {
    CARTEIRA_YAHOO_ORIGIN: yahoo.origin,
    CARTEIRA_BCB_ORIGIN: bcb.origin,
    CARTEIRA_SOURCE_TIMEOUT_SECONDS: "1",
    CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "20",
    ...added,
  };
  const line = await openCommandLine(clock, environment);
  return {
    yahoo,
    bcbOrigin: bcb.origin,
    line,
    series,
    failBcb(fault) {
      bcbFault = fault;
    },
    environment,
    at(instant) {
      now = Date.parse(instant);
    },
    async ask(text, as = "corretor1") {
      const { code, out, err } = await line.carteira("ask", text, "--as", as);
      if (code !== 0) throw new Error(err);
      return out;
    },
    async close() {
      await line.remove();
      await yahoo.close();
      await bcb.close();
    },
  };
}

const BOOK_FILES = {
  "clientes.csv": "cliente;nome;corretor\ncliente123;Ana Souza;corretor1\n",
  "operacoes.csv":
    "cliente;data;tipo;ativo;quantidade;preco;moeda\n" +
    "cliente123;05/10/2026;compra;PETR4;100;30,00;BRL\n" +
    "cliente123;05/10/2026;compra;VALE3;50;55,00;BRL\n" +
    "cliente123;05/10/2026;compra;HGLG11;10;150,00;BRL\n" +
    "cliente123;05/10/2026;compra;AAPL;10;250,00;USD\n",
};
