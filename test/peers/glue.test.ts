import { afterEach, describe, expect, it } from "vitest";
import { openTestBook, type TestBook } from "../../pipeline/gold/book.testing.ts";
import { OPERATION_TYPES, SNAPSHOT } from "../../src/contracts/operation-types.ts";
import { generateDemo } from "../../src/main/demo/demo.ts";
import { compareEngines, JOB_TIMEOUT_MS, parityTable } from "./glue.testing.ts";
import { anyBook } from "./glue-books.testing.ts";

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const TIMEOUT_MS = JOB_TIMEOUT_MS + 60_000;
/** What both engines must have had to do for their agreement to say anything. */
const EVERY_TYPE = [...OPERATION_TYPES, SNAPSHOT].sort();

/** Every table of the Spark job against the embedded engine's, on the same silver: no row, digit or type may differ. */
describe.skipIf(PYTHON === undefined)("the Glue job", () => {
  let book: TestBook | undefined;
  afterEach(() => book?.remove());

  async function expectEqual(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    book = await openTestBook();
    await book.load(files);
    const parity = await compareEngines(book, PYTHON ?? "");
    console.info(parityTable(name, parity));
    expect(parity.asOf.spark).toBe(parity.asOf.embedded);
    expect(parity.tables.filter(({ differences }) => differences > 0)).toEqual([]);
    const spans = parity.tables.find(({ table }) => table === "position_spans");
    expect(spans?.rows).toBeGreaterThan(0);
  }

  it.each([
    { seed: 1, clients: 4 },
    { seed: 2026, clients: 25 },
  ])(
    "computes what the embedded engine does of a demo of $clients clients",
    async ({ seed, clients }) => {
      const files = generateDemo({ seed, clients, start: "2025-07-01", today: "2026-03-31" });
      const texts = await Promise.all(
        files.map(async ({ fileName, body }) => [fileName, (await body.toArray()).join("")] as const),
      );
      await expectEqual(`demo, seed ${seed}, ${clients} clients`, Object.fromEntries(texts));
    },
    TIMEOUT_MS,
  );

  it.each([
    { seed: 7, clients: 3, operations: 400 },
    { seed: 8, clients: 12, operations: 2_500 },
  ])(
    "computes what it does of every kind of row, seed $seed",
    async (options) => {
      await expectEqual(`any rows, seed ${options.seed}`, anyBook(options));
      const rows = (await book?.rows("operations")) ?? [];
      expect([...new Set(rows.map((row) => row["type"]))].sort()).toEqual(EVERY_TYPE);
      expect(rows.some((row) => row["origin"] === "ledger")).toBe(true);
      expect(rows.some((row) => row["stated_currency"] !== null)).toBe(true);
      const rejected = await book?.ledger.active();
      expect(rejected?.some(({ quarantineKey }) => quarantineKey !== null)).toBe(true);
    },
    TIMEOUT_MS,
  );
});
