import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestBook, type TestBook } from "../../pipeline/gold/book.testing.ts";
import { OPERATION_TYPES, SNAPSHOT } from "../../src/contracts/operation-types.ts";
import { generateDemo } from "../../src/main/demo/demo.ts";
import { buildInBoth, compareEngines, parityTable } from "./glue.testing.ts";
import { anyBook } from "./glue-books.testing.ts";
import { CORNER_BOOKS, depositBook } from "./glue-corners.testing.ts";

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const BUILD_TIMEOUT_MS = 20 * 60_000;

type Files = Readonly<Record<string, string>>;

async function demoBook(seed: number, clients: number): Promise<Files> {
  const files = generateDemo({ seed, clients, start: "2025-07-01", today: "2026-03-31" });
  const texts = files.map(async ({ fileName, body }) => [fileName, (await body.toArray()).join("")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

const ANY = [
  { seed: 7, clients: 3, operations: 400 },
  { seed: 8, clients: 12, operations: 2_500 },
  { seed: 9, clients: 6, operations: 900 },
] as const;

/** Books of which no part may differ, by name. */
const BOOKS: Readonly<Record<string, Files | Promise<Files>>> = {
  "a demo of 4 clients": demoBook(1, 4),
  "a demo of 25 clients": demoBook(2026, 25),
  ...Object.fromEntries(ANY.map((options) => [`any rows, seed ${options.seed}`, anyBook(options)])),
  ...Object.fromEntries([1, 2, 3].map((seed) => [`deposits, seed ${seed}`, depositBook(seed, 60 * seed)])),
  ...CORNER_BOOKS,
};

/** What both engines must have had to do for their agreement to say anything. */
const EVERY_TYPE = [...OPERATION_TYPES, SNAPSHOT].sort();
const EVERY_FINDING = [
  "action_inferred",
  "cash_not_controlled",
  "cost_unknown",
  "currency_differs",
  "curve_missing",
  "incomplete",
  "instrument_unknown",
  "matured",
  "nothing_held",
  "other_currency",
  "price_jump",
  "price_missing",
  "rate_missing",
  "snapshot_differs",
  "sold_more_than_held",
  "split_not_in_ledger",
];

/** Every table of the Spark job against the embedded engine's, on the same silver: no row, digit or type may differ. */
describe.skipIf(PYTHON === undefined)("the Glue job", () => {
  const books = new Map<string, TestBook>();

  beforeAll(async () => {
    for (const [name, files] of Object.entries(BOOKS)) {
      const book = await openTestBook();
      books.set(name, book);
      await book.load(await files);
    }
    await buildInBoth([...books.values()], PYTHON ?? "");
  }, BUILD_TIMEOUT_MS);

  afterAll(async () => {
    for (const book of books.values()) await book.remove();
  });

  function bookOf(name: string): TestBook {
    const book = books.get(name);
    if (book === undefined) throw new Error(`there is no book ${name}`);
    return book;
  }

  it.each(Object.keys(BOOKS))("computes what the embedded engine does of %s", async (name) => {
    const parity = await compareEngines(bookOf(name));
    console.info(parityTable(name, parity));
    expect(parity.tables.filter(({ differences }) => differences > 0)).toEqual([]);
    expect(parity.asOf.spark).toBe(parity.asOf.embedded);
  });

  it.each(ANY)("was asked for every kind of operation, seed $seed", async ({ seed }) => {
    const book = bookOf(`any rows, seed ${seed}`);
    const rows = await book.rows("operations");
    expect([...new Set(rows.map((row) => row["type"]))].sort()).toEqual(EVERY_TYPE);
    expect(rows.some((row) => row["origin"] === "ledger")).toBe(true);
    expect(rows.some((row) => row["stated_currency"] !== null)).toBe(true);
    const rejected = await book.ledger.active();
    expect(rejected.some(({ quarantineKey }) => quarantineKey !== null)).toBe(true);
  });

  it("was asked for every kind of finding, day and curve", async () => {
    const rows = async (table: "data_quality" | "portfolio_daily" | "curve_daily" | "curve_latest") =>
      (await Promise.all([...books.values()].map((book) => book.rows(table)))).flat();
    const findings = await rows("data_quality");
    expect([...new Set(findings.map((row) => row["code"]))].sort()).toEqual(EVERY_FINDING);
    const days = await rows("portfolio_daily");
    expect(days.some((row) => row["skipped"] === "true")).toBe(true);
    expect(days.some((row) => row["unpriced"] !== "0" && row["value"] !== "0.00000000")).toBe(true);
    expect(days.some((row) => row["currency_gain"] !== "0.00000000")).toBe(true);
    const curves = await rows("curve_daily");
    expect(curves.some((row) => row["previous_close"] === null)).toBe(true);
    expect(curves.some((row) => row["price_date"] !== row["date"])).toBe(true);
    expect(curves.some((row) => [0, 6].includes(new Date(row["date"] ?? "").getUTCDay()))).toBe(true);
    const latest = await rows("curve_latest");
    expect(latest.some((row) => row["maturity"] === null)).toBe(true);
    expect(latest.some((row) => row["price_date"] !== row["date"])).toBe(true);
  });
});
