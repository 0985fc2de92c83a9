import { setTimeout as pause } from "node:timers/promises";
import {
  type AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row as ResultRow,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { awsFailure, nameOf } from "./aws-failure.ts";
import { athenaDialect } from "./dialects.ts";
import { emit } from "./emit.ts";
import type { GoldStore } from "./manifests.ts";
import { Published } from "./published.ts";
import { RunTables } from "./run-tables.ts";
import { textCell } from "./text-cells.ts";
import { type Token, Tokens } from "./tokens.ts";
import {
  type CatalogueQuery,
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "./warehouse.ts";

const SERVICE = "Athena";
const FIRST_POLL_MS = 100;
const LAST_POLL_MS = 1_000;
const POLL_GROWTH = 1.5;
/** A wait is this much of itself at least, and all of it at most, so that many queries do not ask in step. */
const JITTER_MIN = 0.5;
/** Attempts that may end badly before a question does. */
const FAILURES_MAX = 3;
/** Tokens that may turn out to be used up by attempts of before. */
const USED_TOKENS_MAX = 20;
/** How far the clocks of this machine and of Athena may differ. */
const CLOCK_SKEW_MS = 5_000;
/** Rows of a page, the most that the API gives, and pages of a result: beyond a million rows nothing is an answer. */
const PAGE_ROWS = 1_000;
const PAGES_MAX = 1_000;

export interface AthenaSettings {
  readonly client: AthenaClient;
  readonly workgroup: string;
  /** The database of the Glue catalogue that has the gold tables. */
  readonly database: string;
  /** How old a result may be that Athena gives again without running the query; 0: it always runs. */
  readonly reuseMinutes: number;
  /** How long a question may take, all attempts together. */
  readonly timeoutMs: number;
}

interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly literals: readonly string[];
  /** The versions that it reads. */
  readonly versions: readonly (string | null)[];
  /** When it must have ended, in ms of the clock. */
  readonly deadline: number;
}

/**
 * Opens the warehouse over Athena: published versions are those of the lake's pointers, and their rows are in tables that
 * keep them by run (docs/warehouses.md). Closing it closes the client.
 *
 * @example openAthenaWarehouse(lake, { client: new AthenaClient(), workgroup: "carteira", database: "carteira_gold", reuseMinutes: 60, timeoutMs: 30_000 })
 */
export function openAthenaWarehouse(store: GoldStore, settings: AthenaSettings): Warehouse {
  return new AthenaWarehouse(store, settings);
}

class AthenaWarehouse implements Warehouse {
  readonly #published: Published;
  readonly #settings: AthenaSettings;
  readonly #tokens = new Tokens();

  constructor(store: GoldStore, settings: AthenaSettings) {
    this.#published = new Published(store);
    this.#settings = settings;
  }

  current(): Promise<Snapshot | null> {
    return this.#published.current();
  }

  async run(
    snapshot: Snapshot,
    query: CatalogueQuery,
    params: Readonly<Record<string, Param>>,
  ): Promise<readonly Row[]> {
    const tables = new RunTables(this.#settings.database, snapshot);
    const dialect = athenaDialect(tables.name);
    const statement: Statement = {
      name: query.name,
      sql: tables.over(emit(query, params, dialect)),
      literals: dialect.literals,
      versions: [snapshot.runId, snapshot.quotesRunId],
      deadline: Date.now() + this.#settings.timeoutMs,
    };
    try {
      return await this.#answer(statement);
    } catch (error) {
      throw awsFailure(SERVICE, `query ${query.name}`, error);
    }
  }

  async close(): Promise<void> {
    this.#settings.client.destroy();
  }

  /** The rows of the first attempt that ends well. */
  async #answer(statement: Statement): Promise<readonly Row[]> {
    const { workgroup, database } = this.#settings;
    const { name, sql, literals, versions } = statement;
    let failures = 0;
    for (let used = 0; used < USED_TOKENS_MAX; used += 1) {
      const token = this.#tokens.next([workgroup, database, sql, literals, versions]);
      const askedAt = Date.now();
      const id = await this.#start(statement, token);
      const { Status: status } = await this.#ended(id, statement, token);
      if (status?.State === "SUCCEEDED") {
        const rows = await this.#rowsOf(id, statement.deadline, name);
        if (rows !== null) return rows;
      }
      this.#tokens.spend(token);
      const endedAt = status?.CompletionDateTime?.getTime() ?? askedAt;
      // What ended before it was asked for is an attempt of before, and says nothing of this one.
      if (endedAt < askedAt - CLOCK_SKEW_MS) continue;
      failures += 1;
      const { ErrorCategory: category, ErrorType: type, Retryable: retryable } = status?.AthenaError ?? {};
      if (status?.State === "FAILED" && (retryable !== true || failures === FAILURES_MAX)) {
        throw new WarehouseError(
          "failed",
          `query ${name} failed on ${SERVICE} (execution ${id}, category ${category ?? "?"}, type ${type ?? "?"})`,
        );
      }
      if (failures === FAILURES_MAX) break;
    }
    throw new WarehouseError("failed", `query ${name} was cancelled on ${SERVICE}, or its results are gone`);
  }

  async #start({ sql, literals }: Statement, token: Token): Promise<string> {
    const { client, workgroup, database, reuseMinutes } = this.#settings;
    const { QueryExecutionId: id } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        ClientRequestToken: token.text,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
        ...(literals.length === 0 ? {} : { ExecutionParameters: [...literals] }),
        ...(reuseMinutes === 0
          ? {}
          : {
              ResultReuseConfiguration: {
                ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes },
              },
            }),
      }),
    );
    if (id === undefined) throw new WarehouseError("failed", `${SERVICE} started a query without an id`);
    return id;
  }

  /** Waits until the query has ended, however it did. One that takes too long is stopped. Throws WarehouseError `timeout`. */
  async #ended(id: string, { name, deadline }: Statement, token: Token): Promise<QueryExecution> {
    const { client, timeoutMs } = this.#settings;
    for (
      let waitMs = FIRST_POLL_MS;
      Date.now() < deadline;
      waitMs = Math.min(waitMs * POLL_GROWTH, LAST_POLL_MS)
    ) {
      const { QueryExecution: execution } = await client.send(
        new GetQueryExecutionCommand({ QueryExecutionId: id }),
      );
      const state = execution?.Status?.State;
      if (execution !== undefined && state !== "QUEUED" && state !== "RUNNING") return execution;
      const jitteredMs = waitMs * (JITTER_MIN + Math.random() * (1 - JITTER_MIN));
      await pause(Math.min(jitteredMs, Math.max(0, deadline - Date.now())));
    }
    this.#tokens.spend(token);
    await this.#stop(id);
    throw new WarehouseError("timeout", `query ${name} took over ${timeoutMs} ms on ${SERVICE}`);
  }

  async #stop(id: string): Promise<void> {
    try {
      await this.#settings.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    } catch {
      // The question has failed already; the workgroup's own limit ends a query that could not be stopped.
    }
  }

  /** All rows of a query that ended well; null where its results are not kept any more. */
  async #rowsOf(id: string, deadline: number, name: string): Promise<readonly Row[] | null> {
    const rows: Row[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      if (Date.now() > deadline)
        throw new WarehouseError("timeout", `reading the rows of ${name} took too long`);
      const result = await this.#page(id, token);
      if (result === null) return null;
      const columns = result.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      // The first row of the first page is the header.
      const found = result.ResultSet?.Rows ?? [];
      for (const row of page === 0 ? found.slice(1) : found) rows.push(rowOf(columns, row));
      token = result.NextToken;
      if (token === undefined) return rows;
    }
    throw new WarehouseError("failed", `query ${name} has over ${PAGES_MAX * PAGE_ROWS} rows`);
  }

  async #page(id: string, token: string | undefined) {
    try {
      return await this.#settings.client.send(
        new GetQueryResultsCommand({
          QueryExecutionId: id,
          MaxResults: PAGE_ROWS,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
    } catch (error) {
      // Of a query that ended well, this is said where its file is gone.
      if (nameOf(error) === "InvalidRequestException") return null;
      throw error;
    }
  }
}

function rowOf(columns: readonly ColumnInfo[], { Data: data = [] }: ResultRow): Row {
  return Object.fromEntries(
    columns.map(({ Name: name, Type: type }, at) => {
      const text = data[at]?.VarCharValue;
      return [name ?? "", text === undefined ? null : textCell(type ?? "", text)];
    }),
  );
}
