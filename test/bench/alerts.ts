/**
 * One look at all alerts of a large book, beside the bare queries that it cannot do without, in the same run:
 * `node test/bench/alerts.ts [clients=10000] [rules=2000] [rounds=5]`. On a machine that others use too, the CPU seconds tell more.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DuckDBInstance } from "@duckdb/node-api";
import { DEFAULT_RULES } from "../../reports/alerts/defaults.ts";
import { lookForAlerts } from "../../reports/alerts/look.ts";
import { planNotices } from "../../reports/alerts/notices.ts";
import type { Rule } from "../../reports/alerts/rule.ts";
import { createAccess } from "../../src/access/access.ts";
import { openTestBook } from "../../src/answers/book.testing.ts";
import { instrument, LAST_SESSION, quote, span } from "../../src/answers/rows.testing.ts";
import { randomOf } from "../../src/main/demo/random.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { openState } from "../../src/state/index.ts";
import { CATALOGUE } from "../../src/warehouse/catalogue.ts";
import { openDuckDbWarehouse } from "../../src/warehouse/duckdb.ts";
import type { Param } from "../../src/warehouse/warehouse.ts";

const [, , first = "10000", second = "2000"] = process.argv;
const clients = Number(first);
const rules = Number(second);
const POSITIONS = 20;
const ASSETS = 500;
const BROKERS = 50;
const ROUNDS = Number(process.argv[4] ?? 5);
const NOW = new Date("2026-11-19T20:30:00Z");
const percent = (whole: number) => Decimal.of(whole);
const assets = Array.from({ length: ASSETS }, (_, at) => `TEST${at}`);

/** Prices of one minute; rounds have others, so that some rules fire and some clear. */
function pricesOf(round: number) {
  const random = randomOf("prices", round);
  return [
    ...assets.map((asset) => quote(asset, (10 * (1 + random.normal() * 0.02)).toFixed(2), "10")),
    quote("USDBRL", "5.4", "5.3"),
    quote("IBOV", "101000", "102000"),
  ];
}

/** A book whose clients and positions are written by one statement each, from a row of each. */
async function openBook() {
  const book = await openTestBook(
    {
      clients: [{ client_id: "c0", name: "Cliente 0", broker_id: "b0", base_currency: "BRL" }],
      instruments: [
        ...assets.map((asset) => instrument(asset, "acao")),
        instrument("USDBRL", "cambio"),
        instrument("IBOV", "indice"),
      ],
      positions: [span("c0", "TEST0", { quantity: "100", cost: "1000" })],
      quotes_latest: pricesOf(0),
    },
    { asOf: LAST_SESSION, now: NOW },
  );
  const runId = book.store.pointers.get("gold/CURRENT") ?? "";
  const file = (table: string) => join(book.store.root, "gold", runId, `${table}.parquet`);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const replace = async (table: string, columns: string, rows: number) => {
    await connection.run(`CREATE OR REPLACE TABLE one AS SELECT * FROM read_parquet('${file(table)}')`);
    await connection.run(
      `COPY (SELECT one.* REPLACE (${columns}) FROM one, range(${rows}) t(n) ORDER BY client_id) TO '${file(table)}' (FORMAT parquet)`,
    );
  };
  await replace(
    "clients",
    `'c' || n AS client_id, 'Cliente ' || n AS name, 'b' || (n % ${BROKERS}) AS broker_id`,
    clients,
  );
  await replace(
    "positions",
    `'c' || (n // ${POSITIONS}) AS client_id, 'TEST' || ((n * 7919) % ${ASSETS}) AS instrument_id,
     CAST(50 + (n * 104729) % 900 AS DECIMAL(19,8)) AS quantity, CAST(50 + (n * 104729) % 900 AS DECIMAL(19,8)) AS opening_quantity,
     CAST((50 + (n * 104729) % 900) * (8 + n % 5) AS DECIMAL(20,8)) AS cost`,
    clients * POSITIONS,
  );
  connection.closeSync();
  instance.closeSync();
  return book;
}

/** The default set for each owner, and rules about single instruments and clients. */
function ruleAt(place: number): Rule {
  const owner = place % BROKERS;
  const at = Math.floor(place / BROKERS);
  const asset = assets[(place * 13) % ASSETS] ?? "TEST0";
  const standard = DEFAULT_RULES[at];
  if (standard !== undefined) return standard;
  switch (at % 4) {
    case 0:
      return { kind: "asset_day", urgent: false, asset, direction: "down", percent: percent(3) };
    case 1:
      return { kind: "asset_level", urgent: false, asset, direction: "up", level: Decimal.parse("10.3") };
    case 2:
      return { kind: "asset_cost", urgent: false, asset, direction: "down", percent: percent(15) };
    default:
      return {
        kind: "client_day",
        urgent: false,
        client: `c${owner + BROKERS * at}`,
        direction: "down",
        percent: percent(1),
      };
  }
}

async function main(): Promise<void> {
  const book = await openBook();
  const folder = await mkdtemp(join(tmpdir(), "alert-bench-"));
  const state = await openState(join(folder, "state.db"), () => NOW);
  const warehouse = await openDuckDbWarehouse(book.store);
  const access = createAccess({ brokers: () => book.answers.brokers() }, state.people);
  for (let place = 0; place < rules; place += 1) {
    const rule = { owner: `b${place % BROKERS}`, definition: ruleAt(place), language: "pt" as const };
    await state.alertRules.add(rule, Number.MAX_SAFE_INTEGER);
  }
  const deps = {
    state,
    watch: book.answers.watch,
    again: access.again,
    announced: async () => [],
    maxPerHour: 60,
  };
  const looks: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await book.store.publishQuotes(pricesOf(round));
    const alone = await timed(() => bareQueries(warehouse));
    const [ms, looked, cpu] = await timed(() => lookForAlerts(deps, NOW));
    const [noticed, { notices }] = await timed(() => planNotices(deps, NOW, async () => {}));
    console.log(
      `look ${round}: ${ms.toFixed(0)} ms (CPU ${cpu.toFixed(0)}), ${looked.fired} fired; bare queries ${alone[0].toFixed(0)} ms (CPU ${alone[2].toFixed(0)}); ${notices} notices in ${noticed.toFixed(0)} ms`,
    );
    // The first one loads the book, and fires whatever holds from the start.
    if (round > 0) {
      looks.push(ms);
      bare.push(alone[0]);
    }
  }
  const [ours, theirs] = [median(looks), median(bare)];
  console.log(
    `${clients} clients x ${POSITIONS} positions, ${rules} rules of ${BROKERS} owners, median of ${ROUNDS}`,
  );
  console.log(
    `  ours ${ours.toFixed(0)} ms, bare queries ${theirs.toFixed(0)} ms, ratio ${(ours / theirs).toFixed(2)}`,
  );
  await warehouse.close();
  await state.close();
  await book.close();
  await rm(folder, { recursive: true, force: true });
}

/** The same queries with the same parameters, their rows read and dropped. */
async function bareQueries(warehouse: Awaited<ReturnType<typeof openDuckDbWarehouse>>): Promise<void> {
  const snapshot = await warehouse.current();
  if (snapshot === null) throw new Error("nothing is published");
  const brokers: Param = { type: "texts", value: Array.from({ length: BROKERS }, (_, at) => `b${at}`) };
  const day = (value: string): Param => ({ type: "day", value });
  const points = (value: number): Param => ({ type: "count", value });
  const value = { brokers, as_of: day(LAST_SESSION) };
  await warehouse.run(snapshot, CATALOGUE.watchQuotes, {});
  await warehouse.run(snapshot, CATALOGUE.watchHeld, { brokers });
  await warehouse.run(snapshot, CATALOGUE.watchClients, {
    ...value,
    day: day(LAST_SESSION),
    stale: { type: "texts", value: [] },
  });
  await warehouse.run(snapshot, CATALOGUE.watchWeights, { ...value, points: points(2_850) });
  await warehouse.run(snapshot, CATALOGUE.watchGains, { ...value, points: points(1_200) });
  await warehouse.run(snapshot, CATALOGUE.watchMaturities, {
    brokers,
    from: day(LAST_SESSION),
    to: day("2026-12-04"),
  });
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [ms: number, result: T, cpuMs: number]> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [performance.now() - start, result, (user + system) / 1_000];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

await main();
