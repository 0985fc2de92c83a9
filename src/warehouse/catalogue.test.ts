import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLD_TABLES } from "../contracts/gold.ts";
import { CATALOGUE } from "./catalogue.ts";
import { openDuckDbWarehouse } from "./duckdb.ts";
import { TestStore } from "./gold.testing.ts";
import type { CatalogueQuery, Param, Warehouse } from "./warehouse.ts";

/** The directory of brokers is what a scope is made from: it cannot take one, and shows no client. */
const DIRECTORY = new Set(["brokers"]);

const CLIENT_TABLES = new Set<string>(
  Object.values(GOLD_TABLES)
    .filter(({ columns }) => columns.some(({ name }) => name === "client_id"))
    .map(({ name }) => name),
);

/** Tables of client data in which some rows are of no client. */
const OWNERLESS_TABLES = new Set<string>(
  Object.values(GOLD_TABLES)
    .filter(({ columns }) => columns.some(({ name, nullable }) => name === "client_id" && nullable === true))
    .map(({ name }) => name),
);

/** Why a query could show somebody else's clients; empty for one that cannot. */
function scopeViolations({ name, sql }: CatalogueQuery): readonly string[] {
  if (DIRECTORY.has(name)) return [];
  return [...sql.matchAll(/\{(\w+)\}/g)].flatMap((match) => {
    const table = match[1] ?? "";
    if (!CLIENT_TABLES.has(table)) return [];
    const before = sql.slice(0, match.index);
    const after = sql.slice(match.index + match[0].length);
    if (table === "clients") {
      const scoped = /\bscope AS \(\s*SELECT [^()]*\bFROM\s+$/.test(before);
      return scoped && /^\s+WHERE broker_id IN \(:brokers\)(?! OR\b)/.test(after)
        ? []
        : [`${name}: {clients} without broker_id IN (:brokers)`];
    }
    // Rows that belong to nobody, of instruments that are held within the scope: nobody's in particular.
    const nobodys = OWNERLESS_TABLES.has(table) && /\bFROM held h\s+JOIN\s+$/.test(before);
    if (
      nobodys &&
      /^ (\w+) ON \1\.client_id IS NULL AND \1\.instrument_id = h\.instrument_id\b(?! OR\b)/.test(after)
    )
      return [];
    const joined = /\bFROM scope s\s[^()]*\bJOIN\s+$/.test(lastSelect(before));
    return joined && /^ (\w+) ON \1\.client_id = s\.client_id\b(?! OR\b)/.test(after)
      ? []
      : [`${name}: {${table}} is not joined to the scope`];
  });
}

/** The text from the last SELECT on: the tables that a join belongs to. */
function lastSelect(sql: string): string {
  return sql.slice(sql.lastIndexOf("SELECT")).replaceAll(/\([^()]*\)/g, "");
}

const PARAMS: Readonly<Record<string, Param>> = {
  brokers: { type: "texts", value: ["corretor1"] },
  client: { type: "text", value: "cliente1" },
  asset: { type: "text", value: "PETR4" },
  indexes: { type: "texts", value: ["CDI"] },
  day: { type: "day", value: "2026-01-05" },
  from: { type: "day", value: "2026-01-01" },
  to: { type: "day", value: "2026-01-05" },
  as_of: { type: "day", value: "2026-01-05" },
  limit: { type: "count", value: 3 },
  stale: { type: "texts", value: ["VALE3"] },
  assets: { type: "texts", value: ["PETR4"] },
  points: { type: "count", value: 2500 },
};

function paramsOf({ sql }: CatalogueQuery): Readonly<Record<string, Param>> {
  return Object.fromEntries(Object.entries(PARAMS).filter(([name]) => new RegExp(`:${name}\\b`).test(sql)));
}

describe("the catalogue's scope", () => {
  it.each(Object.values(CATALOGUE))("$name shows only the asker's clients", (query) => {
    expect(scopeViolations(query)).toEqual([]);
  });

  const scope = "WITH scope AS (SELECT client_id FROM {clients} WHERE broker_id IN (:brokers))";
  it.each([
    ["no scope at all", "SELECT client_id, quantity FROM {positions}"],
    ["a scope that nobody joins", `${scope} SELECT p.client_id FROM {positions} p`],
    ["clients without their broker", "SELECT client_id, name FROM {clients} WHERE client_id = :client"],
    [
      "a scope with a way round it",
      `${scope.replace("(:brokers)", "(:brokers) OR TRUE")} SELECT 1 FROM scope s`,
    ],
    ["a join on something else", `${scope} SELECT 1 FROM scope s JOIN {income} i ON i.date = :day`],
    [
      "a join with a way round it",
      `${scope} SELECT 1 FROM scope s JOIN {income} i ON i.client_id = s.client_id OR TRUE`,
    ],
    [
      "a subquery that leaves the scope",
      `${scope} SELECT 1 FROM scope s WHERE 1 < (SELECT COUNT(*) FROM {operations} o)`,
    ],
    [
      "a second table beside a scoped one",
      `${scope} SELECT 1 FROM scope s JOIN {positions} p ON p.client_id = s.client_id JOIN {income} i ON i.instrument_id = p.instrument_id`,
    ],
    [
      "rows of no client that some other condition lets past",
      `${scope}, held AS (SELECT 1) SELECT 1 FROM held h JOIN {data_quality} d ON d.client_id IS NULL AND d.instrument_id = h.instrument_id OR TRUE`,
    ],
    [
      "rows of clients by their instrument alone",
      `${scope}, held AS (SELECT 1) SELECT 1 FROM held h JOIN {data_quality} d ON d.instrument_id = h.instrument_id`,
    ],
    [
      "rows of a table that are all of clients",
      `${scope}, held AS (SELECT 1) SELECT 1 FROM held h JOIN {income} d ON d.client_id IS NULL AND d.instrument_id = h.instrument_id`,
    ],
  ])("finds %s", (_name, sql) => {
    expect(scopeViolations({ name: "planted", sql })).not.toEqual([]);
  });
});

describe("the portable subset", () => {
  it.each(Object.values(CATALOGUE))("$name keeps to it", ({ sql }) => {
    expect(sql).not.toMatch(
      /(?<!:)\b(ASOF|QUALIFY|FILTER|MEDIAN|DATEDIFF|DATE_DIFF|LIMIT|USING|GREATEST|LEAST)\b/i,
    );
    expect(sql).not.toMatch(/::|\bINTERVAL\b|\/(?!\/)/);
    expect(sql).toMatch(/ORDER BY [^()]*$/);
    for (const key of sql.matchAll(/\b\w+ DESC\b(?! NULLS LAST)/g)) {
      expect(["date DESC", "seq DESC", "quantity DESC"]).toContain(key[0]);
    }
  });
});

describe("every query runs on DuckDB", () => {
  let store: TestStore;
  let warehouse: Warehouse;
  beforeAll(async () => {
    store = await TestStore.make();
    await store.publish({});
    warehouse = await openDuckDbWarehouse(store);
  });
  afterAll(async () => {
    await warehouse.close();
    await store.remove();
  });

  it.each(Object.values(CATALOGUE))("$name finds nothing in an empty book", async (query) => {
    const snapshot = await warehouse.current();
    if (snapshot === null) throw new Error("the empty book is published");
    expect(await warehouse.run(snapshot, query, paramsOf(query))).toEqual([]);
  });
});
