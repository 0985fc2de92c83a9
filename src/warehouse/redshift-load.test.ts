import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
  type QuotesManifest,
} from "../contracts/gold.ts";
import { RedshiftLoads } from "./redshift-load.ts";
import { type RedshiftService, serveRedshift } from "./redshift-service.testing.ts";
import { makeTables, shapeName } from "./redshift-tables.ts";

const RUN = "20261120T210000000Z-0a1b2c";
const ROLE = "arn:aws:iam::123456789012:role/copy";
const TIMEOUT_MS = 1_200;

let transactions: (readonly string[])[];
let asked: string[];
let there: readonly string[];
let objects: Map<string, string>;
let service: RedshiftService;
let loads: RedshiftLoads;

beforeEach(async () => {
  transactions = [];
  asked = [];
  there = [shapeName()];
  objects = new Map();
  service = await serveRedshift(
    async (sql) => {
      asked.push(sql);
      return { columns: [{ name: "name", type: "varchar" }], rows: there.map((name) => [name]) };
    },
    100,
    async (statements) => void transactions.push(statements),
  );
  loads = new RedshiftLoads(
    { put: async (key, body) => objects.set(key, body.toString()), bytes: async (key) => key.length * 1_000 },
    {
      client: new RedshiftDataClient(service.connection),
      place: { workgroup: "carteira", database: "carteira" },
      bucket: "lake",
      copyRole: ROLE,
      timeoutMs: TIMEOUT_MS,
    },
  );
});
afterEach(() => service.close());

const file = (key: string, rows: number): GoldFile => ({ key, rows, sha256: "" });

/** Two files of clients, none with a row of operations, and one of all else. */
function manifest(): GoldManifest {
  const names = Object.keys(GOLD_TABLES) as GoldTableName[];
  const tables = Object.fromEntries(
    names.map((name) => [name, [file(`gold/${name}/${RUN}/part-0.parquet`, 3)]]),
  );
  return {
    version: 1,
    runId: RUN,
    createdAt: "2026-11-20T21:00:00.000Z",
    asOf: "2026-11-20",
    demo: true,
    inputs: [],
    tables: {
      ...(tables as unknown as GoldManifest["tables"]),
      clients: [file(`gold/clients/${RUN}/part-0.parquet`, 2), file(`gold/clients/${RUN}/part-1.parquet`, 1)],
      operations: [file(`gold/operations/${RUN}/part-0.parquet`, 0)],
    },
  };
}

const quotes = (runId: string): QuotesManifest => ({
  version: 1,
  runId,
  createdAt: "",
  file: file(`speed/quotes_latest/${runId}/quotes.parquet`, 9),
});

const script = (statements: readonly string[]) => `${statements.join(";\n\n")};\n`;

describe("the tables of Redshift", () => {
  it("are those of the contract, with the run", async () => {
    const golden = script(makeTables([])).replaceAll(shapeName(), "shape_HASH");
    await expect(golden).toMatchFileSnapshot("./golden/redshift-tables.sql");
  });

  it("are made where this shape of them is not there, in place of others", async () => {
    there = ["clients", "shape_before"];
    await loads.load(manifest());
    expect(asked).toEqual(["SELECT tablename FROM pg_tables WHERE schemaname = 'gold'"]);
    expect(transactions[0]).toEqual(makeTables(["shape_before"]));
    expect(transactions[0]?.[1]).toContain('"gold"."shape_before"');
  });
});

describe("loading a run", () => {
  it("takes each table in one transaction, and notes the run last", async () => {
    await loads.load(manifest());
    await expect(transactions.map(script).join("\n-- next transaction\n\n")).toMatchFileSnapshot(
      "./golden/redshift-load.sql",
    );
    expect(transactions).toHaveLength(Object.keys(GOLD_TABLES).length + 1);
    expect(transactions.at(-1)?.join()).toContain(`VALUES ('${RUN}')`);
  });

  it("lists the files with their lengths, all of them mandatory, and none without rows", async () => {
    await loads.load(manifest());
    const body = objects.get(`runs/${RUN}/redshift/clients.manifest`) ?? "";
    expect(JSON.parse(body)).toEqual({
      entries: ["part-0", "part-1"].map((part) => ({
        url: `s3://lake/gold/clients/${RUN}/${part}.parquet`,
        mandatory: true,
        meta: { content_length: `gold/clients/${RUN}/${part}.parquet`.length * 1_000 },
      })),
    });
    expect(objects.has(`runs/${RUN}/redshift/operations.manifest`)).toBe(false);
  });

  it("brings quotes, and lets those of an hour before go", async () => {
    await loads.loadQuotes(quotes(RUN));
    await expect(transactions.map(script).join("")).toMatchFileSnapshot("./golden/redshift-quotes.sql");
    expect(transactions[0]?.join()).toContain("< '20261120T200000'");
    await loads.loadQuotes(quotes("by-hand"));
    expect(transactions[1]?.join()).not.toContain("<");
  });

  it("forgets runs in one transaction, and many in several", async () => {
    await loads.forget([RUN, "other"]);
    expect(transactions).toHaveLength(1);
    expect(transactions[0]?.[1]).toBe(
      `DELETE FROM "gold"."loaded_runs" WHERE gold_run IN ('${RUN}', 'other')`,
    );
    await loads.forget(Array.from({ length: 501 }, (_, at) => `run-${at}`));
    expect(transactions).toHaveLength(3);
  });

  it("forgets what comes before all that are kept, and nothing that is on its way", async () => {
    const kept = ["20261118T1-a", "20261119T1-b"];
    // Whatever is asked, the answer is the same list: the marker of the shape is no run that comes before.
    there = [shapeName(), "20261117T1-c", "20261118T1-a", "20261118T2-d", "20261120T1-e"];
    await loads.forgetBefore(kept);
    expect(transactions.flat().filter((sql) => sql.includes("clients"))).toEqual([
      `DELETE FROM "gold"."clients" WHERE gold_run IN ('20261117T1-c')`,
    ]);
    there = [shapeName(), ...kept];
    await loads.forgetBefore(kept);
    expect(transactions).toHaveLength(1);
  });

  it("puts no id into SQL that is none", async () => {
    const strange = "x' OR '1'='1";
    await expect(loads.load({ ...manifest(), runId: strange })).rejects.toMatchObject({ code: "failed" });
    await expect(loads.loadQuotes(quotes(strange))).rejects.toMatchObject({ code: "failed" });
    await expect(loads.forget([strange])).rejects.toMatchObject({ code: "failed" });
    await expect(loads.has("gold", strange)).rejects.toMatchObject({ code: "failed" });
    expect(transactions).toEqual([]);
  });

  it.each(["FAILED", "ABORTED"] as const)(
    "stops at a transaction that ended %s, and notes nothing",
    async (ending) => {
      service.endNext("FINISHED", "FINISHED", ending);
      await expect(loads.load(manifest())).rejects.toMatchObject({ code: "failed" });
      expect(transactions).toHaveLength(1);
    },
  );

  it("waits for a slow one, and cancels what takes too long", async () => {
    service.endNext("SLOW", "SLOW");
    await loads.load(manifest());
    service.endNext("FINISHED", "HANGING");
    await expect(loads.load(manifest())).rejects.toMatchObject({ code: "timeout" });
    expect(service.calls.map(({ operation }) => operation)).toContain("CancelStatement");
  });

  it.each([
    ["BatchExecuteStatement", "ThrottlingException", "timeout"],
    ["BatchExecuteStatement", "ActiveStatementsExceededException", "timeout"],
    ["BatchExecuteStatement", "ExpiredTokenException", "refused"],
    ["ExecuteStatement", "AccessDeniedException", "refused"],
    ["DescribeStatement", "ExpiredTokenException", "refused"],
    ["GetStatementResult", "InternalServerException", "failed"],
  ])("of %s says %s as %s, without a word of the service's", async (operation, fault, code) => {
    service.failNext(operation, fault);
    if (operation === "DescribeStatement") service.endNext("SLOW");
    const error = await loads.load(manifest()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, cause: { message: `${fault}, request request-1` } });
    expect((error as Error).message).not.toMatch(/SELECT|COPY|about/);
  });
});
