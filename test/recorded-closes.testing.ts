import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startFakeBcb } from "../src/market/sources/bcb/fake-bcb.testing.ts";
import { fakeChart, fakeQuote, startFakeYahoo } from "../src/market/sources/yahoo/fake-yahoo.testing.ts";
import { parseDecimal, readFloat32, unitsAt, unitsOf } from "./plain-figures.testing.ts";

/**
 * The recorded market behind the fake sources: daily closes of shares, BDRs, a fund, an ETF and an index as Yahoo has them, and the
 * series of Banco Central. The recordings lie outside the project.
 */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ?? fileURLToPath(new URL("../../shared/fixtures/market", import.meta.url));
export const recorded = existsSync(fixtures);

/** The last day of most recordings; what was recorded after it is not there yet. */
export const LAST_DAY = "2026-07-29";

const RAW_DIGITS = 18;

interface RecordedClose {
  readonly day: string;
  /** The number as it stands in the file. */
  readonly text: string;
  /** The same, in units of 10^-18. */
  readonly raw: bigint;
  /** The decimal that the 32-bit number means, in units of 10^-8. */
  readonly units: bigint;
}

export interface Recording {
  readonly code: string;
  readonly symbol: string;
  readonly currency: "BRL" | "USD";
  /** Oldest first. */
  readonly closes: readonly RecordedClose[];
}

/** Every instrument of the recordings, in the order of their codes. */
export function readRecordings(): readonly Recording[] {
  return readdirSync(join(fixtures, "prices"))
    .filter((name) => /^[A-Z0-9]+(?:\.SA)?\.csv$/.test(name))
    .sort()
    .map((name) => {
      const symbol = name.replace(/\.csv$/, "");
      const isLocal = symbol.endsWith(".SA");
      return {
        code: symbol.replace(/\.SA$/, ""),
        symbol,
        currency: isLocal ? "BRL" : "USD",
        closes: closesOf(`prices/${name}`),
      };
    });
}

export function readIndex(): Recording {
  return { code: "IBOV", symbol: "^BVSP", currency: "BRL", closes: closesOf("indices/BVSP.csv") };
}

/** PTAX as recorded: units of 10^-8 by day. */
export function readPtax(): ReadonlyMap<string, bigint> {
  return new Map(
    pointsOf("bcb/sgs-1-usdbrl-venda.json").map(({ day, value }) => [day, unitsOf(parseDecimal(value))]),
  );
}

function closesOf(file: string): readonly RecordedClose[] {
  const [header = "", ...lines] = readFileSync(join(fixtures, file), "utf8").trim().split("\n");
  const column = header.trim().split(",").indexOf("close");
  return lines.flatMap((line) => {
    const cells = line.split(",");
    const [day = "", text = ""] = [cells[0], cells[column]];
    if (day > LAST_DAY) return [];
    const decimal = parseDecimal(text);
    return [{ day, text, raw: unitsAt(decimal, RAW_DIGITS), units: unitsOf(readFloat32(decimal)) }];
  });
}

function pointsOf(file: string): readonly { readonly day: string; readonly value: string }[] {
  const rows: readonly { data: string; valor: string }[] = JSON.parse(
    readFileSync(join(fixtures, file), "utf8"),
  );
  return rows.map(({ data, valor }) => ({ day: data.split("/").reverse().join("-"), value: valor }));
}

const seconds = (day: string, time: string): number => Date.parse(`${day}T${time}Z`) / 1_000;

/** A reverse split as Yahoo has it: one new unit for ten old ones. */
const MGLU3_SPLITS = [
  { date: seconds("2024-05-27", "13:00:00"), numerator: 1, denominator: 10, splitRatio: "1:10" },
];

/** The chart as Yahoo has it: 32-bit closes at the opening of each session, restated for the split. No dividends. */
function chartOf({ code, symbol, currency, closes }: Recording) {
  return fakeChart({
    symbol,
    bars: closes.map(({ day, text }) => [opening(currency, day), Math.fround(Number(text))]),
    splits: code === "MGLU3" ? MGLU3_SPLITS : [],
    meta: { ...placeOf(currency), ...lastTradeOf(closes) },
  });
}

function opening(currency: string, day: string): number {
  return seconds(day, currency === "USD" ? "14:30:00" : "13:00:00");
}

function placeOf(currency: string) {
  return {
    currency,
    exchangeTimezoneName: currency === "USD" ? "America/New_York" : "America/Sao_Paulo",
  };
}

function lastTradeOf(closes: readonly RecordedClose[]) {
  const last = closes.at(-1);
  if (last === undefined) throw new RangeError("a recording without closes");
  return { regularMarketPrice: Number(last.text), regularMarketTime: seconds(last.day, "20:00:00") };
}

function quoteOf({ symbol, currency, closes }: Recording) {
  return fakeQuote(symbol, {
    ...placeOf(currency),
    ...lastTradeOf(closes),
    marketState: "CLOSED",
    regularMarketPreviousClose: Number(closes.at(-2)?.text),
  });
}

/** Both sources, with all that was recorded. */
export async function startRecordedSources() {
  const all = [...readRecordings(), readIndex()];
  const yahoo = await startFakeYahoo({
    charts: new Map(all.map((one) => [one.symbol, chartOf(one)])),
    quotes: new Map(all.map((one) => [one.symbol, quoteOf(one)])),
  });
  const bcb = await startFakeBcb({
    series: new Map([
      ["CDI", pointsOf("bcb/sgs-12-cdi.json")],
      ["IPCA", pointsOf("bcb/sgs-433-ipca.json")],
      ["USDBRL", pointsOf("bcb/sgs-1-usdbrl-venda.json")],
    ] as const),
  });
  return {
    environment: { CARTEIRA_YAHOO_ORIGIN: yahoo.origin, CARTEIRA_BCB_ORIGIN: bcb.origin },
    async close() {
      await yahoo.close();
      await bcb.close();
    },
  };
}
