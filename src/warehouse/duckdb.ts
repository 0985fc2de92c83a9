import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { GOLD_POINTER, GOLD_TABLES, QUOTES_POINTER } from "../contracts/gold.ts";
import { cellOf } from "./cells.ts";
import { duckDbDialect, emit } from "./emit.ts";
import type { GoldStore } from "./manifests.ts";
import {
  identifier,
  type Registered,
  type RegisteredGold,
  registerGold,
  registerQuotes,
} from "./registration.ts";
import { type Session, SessionPool } from "./sessions.ts";
import { Versions } from "./versions.ts";
import {
  type CatalogueQuery,
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "./warehouse.ts";

/** Connections at once: what DuckDB was measured to gain from (380 queries/s with one, 855 with four). */
const SESSIONS = 4;
const QUERY_TIMEOUT_MS = 30_000;
/** In memory and without a spill file: the loaded tables of 20,000 clients take about a tenth of it. */
const SETTINGS = {
  memory_limit: "2GB",
  temp_directory: "",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
} as const;

/** Stands for "no quotes were ever published" among the versions of the quotes. */
const NO_QUOTES = "";

/**
 * Opens the embedded warehouse over the published gold in `store`. One in-memory DuckDB serves every question;
 * each published version is registered in it when it is first asked for.
 *
 * @example const warehouse = await openDuckDbWarehouse(lake); const snapshot = await warehouse.current();
 */
export async function openDuckDbWarehouse(store: GoldStore): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(":memory:", SETTINGS);
  const owner = await instance.connect();
  await owner.run("SET GLOBAL parquet_metadata_cache = true");
  return new DuckDbWarehouse(store, instance, owner, await SessionPool.open(instance, SESSIONS));
}

class DuckDbWarehouse implements Warehouse {
  readonly #store: GoldStore;
  readonly #instance: DuckDBInstance;
  readonly #owner: DuckDBConnection;
  readonly #pool: SessionPool;
  readonly #gold: Versions<RegisteredGold>;
  readonly #quotes: Versions<Registered>;

  constructor(store: GoldStore, instance: DuckDBInstance, owner: DuckDBConnection, pool: SessionPool) {
    this.#store = store;
    this.#instance = instance;
    this.#owner = owner;
    this.#pool = pool;
    const drop = (version: Registered): Promise<void> => this.#drop(version);
    this.#gold = new Versions((runId) => registerGold(owner, store, runId), drop);
    this.#quotes = new Versions(
      (runId) => registerQuotes(owner, store, runId === NO_QUOTES ? null : runId),
      drop,
    );
  }

  async current(): Promise<Snapshot | null> {
    const [gold, quotes] = await Promise.all([
      this.#store.readPointer(GOLD_POINTER),
      this.#store.readPointer(QUOTES_POINTER),
    ]);
    if (gold === null) return null;
    const quotesRunId = quotes?.content.trim() ?? null;
    const runId = gold.content.trim();
    const { asOf, demo } = await this.#gold.use(runId, async (version) => version);
    return { runId, quotesRunId, asOf, demo };
  }

  async run(
    snapshot: Snapshot,
    query: CatalogueQuery,
    params: Readonly<Record<string, Param>>,
  ): Promise<readonly Row[]> {
    return await this.#gold.use(snapshot.runId, (gold) =>
      this.#quotes.use(snapshot.quotesRunId ?? NO_QUOTES, (quotes) => {
        const dialect = duckDbDialect((table) => tableName(table, gold, quotes));
        const sql = emit(query, params, dialect);
        return this.#pool.use((session) => runOn(session, query.name, sql, dialect.values));
      }),
    );
  }

  async close(): Promise<void> {
    this.#pool.close();
    this.#owner.closeSync();
    this.#instance.closeSync();
  }

  async #drop(version: Registered): Promise<void> {
    this.#pool.forget(version.schema);
    await this.#owner.run(`DROP SCHEMA ${version.schema} CASCADE`);
  }
}

function tableName(table: string, gold: Registered, quotes: Registered): string {
  if (table === "quotes_latest") return `${quotes.schema}.${identifier(table)}`;
  if (!Object.hasOwn(GOLD_TABLES, table))
    throw new WarehouseError("failed", `there is no gold table ${table}`);
  return `${gold.schema}.${identifier(table)}`;
}

async function runOn(
  session: Session,
  name: string,
  sql: string,
  values: readonly (string | bigint)[],
): Promise<readonly Row[]> {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    session.interrupt();
  }, QUERY_TIMEOUT_MS);
  try {
    const statement = await session.prepare(sql);
    for (const [index, value] of values.entries()) {
      if (typeof value === "string") statement.bindVarchar(index + 1, value);
      else statement.bindBigInt(index + 1, value);
    }
    const reader = await statement.runAndReadAll();
    const names = reader.columnNames();
    return reader
      .getRows()
      .map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? "", cellOf(value)])));
  } catch (error) {
    if (timedOut)
      throw new WarehouseError("timeout", `query ${name} took over ${QUERY_TIMEOUT_MS} ms`, error);
    if (error instanceof WarehouseError) throw error;
    throw new WarehouseError("failed", `query ${name} failed`, error);
  } finally {
    clearTimeout(timer);
  }
}
