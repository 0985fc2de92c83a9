import { describe, expect, it } from "vitest";
import { RunTables } from "./run-tables.ts";

const snapshot = { runId: "run-1", quotesRunId: "quotes-2", asOf: null, demo: false };

describe("tables by run", () => {
  it("ask for the run of gold, and for that of the quotes, before what the query defines itself", () => {
    const tables = new RunTables("gold", snapshot);
    const sql = `WITH scope AS (SELECT 1 FROM ${tables.name("clients")}) SELECT 1 FROM scope, ${tables.name("quotes_latest")}`;
    expect(tables.over(sql)).toBe(
      `WITH gold_clients AS (SELECT * FROM "gold"."clients" WHERE gold_run = 'run-1'),
gold_quotes_latest AS (SELECT * FROM "gold"."quotes_latest" WHERE gold_run = 'quotes-2'),
scope AS (SELECT 1 FROM gold_clients) SELECT 1 FROM scope, gold_quotes_latest`,
    );
  });

  it("stand before a query without definitions, and find no quotes where there never were any", () => {
    const tables = new RunTables("gold", { ...snapshot, quotesRunId: null });
    expect(tables.over(`SELECT 1 FROM ${tables.name("quotes_latest")}`)).toBe(
      `WITH gold_quotes_latest AS (SELECT * FROM "gold"."quotes_latest" WHERE gold_run = 'none')
SELECT 1 FROM gold_quotes_latest`,
    );
  });

  it.each(["x' OR TRUE", "", "a\\", "a:b"])("refuse a run called %j", (runId) => {
    const tables = new RunTables("gold", { ...snapshot, runId });
    expect(() => tables.over(`SELECT 1 FROM ${tables.name("clients")}`)).toThrow("an id that is none");
  });

  it("refuse a table that is not gold's", () => {
    expect(() => new RunTables("gold", snapshot).name("pg_user")).toThrow("no gold table");
  });
});
