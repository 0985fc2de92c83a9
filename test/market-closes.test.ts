import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  apart,
  parseDecimal,
  percentUnits,
  printedUnits,
  shown,
  unitsAt,
  unitsOf,
} from "./plain-figures.testing.ts";
import {
  all,
  BEFORE_SPLIT,
  brazilian,
  clientOf,
  closeBefore,
  closeOf,
  lastClose,
  openRecordedBook,
  type RecordedBook,
  recordingOf,
  SPLIT_DAY,
} from "./recorded-book.testing.ts";
import { LAST_DAY, type Recording, readIndex, readPtax, recorded } from "./recorded-closes.testing.ts";

/**
 * A real book, with all its prices from the sources, against the recorded closes. What is expected is worked out from the text of the
 * recordings in whole numbers, with none of the product's functions.
 *
 * Tolerances: a close is exact. A day's change is exact to its eight digits. A year's return is linked over some 250 sessions, each
 * rounded to 12 digits: within 0.000001 of a percentage point. The recordings themselves are 32-bit numbers written out in full, off by
 * up to 2^-24 of themselves: against their bare text percentages agree to 0.00003 of a point.
 */
const LINKED = 100n;
const FLOAT_NOISE = 3_000n;

const FALL_DAY = "2025-11-13";

let book: RecordedBook;

beforeAll(async () => {
  if (recorded) book = await openRecordedBook();
}, 120_000);

afterAll(async () => {
  if (recorded) await book.close();
});

const ask: RecordedBook["ask"] = (text, at) => book.ask(text, at);

const inCents = (units: bigint): bigint => unitsAt({ units, scale: 8 }, 2);

const yearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

/** A figure of ours, of the decimals that the recording means, and of its bare text; in units of 10^-8. */
interface Compared {
  readonly ours: bigint;
  readonly file: bigint;
  readonly text: bigint;
}

/** What we say of one instrument on its last recorded day, and what the recording says. */
async function compare(one: Recording) {
  const day = lastClose(one, LAST_DAY).day;
  const [now, before] = [lastClose(one, day), closeBefore(one, day)];
  const base = lastClose(one, yearBefore(day));
  const quoted = await ask(`cotação ${one.code}`, day);
  const returned = await ask(`rentabilidade do ${clientOf(one.code)} em 12 meses`, day);
  expect(quoted, one.code).toMatchObject({ priceAt: day, currency: one.currency });
  expect(returned["period"], one.code).toMatchObject({ from: base.day, to: day, shortened: false });
  const close: Compared = {
    ours: printedUnits(quoted["price"]),
    file: now.units,
    text: unitsOf(parseDecimal(now.text)),
  };
  const change: Compared = {
    ours: printedUnits(quoted["dayChangePercent"]),
    file: percentUnits(before.units, now.units),
    text: percentUnits(before.raw, now.raw),
  };
  const year: Compared = {
    ours: printedUnits(returned["twrPercent"]),
    file: percentUnits(base.units, now.units),
    text: percentUnits(base.raw, now.raw),
  };
  return { code: one.code, close, change, year };
}

type Row = Awaited<ReturnType<typeof compare>>;

/** The largest distance of one figure over all instruments. */
function widest(rows: readonly Row[], figure: "close" | "change" | "year", from: "file" | "text"): bigint {
  return rows.reduce((widest, row) => {
    const distance = apart(row[figure].ours, row[figure][from]);
    return distance > widest ? distance : widest;
  }, 0n);
}

describe("closes, day changes and one-year returns of every recorded instrument", () => {
  it.runIf(recorded)(
    "are the recording's, to the last cent and beyond it",
    async () => {
      expect(all).toHaveLength(28);
      expect(book.refreshed).toMatchObject({
        rejected: 0,
        closes: { answered: all.length + 1, newest: LAST_DAY },
      });
      const rows: Row[] = [];
      for (const one of all) rows.push(await compare(one));
      expect(rows.filter(({ close }) => close.ours !== close.file)).toEqual([]);
      expect(rows.filter(({ close }) => inCents(close.ours) !== inCents(close.text))).toEqual([]);
      expect(rows.filter(({ change }) => change.ours !== change.file)).toEqual([]);
      expect(widest(rows, "year", "file")).toBeLessThanOrEqual(LINKED);
      expect(widest(rows, "change", "text")).toBeLessThanOrEqual(FLOAT_NOISE);
      expect(widest(rows, "year", "text")).toBeLessThanOrEqual(FLOAT_NOISE);
    },
    90_000,
  );

  it.runIf(recorded)("IBOV closes and changes as recorded", async () => {
    const ibov = readIndex();
    const day = lastClose(ibov, LAST_DAY).day;
    const quoted = await ask("cotação IBOV", day);
    const [now, before] = [lastClose(ibov, day), closeBefore(ibov, day)];
    expect(quoted["priceAt"]).toBe(day);
    expect(printedUnits(quoted["price"])).toBe(now.units);
    expect(printedUnits(quoted["dayChangePercent"])).toBe(percentUnits(before.units, now.units));
  });

  it.runIf(recorded)("a year of AAPL in reais has the recorded PTAX in it", async () => {
    const ptax = readPtax();
    const day = [...ptax.keys()].at(-1) ?? "";
    const base = yearBefore(day);
    const inReais = (on: string) => closeOf("AAPL", on).units * (ptax.get(on) ?? 0n);
    const data = await ask("rentabilidade do cliente201 em 12 meses", day);
    expect(data).toMatchObject({ baseCurrency: "BRL", period: { from: base, to: day } });
    const expected = percentUnits(inReais(base), inReais(day));
    expect(apart(printedUnits(data["twrPercent"]), expected)).toBeLessThanOrEqual(LINKED);
  });
});

describe("MGLU3 over its reverse split, 10 to 1", () => {
  const holders = [
    ["told by the client's own file", "cliente202"],
    ["told by the source alone", "cliente203"],
  ] as const;

  it.runIf(recorded)("is found by the source", () => {
    expect(book.refreshed["actions"]).toMatchObject([
      { asset: "MGLU3", date: SPLIT_DAY, type: "grupamento", factor: "10:1", status: "confirmado" },
    ]);
  });

  it.runIf(recorded).each(holders)("%s: before it, 1000 units at the price as traded", async (_, who) => {
    const data = await ask(`/carteira ${who} MGLU3`, BEFORE_SPLIT);
    // Received as 12.571428; traded at a tenth of it.
    const traded = closeOf("MGLU3", BEFORE_SPLIT).units / 10n;
    expect(shown(traded)).toBe("1.25714280");
    expect(data).toMatchObject({ quantity: "1000", priceAt: BEFORE_SPLIT });
    expect(printedUnits(data["price"])).toBe(traded);
    expect(printedUnits(data["value"])).toBe(1000n * traded);
  });

  it.runIf(recorded).each(holders)("%s: on its day 100 units, without a jump", async (_, who) => {
    const data = await ask(`/carteira ${who} MGLU3`, SPLIT_DAY);
    const [now, before] = [closeOf("MGLU3", SPLIT_DAY), closeOf("MGLU3", BEFORE_SPLIT)];
    const expected = percentUnits(before.units, now.units);
    expect(data).toMatchObject({ quantity: "100", priceAt: SPLIT_DAY });
    expect(printedUnits(data["price"])).toBe(now.units);
    expect(printedUnits(data["value"])).toBe(100n * now.units);
    expect(printedUnits(data["dayChangePercent"])).toBe(expected);
    const day = brazilian(SPLIT_DAY);
    const returned = await ask(`rentabilidade do ${who} de ${day} a ${day}`, SPLIT_DAY);
    expect(returned["period"]).toMatchObject({ from: BEFORE_SPLIT, to: SPLIT_DAY });
    expect(printedUnits(returned["twrPercent"])).toBe(expected);
  });

  it.runIf(recorded).each(holders)(
    "%s: a year over it returns what the restated closes do",
    async (_, who) => {
      const [from, to] = ["2024-05-20", "2025-05-20"];
      const data = await ask(`rentabilidade do ${who} em 12 meses`, to);
      expect(data["period"]).toMatchObject({ from, to });
      const expected = percentUnits(closeOf("MGLU3", from).units, closeOf("MGLU3", to).units);
      expect(apart(printedUnits(data["twrPercent"]), expected)).toBeLessThanOrEqual(LINKED);
    },
  );
});

describe("HAPV3 on the day it fell by 42%", () => {
  it.runIf(recorded)("is valued at that day's close", async () => {
    const data = await ask(`/carteira ${clientOf("HAPV3")} HAPV3`, FALL_DAY);
    expect(data).toMatchObject({ quantity: "100", price: "18.89", priceAt: FALL_DAY, value: "1889" });
    const expected = percentUnits(closeBefore(recordingOf("HAPV3"), FALL_DAY).units, 1_889_000_000n);
    expect(shown(expected)).toBe("-42.21474457");
    expect(printedUnits(data["dayChangePercent"])).toBe(expected);
    const day = brazilian(FALL_DAY);
    const returned = await ask(`rentabilidade do ${clientOf("HAPV3")} de ${day} a ${day}`, FALL_DAY);
    expect(printedUnits(returned["twrPercent"])).toBe(expected);
  });
});
