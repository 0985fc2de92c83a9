import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import type { EngineResult } from "./aws-service.testing.ts";
import { TestStore } from "./gold.testing.ts";
import { openRedshiftWarehouse } from "./redshift.ts";
import { type RedshiftService, serveRedshift } from "./redshift-service.testing.ts";
import type { CatalogueQuery, Param, Snapshot, Warehouse } from "./warehouse.ts";

const QUERY: CatalogueQuery = {
  name: "q",
  sql: "SELECT client_id FROM {clients} WHERE name = :name ORDER BY 1 ASC",
};
const PARAMS: Readonly<Record<string, Param>> = { name: { type: "text", value: "Ana d'Ávila :p9" } };
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
    ["x", "1.50000000", "2026-01-02 03:04:05", "t", "3"],
    ["", null, null, "f", "0"],
    ["z", "0.00000000", null, null, null],
  ],
};
const TIMEOUT_MS = 1_500;

let seen: (readonly [string, readonly string[]])[];
let service: RedshiftService;
let store: TestStore;
let warehouse: Warehouse;

beforeEach(async () => {
  seen = [];
  service = await serveRedshift(async (sql, values) => {
    seen.push([sql, values]);
    return RESULT;
  }, 2);
  store = await TestStore.make();
  warehouse = openRedshiftWarehouse(store, {
    client: new RedshiftDataClient(service.connection),
    place: { workgroup: "carteira", database: "carteira" },
    schema: "gold",
    timeoutMs: TIMEOUT_MS,
  });
});
afterEach(async () => {
  await warehouse.close();
  await service.close();
  await store.remove();
});

const run = () => warehouse.run(SNAPSHOT, QUERY, PARAMS);
const callsOf = (operation: string) => service.calls.filter((call) => call.operation === operation);

describe("the Redshift warehouse", () => {
  it("reads every page in exact types, and sends values beside the statement", async () => {
    expect(await run()).toEqual([
      { id: "x", value: new Decimal(150_000_000n, 8), seen_at: "2026-01-02T03:04:05Z", known: true, rows: 3 },
      { id: "", value: null, seen_at: null, known: false, rows: 0 },
      { id: "z", value: new Decimal(0n, 8), seen_at: null, known: null, rows: null },
    ]);
    expect(callsOf("GetStatementResult")).toHaveLength(2);
    expect(seen).toEqual([
      [
        `WITH gold_clients AS (SELECT * FROM "gold"."clients" WHERE gold_run = 'run-1')
SELECT client_id FROM gold_clients WHERE name = CAST($1 AS VARCHAR(65535)) ORDER BY 1 ASC`,
        ["Ana d'Ávila :p9"],
      ],
    ]);
  });

  it("is answered by the call that starts the statement, where that is quick", async () => {
    await run();
    expect(callsOf("DescribeStatement")).toEqual([]);
    expect(callsOf("ExecuteStatement")[0]?.input).toMatchObject({
      Database: "carteira",
      WorkgroupName: "carteira",
      SessionKeepAliveSeconds: 300,
      WaitTimeSeconds: 1,
    });
  });

  it("waits for a statement that is not", async () => {
    service.endNext("SLOW");
    expect(await run()).toHaveLength(3);
    expect(callsOf("DescribeStatement").length).toBeGreaterThan(0);
  });

  it("keeps to one session for questions one after the other, and one each for those at once", async () => {
    await run();
    await run();
    expect(service.sessions()).toBe(1);
    await Promise.all([run(), run(), run()]);
    expect(service.sessions()).toBe(3);
    await Promise.all([run(), run(), run()]);
    expect(service.sessions()).toBe(3);
  });

  it("opens another session where the one it had is over", async () => {
    await run();
    service.endSessions();
    expect(await run()).toHaveLength(3);
    expect(service.sessions()).toBe(2);
  });

  it("cancels what takes too long, and leaves its session alone", async () => {
    service.endNext("HANGING");
    await expect(run()).rejects.toMatchObject({ code: "timeout" });
    expect(callsOf("CancelStatement")).toHaveLength(1);
    await run();
    expect(service.sessions()).toBe(2);
  });

  it.each(["FAILED", "ABORTED"] as const)(
    "says of a statement that ended %s nothing of its values",
    async (ending) => {
      service.endNext(ending);
      const error = await run().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "failed" });
      expectSilent(error);
    },
  );

  it.each([
    ["ExecuteStatement", "ThrottlingException", "timeout"],
    ["ExecuteStatement", "ActiveStatementsExceededException", "timeout"],
    ["ExecuteStatement", "ExpiredTokenException", "refused"],
    ["ExecuteStatement", "ValidationException", "failed"],
    ["GetStatementResult", "AccessDeniedException", "refused"],
  ])("of %s says %s as %s, and nothing of the values", async (operation, fault, code) => {
    service.failNext(operation, fault);
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, cause: { message: `${fault}, request request-1` } });
    expectSilent(error);
  });
});

function expectSilent(error: unknown): void {
  const { message, stack = "", cause } = error as Error;
  const told = [message, stack, (cause as Error | undefined)?.message ?? ""].join("\n");
  expect(told).not.toMatch(/Ana|SELECT/);
}
