import { AthenaClient } from "@aws-sdk/client-athena";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { openAthenaWarehouse } from "./athena.ts";
import { type AthenaService, serveAthena } from "./athena-service.testing.ts";
import type { EngineResult } from "./aws-service.testing.ts";
import { TestStore } from "./gold.testing.ts";
import type { CatalogueQuery, Param, Snapshot, Warehouse } from "./warehouse.ts";

const QUERY: CatalogueQuery = {
  name: "q",
  sql: "SELECT client_id FROM {clients} WHERE name = :name ORDER BY 1 ASC",
};
const SECRET = "Ana d'Ávila";
const PARAMS: Readonly<Record<string, Param>> = { name: { type: "text", value: SECRET } };
const SNAPSHOT: Snapshot = { runId: "run-1", quotesRunId: null, asOf: null, demo: false };
const RESULT: EngineResult = {
  columns: [
    { name: "id", type: "varchar" },
    { name: "value", type: "numeric" },
    { name: "seen_at", type: "timestamp" },
    { name: "known", type: "bool" },
    { name: "rows", type: "int8" },
  ],
  rows: [
    ["id", "1.50000000", "2026-01-02 03:04:05", "t", "3"],
    ["", null, null, "f", "4"],
  ],
};
const TIMEOUT_MS = 400;

let seen: string[];
let service: AthenaService;
let store: TestStore;
let warehouse: Warehouse;

const warehouseOver = (reuseMinutes = 60, workgroup = "carteira"): Warehouse =>
  openAthenaWarehouse(store, {
    client: new AthenaClient(service.connection),
    workgroup,
    database: "gold",
    reuseMinutes,
    timeoutMs: TIMEOUT_MS,
  });

beforeEach(async () => {
  seen = [];
  service = await serveAthena(async (sql) => {
    seen.push(sql);
    return RESULT;
  }, 2);
  store = await TestStore.make();
  warehouse = warehouseOver();
});
afterEach(async () => {
  await warehouse.close();
  await service.close();
  await store.remove();
});

const run = (snapshot = SNAPSHOT, over = warehouse) => over.run(snapshot, QUERY, PARAMS);
const callsOf = (operation: string) => service.calls.filter((call) => call.operation === operation);

describe("the Athena warehouse", () => {
  it("reads every page, without the header, in exact types", async () => {
    expect(await run()).toEqual([
      {
        id: "id",
        value: new Decimal(150_000_000n, 8),
        seen_at: "2026-01-02T03:04:05Z",
        known: true,
        rows: 3,
      },
      { id: "", value: null, seen_at: null, known: false, rows: 4 },
    ]);
    expect(callsOf("GetQueryResults")).toHaveLength(2);
    expect(seen).toEqual([
      `WITH gold_clients AS (SELECT * FROM "gold"."clients" WHERE gold_run = 'run-1')
SELECT client_id FROM gold_clients WHERE name = 'Ana d''Ávila' ORDER BY 1 ASC`,
    ]);
  });

  it("names the version that is published, and none before the first run", async () => {
    expect(await warehouse.current()).toBeNull();
    const runId = await store.publish({}, { asOf: "2026-01-05", demo: true });
    expect(await warehouse.current()).toEqual({ runId, quotesRunId: null, asOf: "2026-01-05", demo: true });
    const quotesRunId = await store.publishQuotes([]);
    expect(await warehouse.current()).toMatchObject({ runId, quotesRunId });
  });

  it("asks for results that may be reused, or not", async () => {
    await run();
    await run({ ...SNAPSHOT, runId: "other" }, warehouseOver(0));
    expect(callsOf("StartQueryExecution").map(({ input }) => input["ResultReuseConfiguration"])).toEqual([
      { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 } },
      undefined,
    ]);
  });

  it("runs equal questions once, and what differs in version, values or workgroup again", async () => {
    await Promise.all([run(), run()]);
    expect(service.executions()).toBe(1);
    await run({ ...SNAPSHOT, runId: "run-2" });
    await run({ ...SNAPSHOT, quotesRunId: "quotes-1" });
    await warehouse.run(SNAPSHOT, QUERY, { name: { type: "text", value: "Bia" } });
    await run(SNAPSHOT, warehouseOver(60, "other"));
    expect(service.executions()).toBe(5);
  });

  it.each([
    ["one that may be tried again", "RETRYABLE"],
    ["one that somebody else cancelled", "CANCELLED"],
  ] as const)("tries %s with another token", async (_name, ending) => {
    service.endNext(ending);
    expect(await run()).toHaveLength(2);
    const tokens = callsOf("StartQueryExecution").map(({ input }) => input["ClientRequestToken"]);
    expect(new Set(tokens).size).toBe(2);
    // Its token is used up for good: the next question does not come upon it.
    expect(await run()).toHaveLength(2);
    expect(service.executions()).toBe(2);
  });

  it.each(["RETRYABLE", "CANCELLED"] as const)("gives up after three that ended %s", async (ending) => {
    service.endNext(ending, ending, ending);
    await expect(run()).rejects.toMatchObject({ code: "failed" });
    expect(service.executions()).toBe(3);
  });

  it("passes over tokens that another process used up long before", async () => {
    service.endNext("FAILED");
    await expect(run()).rejects.toMatchObject({ code: "failed" });
    service.age(60_000);
    expect(await run(SNAPSHOT, warehouseOver())).toHaveLength(2);
    expect(service.executions()).toBe(2);
  });

  it("runs again what has lost its results", async () => {
    await run();
    service.loseResults();
    expect(await run()).toHaveLength(2);
    expect(service.executions()).toBe(2);
  });

  it("stops what takes too long, and begins anew the next time", async () => {
    service.endNext("HANGING");
    await expect(run()).rejects.toMatchObject({ code: "timeout" });
    expect(callsOf("StopQueryExecution")).toHaveLength(1);
    expect(await run()).toHaveLength(2);
  });

  it.each([
    ["StartQueryExecution", "TooManyRequestsException", "timeout"],
    ["GetQueryExecution", "ThrottlingException", "timeout"],
    ["StartQueryExecution", "ExpiredTokenException", "refused"],
    ["GetQueryResults", "AccessDeniedException", "refused"],
    ["StartQueryExecution", "InvalidRequestException", "failed"],
    ["StartQueryExecution", "InternalServerException", "failed"],
  ])("of %s says %s as %s, and nothing of the values", async (operation, fault, code) => {
    service.failNext(operation, fault);
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, cause: { message: `${fault}, request request-1` } });
    expectSilent(error);
  });

  it("says nothing of the values where the query failed", async () => {
    service.endNext("FAILED");
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "failed", message: expect.stringMatching(/category 2, type 1100/) });
    expectSilent(error);
  });
});

function expectSilent(error: unknown): void {
  const { message, stack = "", cause } = error as Error;
  const told = [message, stack, (cause as Error | undefined)?.message ?? ""].join("\n");
  expect(told).not.toMatch(/Ana|SELECT/);
}
