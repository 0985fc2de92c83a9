import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { GOLD_TABLES } from "../../src/contracts/gold.ts";
import { COLUMN_TYPES, type Column, type ColumnType } from "../../src/contracts/types.ts";
import { DATA_SETS, tablesRead } from "./data-sets.ts";
import { dashboardTables, inRedshift, onAthena } from "./published.ts";

/** What DuckDB calls what QuickSight is told. */
const TYPES = { STRING: /^VARCHAR$/, DECIMAL: /^DECIMAL/, DATETIME: /^DATE$/ } as const;

/** Two runs in each table, of which the second is published: rows of the first must not be there. */
async function openGold(): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("create schema gold; create schema lake");
  for (const table of Object.values(GOLD_TABLES)) {
    const parts = table.columns.map(({ name, type }) => `"${name}" ${COLUMN_TYPES[type]}`).join(", ");
    const rows = ["2026-01", "2026-02"].map(
      (run) => `(${table.columns.map((one) => sampleOf(one, run)).join(", ")})`,
    );
    await connection.run(`create table lake.dashboard_${table.name} (${parts})`);
    await connection.run(`insert into lake.dashboard_${table.name} values ${rows.join(", ")}`);
    await connection.run(
      `create table gold.${table.name} as select *, run_id as gold_run from lake.dashboard_${table.name}`,
    );
  }
  await connection.run(
    "create table gold.loaded_runs as select '2026-01' as gold_run union all select '2026-02'",
  );
  await connection.run(
    `create table lake.dashboard_manifests as
     select 's3://b/gold/manifests/' || gold_run || '.json' as "$path" from gold.loaded_runs`,
  );
  return connection;
}

/** Fitting in every column of the contract; keys of tables that are joined are equal. */
function sampleOf({ name, type }: Column, run: string): string {
  if (name === "run_id") return `'${run}'`;
  const text = name.includes("currency") ? "'BRL'" : "'x'";
  const values: Partial<Record<ColumnType, string>> = {
    text,
    flag: "true",
    day: "'2026-11-25'",
    instant: "'2026-11-25'",
  };
  return values[type] ?? "2";
}

describe("the data sets of the dashboard", () => {
  const engines = { Redshift: inRedshift, Athena: onAthena("lake") };
  const cases = DATA_SETS.flatMap((set) =>
    (["Redshift", "Athena"] as const).map((engine) => [set.id, engine, set] as const),
  );

  it.each(cases)(
    "%s asks %s for what it has, of the published run alone",
    async (_, engine, { sql, columns }) => {
      const connection = await openGold();
      try {
        const result = await connection.runAndReadAll(sql(engines[engine]));
        expect(result.columnNames()).toEqual(columns.map(({ name }) => name));
        result.columnTypes().forEach((type, at) => {
          expect(String(type)).toMatch(TYPES[columns[at]?.type ?? "STRING"]);
        });
        expect(result.currentRowCount).toBe(1);
      } finally {
        connection.closeSync();
      }
    },
  );

  it("read tables that Athena is given", () => {
    const given = dashboardTables("b").map(({ name }) => name);
    expect(given).toEqual(expect.arrayContaining(tablesRead().map((name) => `dashboard_${name}`)));
  });

  it("all say whose a row is", () => {
    for (const { columns } of DATA_SETS) expect(columns[0]).toEqual({ name: "broker_id", type: "STRING" });
  });
});
