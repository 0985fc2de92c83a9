import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLD_TABLES, type GoldManifest, type GoldTableName } from "../../../src/contracts/gold.ts";
import { CATALOGUE } from "../../../src/warehouse/catalogue.ts";
import { TestStore } from "../../../src/warehouse/gold.testing.ts";
import { readGoldManifest, readQuotesManifest } from "../../../src/warehouse/manifests.ts";
import { ReadyRedshift } from "../../../src/warehouse/redshift-ready.ts";
import { REDSHIFT_SCHEMA } from "../../../src/warehouse/redshift-tables.ts";
import { openPostgresRedshift, type PostgresRedshift } from "./postgres-redshift.testing.ts";

/** Runs are loaded into Redshift whole and once, whatever a load died of, over the loopback service and real PostgreSQL. */

const TEST_TIMEOUT_MS = 240_000;
/** All that a load of a run does is 17 tables of 6 statements, and the note; making the tables comes before. */
const STATEMENTS_MIN = 100;

let store: TestStore;
let redshift: PostgresRedshift;
let first: GoldManifest;
let second: GoldManifest;
let quotes: readonly string[];

beforeAll(async () => {
  store = await TestStore.make();
  const rows = Object.fromEntries(
    (Object.keys(GOLD_TABLES) as GoldTableName[]).map((name) => [
      name,
      ["a", "b", "c"].map((id) => Object.fromEntries(textKeys(name).map((column) => [column, `${id}'x`]))),
    ]),
  );
  first = await readGoldManifest(store, await store.publish(rows));
  second = await readGoldManifest(
    store,
    await store.publish({ ...rows, clients: [{ client_id: "d" }], income: [] }),
  );
  quotes = [
    await store.publishQuotes([{ instrument_id: "PETR4", price: "38.70000001" }]),
    await store.publishQuotes([{ instrument_id: "PETR4", price: "38.80000000" }, { instrument_id: "VALE3" }]),
  ];
  redshift = await openPostgresRedshift(
    {
      bucket: "lake",
      stage: (key) => store.stage(key),
      async put(key, body) {
        const path = await store.stage(key);
        await mkdir(dirname(path), { recursive: true });
        // As a lake does it: complete or not at all, whoever reads it meanwhile.
        const draft = `${path}.${randomUUID()}`;
        await writeFile(draft, body);
        await rename(draft, path);
      },
    },
    join(store.root, "scratch"),
  );
});
afterAll(async () => {
  await redshift?.close();
  await store?.remove();
});

function textKeys(name: GoldTableName): readonly string[] {
  const { columns, sortedBy } = GOLD_TABLES[name];
  return columns
    .filter((column) => column.type === "text" && sortedBy.includes(column.name))
    .map((c) => c.name);
}

/** All statements of the first table and of one in the middle, and those of the last one with the note that comes after it. */
function deaths(statements: number): readonly number[] {
  const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);
  return [...from(1, 6), ...from(Math.floor(statements / 2), 6), ...from(statements - 8, 9)];
}

/** Rows of each table under a run. */
async function counts(runId: string): Promise<Readonly<Record<string, number>>> {
  const found: [string, number][] = [];
  for (const name of [...Object.keys(GOLD_TABLES), "quotes_latest"]) {
    const sql = `SELECT COUNT(*) FROM ${REDSHIFT_SCHEMA}."${name}" WHERE gold_run = '${runId}'`;
    found.push([name, Number((await redshift.rows(sql))[0]?.[0])]);
  }
  return Object.fromEntries(found.filter(([, count]) => count > 0));
}

const expected = (manifest: GoldManifest) =>
  Object.fromEntries(
    (Object.keys(GOLD_TABLES) as GoldTableName[])
      .map((name) => [name, manifest.tables[name].reduce((sum, { rows }) => sum + rows, 0)] as const)
      .filter(([, count]) => count > 0),
  );

const isLoaded = (runId: string, what: "gold" | "quotes" = "gold") => redshift.loads.has(what, runId);

describe("a run", () => {
  it("is there in full, in exact values and by position, and only once it is noted", async () => {
    await redshift.loads.load(first);
    expect(await counts(first.runId)).toEqual(expected(first));
    expect(await isLoaded(first.runId)).toBe(true);
    expect(await isLoaded(second.runId)).toBe(false);
    expect(
      await redshift.rows(`SELECT client_id, controls_cash, run_id FROM gold.clients ORDER BY 1`),
    ).toEqual(["a", "b", "c"].map((id) => [`${id}'x`, "f", first.runId]));
  });

  it(
    "is right and once after loads that died at each kind of statement, early and late",
    async () => {
      redshift.failAt(null);
      await redshift.loads.load(second);
      const statements = redshift.statements();
      expect(statements).toBeGreaterThanOrEqual(STATEMENTS_MIN);
      await redshift.loads.forget([second.runId]);
      for (const n of deaths(statements)) {
        redshift.failAt(n);
        await expect(redshift.loads.load(second)).rejects.toMatchObject({ code: "failed" });
        expect(await isLoaded(second.runId), `statement ${n}`).toBe(false);
        // What came in before stays: what is loaded again comes in its place.
      }
      redshift.failAt(null);
      await redshift.loads.load(second);
      expect(await counts(second.runId)).toEqual(expected(second));
      expect(await isLoaded(second.runId)).toBe(true);
      expect(await counts(first.runId)).toEqual(expected(first));
    },
    TEST_TIMEOUT_MS,
  );

  it("is once where two load it at the same time, and again", async () => {
    redshift.failAt(null);
    const load = () => redshift.loads.load(second);
    await Promise.all([load(), load(), load()]);
    expect(await counts(second.runId)).toEqual(expected(second));
    await load();
    expect(await counts(second.runId)).toEqual(expected(second));
  });

  it("goes where it is forgotten, and no other does", async () => {
    await redshift.loads.forget([second.runId, "never"]);
    expect(await counts(second.runId)).toEqual({});
    expect(await isLoaded(second.runId)).toBe(false);
    expect(await counts(first.runId)).toEqual(expected(first));
  });

  it("is not taken from files of another length than is said", async () => {
    const file = second.tables.clients[0];
    if (file === undefined) throw new Error("clients have a file");
    await writeFile(await store.stage(file.key), "cut off");
    redshift.failAt(null);
    await expect(redshift.loads.load(second)).rejects.toMatchObject({ code: "failed" });
    expect(await isLoaded(second.runId)).toBe(false);
  });
});

describe("quotes", () => {
  it("come when the first query wants them, once for two that do, and the query answers with them", async () => {
    const snapshot = { runId: first.runId, quotesRunId: quotes[1] ?? "", asOf: null, demo: false };
    const open = async () => new ReadyRedshift(await redshift.open(store), store, redshift.loads);
    const [one, two] = [await open(), await open()];
    await one.run(snapshot, CATALOGUE.brokers, {});
    expect(await counts(snapshot.quotesRunId)).toEqual({});
    await Promise.all(
      [one, two].map((engine) =>
        engine.run(snapshot, CATALOGUE.quote, { asset: { type: "text", value: "PETR4" } }),
      ),
    );
    expect(await counts(snapshot.quotesRunId)).toEqual({ quotes_latest: 2 });
    await redshift.loads.loadQuotes(await readQuotesManifest(store, snapshot.quotesRunId));
    expect(await counts(snapshot.quotesRunId)).toEqual({ quotes_latest: 2 });
    expect(await redshift.rows("SELECT price FROM gold.quotes_latest WHERE instrument_id = 'PETR4'")).toEqual(
      [["38.80000000"]],
    );
    await Promise.all([one.close(), two.close()]);
  });

  it("of more than an hour before go when others come", async () => {
    const manifest = await readQuotesManifest(store, quotes[0] ?? "");
    const at = (runId: string) => redshift.loads.loadQuotes({ ...manifest, runId });
    const [old, late, now] = ["20261120T195900000Z-a", "20261120T200100000Z-b", "20261120T210000000Z-c"];
    for (const runId of [old, late, now]) await at(runId);
    expect(await counts(old)).toEqual({});
    expect(await isLoaded(old, "quotes")).toBe(false);
    expect(await counts(late)).toEqual({ quotes_latest: 1 });
    expect(await isLoaded(late, "quotes")).toBe(true);
    expect(await isLoaded(late)).toBe(false);
  });
});

describe("tables of another shape", () => {
  it("give way to those of the contract, with the run that comes", async () => {
    await redshift.rows("ALTER TABLE gold.clients DROP COLUMN email");
    const [[shape] = []] = await redshift.rows(
      "SELECT CAST(tablename AS VARCHAR) FROM pg_tables WHERE schemaname = 'gold' AND tablename LIKE 'shape%'",
    );
    await redshift.rows(`ALTER TABLE gold.${shape} RENAME TO shape_before`);
    redshift.failAt(null);
    await redshift.loads.load(first);
    expect(await counts(first.runId)).toEqual(expected(first));
    const [[left] = []] = await redshift.rows(
      "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'gold' AND tablename = 'shape_before'",
    );
    expect(left).toBe("0");
  });
});
