import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDiskLake } from "../../../src/lake/disk.ts";
import { homePaths } from "../../../src/main/home.ts";
import { CATALOGUE } from "../../../src/warehouse/catalogue.ts";
import { openDuckDbWarehouse } from "../../../src/warehouse/duckdb.ts";
import { EVERY_TABLE } from "../../../src/warehouse/every-table.ts";
import { readGoldManifest, readQuotesManifest } from "../../../src/warehouse/manifests.ts";
import type { CatalogueQuery, Param, Row, Snapshot, Warehouse } from "../../../src/warehouse/warehouse.ts";
import { type CommandLine, openCommandLine } from "../../command-line.testing.ts";
import { loadPostgresGold, type PostgresGold } from "./postgres-gold.testing.ts";
import { openPostgresRedshift, type PostgresRedshift } from "./postgres-redshift.testing.ts";
import type { LoadedGold } from "./published-rows.testing.ts";
import { SERVICES, type ServiceEngine } from "./services.testing.ts";
import { loadTrinoGold } from "./trino.testing.ts";
import { layTrinoLake } from "./trino-lake.testing.ts";

/** Every query of the catalogue gives the same rows, in the same order and types, on DuckDB and through the services. */

const NOW = new Date("2026-11-20T22:00:00Z");
const RUNS_PER_QUERY = 5;
const SEED = 18;
/** After all that matures. */
const FAR = "2031-12-31";
/** Their last day is a session. */
const SESSION_ENDS: ReadonlySet<string> = new Set(["client_indexes"]);
/** Trino takes a second or more to plan a query about value. */
const TEST_TIMEOUT_MS = 300_000;
/** A demo has closes only: no index is traded at the moment. */
const FINDS_NOTHING = ["live_levels"];
/** What no id is, and what ends or hides something in some dialect. */
const STRANGE = [
  "",
  "nobody",
  "x' OR '1'='1",
  "a\\",
  "--",
  "/*",
  ":p1",
  "?",
  "CORRETOR1",
  "ação ’",
  "nul\0",
  "\ud800",
];

/** Where Trino is, the engine behind Athena; without one, PostgreSQL stands in for it. */
const TRINO = process.env["CARTEIRA_TEST_TRINO"] ?? "";
/** The folder that its hive connector reads, where it has one: then it reads the files themselves, as Athena does. */
const TRINO_LAKE = process.env["CARTEIRA_TEST_TRINO_LAKE"] ?? "";
const NAMES = ["athena", "redshift", ...(TRINO === "" ? [] : ["athena over Trino"])];

let line: CommandLine;
let trino: LoadedGold | null = null;
let gold: PostgresGold;
let redshift: PostgresRedshift;
let duckdb: Warehouse;
let snapshot: Snapshot;
const engines = new Map<string, ServiceEngine>();
const warehouses = new Map<string, Warehouse>();
let values: Readonly<
  Record<"brokers" | "clients" | "assets" | "pairs" | "indexes" | "sessions", readonly string[]>
>;

beforeAll(async () => {
  line = await openCommandLine(() => NOW);
  const { code, err } = await line.carteira("demo", "--clients", "12");
  expect(code, err).toBe(0);
  await ingestWhatDemosLack();
  const store = await openDiskLake(homePaths(line.home).lake);
  gold = await loadPostgresGold(line.home);
  duckdb = await openDuckDbWarehouse(store);
  const current = await duckdb.current();
  if (current === null) throw new Error("the demo is published");
  snapshot = current;
  if (TRINO !== "") {
    const place = { origin: TRINO, folder: TRINO_LAKE };
    trino = TRINO_LAKE === "" ? await loadTrinoGold(line.home, TRINO) : await layTrinoLake(store, place);
  }
  redshift = await openPostgresRedshift({ ...bound(store), bucket: "lake" }, `${line.home}-copies`);
  // As they are loaded in earnest, beside another run: whoever does not say which run, finds each row twice.
  const manifest = await readGoldManifest(store, snapshot.runId);
  for (const runId of [snapshot.runId, "older"]) await redshift.loads.load({ ...manifest, runId });
  await redshift.loads.loadQuotes(await readQuotesManifest(store, snapshot.quotesRunId ?? ""));
  for (const name of NAMES) {
    const engine =
      name === "redshift" ? redshift : await SERVICES.athena(name === "athena" ? gold : (trino ?? gold));
    engines.set(name, engine);
    const warehouse = await engine.open(store);
    warehouses.set(name, warehouse);
    expect(await warehouse.current()).toEqual(snapshot);
  }
  values = {
    brokers: await gold.distinct("clients", "broker_id"),
    clients: await gold.distinct("clients", "client_id"),
    assets: await gold.distinct("instruments", "instrument_id"),
    pairs: await gold.distinct("fx_daily", "from_currency || to_currency"),
    indexes: await gold.distinct("index_daily", "index_id"),
    sessions: await gold.distinct("portfolio_daily", "date"),
  };
});

afterAll(async () => {
  await duckdb?.close();
  for (const warehouse of warehouses.values()) await warehouse.close();
  for (const { service } of engines.values()) if (service !== redshift.service) await service.close();
  await redshift?.close();
  await gold?.close();
  await trino?.close();
  await line?.remove();
});

/** What loads need of a lake. */
function bound(lake: Awaited<ReturnType<typeof openDiskLake>>) {
  return {
    put: (key: string, body: Uint8Array) => lake.put(key, body),
    stage: (key: string) => lake.stage(key),
  };
}

/** Payments that are announced, deposits that mature, custody that differs, and an instrument without any price. */
async function ingestWhatDemosLack(): Promise<void> {
  const { out } = await line.carteira("ask", "/carteira cliente123", "--as", "corretor1");
  expect(out).toContain("PETR4");
  const files = [
    line.write("eventos.csv", [
      "ativo;data;tipo;fator;situacao;fonte;custo;valor",
      ...["PETR4", "VALE3", "ABCD3"].flatMap((asset) => [
        `${asset};15/06/2026;provento;;;yahoo;;0,47`,
        `${asset};02/10/2026;provento;;;yahoo;;0,33333333`,
        `${asset};10/12/2026;provento;;;arquivo;;1,25`,
      ]),
    ]),
    line.write("operacoes.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;indexador;taxa_juros;vencimento;emissor",
      "cliente123;03/08/2026;compra;CDB-ALFA;10;1.000,00;BRL;0;CDI_PERCENTUAL;110;04/01/2027;Banco Alfa",
      "cliente123;03/08/2026;compra;DEB-BETA;7;1.013,37;BRL;1,11;IPCA;6,5;15/10/2026;Beta",
      "cliente123;03/08/2026;compra;ABCD3;7;13,37;BRL;1,11;;;;",
    ]),
    line.write("posicoes.csv", [
      "cliente;data;ativo;quantidade;preco_medio;moeda",
      "cliente123;18/11/2026;PETR4;123456;38,70;BRL",
      "cliente123;18/11/2026;SEM-PRECO;5;;BRL",
    ]),
  ];
  const { code, err, out: told } = await line.carteira("ingest", ...files, "--as", "admin");
  expect(code, `${err}${told}`).toBe(0);
}

/** Mostly what there is, so that most questions find something. */
function oneOf(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...STRANGE) },
  );
}

type Params = Readonly<Record<string, Param>>;

function thoseOf({ sql }: CatalogueQuery, params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`:${name}\\b`).test(sql)));
}

/** The question that every query finds something for. */
function broadParams(query: CatalogueQuery): Params {
  const last = values.sessions.at(-1) ?? "";
  return thoseOf(query, {
    brokers: { type: "texts", value: values.brokers },
    client: { type: "text", value: "cliente123" },
    asset: { type: "text", value: query.name.startsWith("client_") ? "" : "PETR4" },
    indexes: { type: "texts", value: values.indexes },
    stale: { type: "texts", value: ["VALE3"] },
    assets: { type: "texts", value: values.assets },
    limit: { type: "count", value: 1_000 },
    points: { type: "count", value: 100 },
    from: { type: "day", value: values.sessions.at(-200) ?? "" },
    to: { type: "day", value: SESSION_ENDS.has(query.name) ? last : FAR },
    as_of: { type: "day", value: last },
    day: { type: "day", value: last },
  });
}

function paramsFor(query: CatalogueQuery): fc.Arbitrary<Params> {
  const text = (known: readonly string[]) => oneOf(known).map((value): Param => ({ type: "text", value }));
  const texts = (known: readonly string[], minLength = 0) =>
    fc
      .uniqueArray(oneOf(known), { minLength, maxLength: Math.max(4, minLength) })
      .map((value): Param => ({ type: "texts", value }));
  const count = (max: number) =>
    fc.integer({ min: 0, max }).map((value): Param => ({ type: "count", value }));
  const day = (value: string): Param => ({ type: "day", value });
  const { brokers, clients, assets, pairs, indexes, sessions } = values;
  // Late ones, so that most questions find something.
  const days = fc
    .uniqueArray(fc.constantFrom(...sessions.slice(-200)), { minLength: 2, maxLength: 2 })
    .map((two) => two.toSorted())
    .chain(([from = "", to = ""]) =>
      fc
        .constantFrom(to, FAR)
        .map((end) => ({ from: day(from), to: day(end), as_of: day(to), day: day(to) })),
    );
  const all = {
    brokers: fc.oneof(
      { weight: 4, arbitrary: fc.constant<Param>({ type: "texts", value: brokers }) },
      { weight: 1, arbitrary: texts(brokers) },
    ),
    client: text(clients),
    asset: text([...assets, ...pairs, ...indexes, ""]),
    indexes: texts(indexes),
    stale: texts(assets),
    assets: texts(assets, 3),
    limit: count(6),
    points: count(3_000),
  };
  return fc
    .record({ rest: fc.record(all), when: days })
    .map(({ rest, when }) => thoseOf(query, { ...rest, ...when }));
}

describe.each(NAMES)("%s", (name) => {
  it.each(Object.values(CATALOGUE))(
    "answers $name as DuckDB does",
    async (query) => {
      const warehouse = warehouses.get(name);
      if (warehouse === undefined) throw new Error(`${name} is open`);
      await fc.assert(
        fc.asyncProperty(paramsFor(query), async (params) => {
          const expected = await duckdb.run(snapshot, query, params);
          expect(await warehouse.run(snapshot, query, params)).toEqual(expected);
        }),
        {
          numRuns: RUNS_PER_QUERY,
          seed: SEED + Object.values(CATALOGUE).findIndex(({ name: other }) => other === query.name),
          examples: [[broadParams(query)]],
        },
      );
    },
    TEST_TIMEOUT_MS,
  );

  it("has every column of every table", async () => {
    expect(await warehouses.get(name)?.run(snapshot, EVERY_TABLE, {})).toEqual([]);
  });

  it("finds no quotes where there never were any, and nothing in a run that is not there", async () => {
    const warehouse = warehouses.get(name);
    const asked = async (of: Snapshot, query: CatalogueQuery): Promise<readonly Row[]> =>
      (await warehouse?.run(of, query, {})) ?? [];
    const without = await asked({ ...snapshot, quotesRunId: null }, CATALOGUE.instrumentList);
    expect(without.length).toBeGreaterThan(0);
    expect(without.every((row) => row["price_date"] === null)).toBe(true);
    expect(await asked({ ...snapshot, runId: "never" }, CATALOGUE.brokers)).toEqual([]);
  });
});

describe("the first question of each query", () => {
  it("finds something", async () => {
    const empty: string[] = [];
    for (const query of Object.values(CATALOGUE)) {
      const rows = await duckdb.run(snapshot, query, broadParams(query));
      if (rows.length === 0) empty.push(query.name);
    }
    expect(empty).toEqual(FINDS_NOTHING);
  });
});
