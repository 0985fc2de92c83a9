import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { GOLD_TABLES } from "../../src/contracts/gold.ts";
import { COLUMN_TYPES } from "../../src/contracts/types.ts";
import { DATA_SETS } from "./data-sets.ts";

/** What DuckDB calls what QuickSight is told. */
const TYPES = { STRING: /^VARCHAR$/, DECIMAL: /^DECIMAL/, DATETIME: /^DATE$/ } as const;

describe("the data sets of the dashboard", () => {
  it.each(DATA_SETS.map((set) => [set.id, set] as const))(
    "%s asks gold for what it has",
    async (_, { sql, columns }) => {
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      try {
        for (const table of Object.values(GOLD_TABLES)) {
          const parts = table.columns.map(({ name, type }) => `"${name}" ${COLUMN_TYPES[type]}`);
          await connection.run(`create table published_${table.name} (${parts.join(", ")})`);
        }
        const result = await connection.run(sql((table) => `"main"."published_${table}"`));
        expect(result.columnNames()).toEqual(columns.map(({ name }) => name));
        result.columnTypes().forEach((type, at) => {
          expect(String(type)).toMatch(TYPES[columns[at]?.type ?? "STRING"]);
        });
      } finally {
        connection.closeSync();
      }
    },
  );

  it("all say whose a row is", () => {
    for (const { columns } of DATA_SETS) expect(columns[0]).toEqual({ name: "broker_id", type: "STRING" });
  });
});
