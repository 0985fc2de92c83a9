import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestRow } from "../warehouse/gold.testing.ts";
import { dataIn, type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";

const flagged = (code: string, client: string | null, asset: string, more: TestRow = {}): TestRow => ({
  code,
  severity: "warning",
  client_id: client,
  instrument_id: asset,
  date: "2026-11-10",
  ...more,
});

const ROW = { source_file: "operacoes.csv", row_number: "12" };
let book: OpenBook;

beforeAll(async () => {
  const data_quality = [
    flagged("sold_more_than_held", "ana", "ITUB4", { expected: "150", found: "100", ...ROW }),
    flagged("snapshot_differs", "ana", "PETR4", { expected: "90", found: "100", date: "2026-11-18" }),
    flagged("cash_not_controlled", "ana", "CAIXA-BRL", { severity: "info", date: "2026-11-19" }),
    flagged("snapshot_differs", "beto", "PETR4", { expected: "8", found: "7" }),
    flagged("price_jump", null, "PETR4", { severity: "info", date: "2026-11-17" }),
    flagged("instrument_unknown", null, "XPTO11", { date: null }),
    // Held by another broker's client alone, sold out, and held by nobody.
    flagged("price_jump", null, "CAIXA-USD", { severity: "info" }),
    flagged("instrument_unknown", null, "MELI34", { date: null }),
    flagged("split_not_in_ledger", null, "WEGE3"),
  ];
  book = await openTestBook({ ...BOOK, data_quality });
});
afterAll(() => book.close());

async function found(brokers: readonly string[], client: string | null) {
  const findings = await book.answers.findings(brokers, client);
  return (
    findings?.findings.map(({ code, client: whose, asset }) => `${code} ${whose ?? "-"} ${asset}`) ?? null
  );
}

describe("findings", () => {
  it("are those of the asker's clients and of what they hold, warnings first and then the newest", async () => {
    expect(await found(["corretor1"], null)).toEqual([
      "snapshot_differs ana PETR4",
      "sold_more_than_held ana ITUB4",
      "instrument_unknown - XPTO11",
      "cash_not_controlled ana CAIXA-BRL",
      "price_jump - PETR4",
    ]);
    expect(await found(["corretor2"], null)).toEqual(["snapshot_differs beto PETR4", "price_jump - PETR4"]);
  });

  it("of one client leave out what the broker's others hold", async () => {
    expect(await found(["corretor1"], "ana")).toHaveLength(5);
    expect(await found(["corretor1"], "eva")).toEqual([]);
  });

  it("tell a client without any from one that is not the asker's", async () => {
    expect(await found(["corretor1"], "zeca")).toEqual([]);
    expect(await found(["corretor1"], "beto")).toBeNull();
    expect(await found(["corretor1"], "ninguem")).toBeNull();
  });

  it("carry the figures and the row", async () => {
    const findings = (await book.answers.findings(["corretor1"], "ana"))?.findings ?? [];
    expect(JSON.parse(JSON.stringify(findings[1]))).toEqual({
      code: "sold_more_than_held",
      severity: "warning",
      client: "ana",
      clientName: "Ana Souza",
      asset: "ITUB4",
      mergedInto: null,
      date: "2026-11-10",
      expected: "150",
      found: "100",
      sourceFile: "operacoes.csv",
      rowNumber: 12,
    });
  });
});

describe("the upkeep of a book", () => {
  it("is what its own clients hold that is stale, with what does not add up in it", async () => {
    const one = await book.answers.upkeep(["corretor1"]);
    expect(one.findings).toEqual((await book.answers.findings(["corretor1"], null))?.findings);
    // The very prices that the total rests on.
    const total = await book.answers.answer(questionOf({ intent: "aum" }), ["corretor1"], null);
    expect(one).toMatchObject({ asOf: total.asOf, sources: total.sources, stale: total.stale });
    expect(one.stale.length).toBeGreaterThan(0);
    const two = await book.answers.upkeep(["corretor2"]);
    expect(JSON.stringify(two)).not.toContain("ana");
    expect(two.stale).not.toEqual(one.stale);
  });

  it("is nothing for somebody without brokers", async () => {
    expect(await book.answers.upkeep([])).toMatchObject({ stale: [], findings: [] });
  });
});

describe("an answer that warnings concern", () => {
  it("counts them and names the first: the portfolio's, and those of the holding's asset alone", async () => {
    const { toCheck } = await dataIn(book, { intent: "portfolio", client: "ana" });
    expect(toCheck).toMatchObject({ warnings: 3, first: { code: "snapshot_differs", asset: "PETR4" } });
    const holding = await dataIn(book, { intent: "holding", client: "ana", asset: "ITUB4" });
    expect(holding.toCheck).toMatchObject({ warnings: 1, first: { code: "sold_more_than_held" } });
  });

  it("says nothing where only information or nothing is there", async () => {
    expect((await dataIn(book, { intent: "holding", client: "ana", asset: "AAPL" })).toCheck).toBeNull();
    expect((await dataIn(book, { intent: "portfolio", client: "eva" })).toCheck).toBeNull();
  });

  it("of a past day leaves out what came later", async () => {
    const { toCheck } = await dataIn(book, { intent: "portfolio", client: "ana" }, "2026-11-17");
    expect(toCheck).toMatchObject({ warnings: 2, first: { code: "sold_more_than_held" } });
  });
});
