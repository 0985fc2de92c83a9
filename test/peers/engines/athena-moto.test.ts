import { AthenaClient } from "@aws-sdk/client-athena";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Decimal } from "../../../src/money/decimal.ts";
import { openAthenaWarehouse } from "../../../src/warehouse/athena.ts";
import { CATALOGUE } from "../../../src/warehouse/catalogue.ts";
import { TestStore } from "../../../src/warehouse/gold.testing.ts";
import type { Snapshot } from "../../../src/warehouse/warehouse.ts";
import { type Moto, S3_PEERS, startMoto } from "../moto.testing.ts";

/** A query's life by Athena's API as moto knows it, which is none of ours: begun, looked at, and its rows read. */

const SNAPSHOT: Snapshot = { runId: "run-1", quotesRunId: "quotes-1", asOf: null, demo: false };

let moto: Moto;
let store: TestStore;

const column = (name: string, type: string) => ({
  CatalogName: "hive",
  SchemaName: "",
  TableName: "",
  Name: name,
  Label: name,
  Type: type,
  Precision: 18,
  Scale: 8,
  Nullable: "UNKNOWN",
  CaseSensitive: true,
});

/** What the next query that is begun comes to. The first row is the header, as in Athena. */
async function nextResult(
  columns: readonly (readonly [string, string])[],
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  const cells = [columns.map(([name]) => name), ...rows];
  const result = {
    rows: cells.map((row) => ({ Data: row.map((cell) => (cell === null ? {} : { VarCharValue: cell })) })),
    column_info: columns.map(([name, type]) => column(name, type)),
  };
  const { ok } = await fetch(`${moto.endpoint}/moto-api/static/athena/query-results`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ results: [result], region: "sa-east-1" }),
  });
  expect(ok).toBe(true);
}

function openWarehouse(workgroup: string) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return openAthenaWarehouse(store, {
    client: new AthenaClient({ endpoint: moto.endpoint, region: "sa-east-1", credentials, maxAttempts: 1 }),
    workgroup,
    database: "gold",
    reuseMinutes: 60,
    timeoutMs: 10_000,
  });
}

describe.runIf(S3_PEERS !== undefined)("Athena as moto plays it", () => {
  beforeAll(async () => {
    moto = await startMoto();
    store = await TestStore.make();
  });
  afterAll(async () => {
    await store?.remove();
    await moto?.stop();
  });

  it("runs a query with its parameters, and its rows come in exact types", async () => {
    const columns = [
      ["instrument_id", "varchar"],
      ["price", "decimal"],
      ["price_date", "date"],
      ["price_at", "timestamp"],
      ["delay_minutes", "bigint"],
      ["known", "boolean"],
    ] as const;
    await nextResult(columns, [
      ["PETR4", "38.70000001", "2026-11-19", "2026-11-19 20:59:59.000", "15", "true"],
      ["", null, null, null, null, "false"],
    ]);
    const warehouse = openWarehouse("primary");
    const rows = await warehouse.run(SNAPSHOT, CATALOGUE.quote, { asset: { type: "text", value: "d'Or ?" } });
    expect(rows).toEqual([
      {
        instrument_id: "PETR4",
        price: new Decimal(3_870_000_001n, 8),
        price_date: "2026-11-19",
        price_at: "2026-11-19T20:59:59Z",
        delay_minutes: 15,
        known: true,
      },
      { instrument_id: "", price: null, price_date: null, price_at: null, delay_minutes: null, known: false },
    ]);
    await warehouse.close();
  });

  it("says of a workgroup that there is not that the query failed", async () => {
    const warehouse = openWarehouse("nowhere");
    await expect(warehouse.run(SNAPSHOT, CATALOGUE.brokers, {})).rejects.toMatchObject({ code: "failed" });
    await warehouse.close();
  });
});
