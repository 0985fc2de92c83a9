import { setTimeout as pause } from "node:timers/promises";
import {
  CancelStatementCommand,
  type ColumnMetadata,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  type Field,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { awsFailure, nameOf } from "./aws-failure.ts";
import { type RedshiftDialect, redshiftDialect } from "./dialects.ts";
import { emit } from "./emit.ts";
import { IdleSessions } from "./idle-sessions.ts";
import type { GoldStore } from "./manifests.ts";
import { Published } from "./published.ts";
import { RunTables } from "./run-tables.ts";
import { textCell } from "./text-cells.ts";
import {
  type CatalogueQuery,
  type Cell,
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "./warehouse.ts";

const SERVICE = "Redshift";
/** The longest that a call may wait for its statement. */
const WAIT_MAX_S = 30;
/** Between two calls that the service answered without waiting. */
const POLL_MS = 200;
/** How long a session outlives its last statement. */
const SESSION_KEPT_S = 300;
const MS_PER_S = 1_000;
/** A page has up to 100 MB; beyond this many nothing is an answer. */
const PAGES_MAX = 1_000;
/** What a session that is over, or busy after all, is refused with. */
const SESSION_GONE: ReadonlySet<string> = new Set(["ValidationException", "ResourceNotFoundException"]);

/** Where the tables are and who asks: a serverless workgroup, or a cluster with a database user or a secret. */
type RedshiftPlace = { readonly database: string; readonly secretArn?: string } & (
  | { readonly workgroup: string }
  | { readonly cluster: string; readonly dbUser?: string }
);

export interface RedshiftSettings {
  readonly client: RedshiftDataClient;
  readonly place: RedshiftPlace;
  /** The schema that has the gold tables. */
  readonly schema: string;
  /** How long a question may take. */
  readonly timeoutMs: number;
}

interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly values: RedshiftDialect["values"];
  /** When it must have ended, in ms of the clock. */
  readonly deadline: number;
}

interface Started {
  readonly id: string;
  readonly session: string | null;
  readonly status: string | undefined;
}

/**
 * Opens the warehouse over Redshift's Data API: published versions are those of the lake's pointers, and their rows are
 * in tables that keep them by run (docs/warehouses.md). Closing it closes the client; sessions end by themselves.
 *
 * @example openRedshiftWarehouse(lake, { client: new RedshiftDataClient(), place: { workgroup: "carteira", database: "carteira" }, schema: "gold", timeoutMs: 30_000 })
 */
export function openRedshiftWarehouse(store: GoldStore, settings: RedshiftSettings): Warehouse {
  return new RedshiftWarehouse(store, settings);
}

class RedshiftWarehouse implements Warehouse {
  readonly #published: Published;
  readonly #settings: RedshiftSettings;
  readonly #sessions = new IdleSessions(SESSION_KEPT_S * MS_PER_S);

  constructor(store: GoldStore, settings: RedshiftSettings) {
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
    const tables = new RunTables(this.#settings.schema, snapshot);
    const dialect = redshiftDialect(tables.name);
    const sql = tables.over(emit(query, params, dialect));
    const deadline = Date.now() + this.#settings.timeoutMs;
    try {
      return await this.#answer({ name: query.name, sql, values: dialect.values, deadline });
    } catch (error) {
      throw awsFailure(SERVICE, query.name, error);
    }
  }

  async close(): Promise<void> {
    this.#settings.client.destroy();
  }

  async #answer(statement: Statement): Promise<readonly Row[]> {
    const started = await this.#start(statement);
    const status = await this.#ended(started, statement);
    // After an error, too, the session is free: a statement that has ended holds nothing.
    if (started.session !== null) this.#sessions.give(started.session);
    if (status !== "FINISHED") {
      const how = status === "ABORTED" ? "was cancelled" : "failed";
      throw new WarehouseError(
        "failed",
        `query ${statement.name} ${how} on ${SERVICE} (statement ${started.id})`,
      );
    }
    return await this.#rowsOf(started.id, statement);
  }

  /** In a session that is open, or else in a new one. */
  async #start(statement: Statement): Promise<Started> {
    const session = this.#sessions.take();
    if (session !== null) {
      try {
        return await this.#execute(statement, { SessionId: session });
      } catch (error) {
        if (!SESSION_GONE.has(nameOf(error))) throw error;
      }
    }
    return await this.#execute(statement, placeOf(this.#settings.place));
  }

  async #execute({ sql, values, deadline }: Statement, where: ReturnType<typeof placeOf>): Promise<Started> {
    const result = await this.#settings.client.send(
      new ExecuteStatementCommand({
        ...where,
        Sql: sql,
        SessionKeepAliveSeconds: SESSION_KEPT_S,
        ...waitUntil(deadline),
        ...(values.length === 0 ? {} : { Parameters: values.map((value) => ({ ...value })) }),
      }),
    );
    if (result.Id === undefined)
      throw new WarehouseError("failed", `${SERVICE} started a statement without an id`);
    return { id: result.Id, session: result.SessionId ?? null, status: result.Status };
  }

  /** Waits until the statement has ended, however it did. One that takes too long is stopped. Throws WarehouseError `timeout`. */
  async #ended({ id, status: first }: Started, { name, deadline }: Statement): Promise<string> {
    for (let status = first; ; ) {
      if (status === "FINISHED" || status === "FAILED" || status === "ABORTED") return status;
      if (Date.now() >= deadline) break;
      if (status !== undefined) await pause(POLL_MS);
      const described = await this.#settings.client.send(
        new DescribeStatementCommand({ Id: id, ...waitUntil(deadline) }),
      );
      status = described.Status ?? "SUBMITTED";
    }
    await this.#stop(id);
    throw new WarehouseError(
      "timeout",
      `query ${name} took over ${this.#settings.timeoutMs} ms on ${SERVICE}`,
    );
  }

  async #stop(id: string): Promise<void> {
    try {
      await this.#settings.client.send(new CancelStatementCommand({ Id: id }));
    } catch {
      // The question has failed already; the session's own limit ends a statement that could not be stopped.
    }
  }

  async #rowsOf(id: string, { name, deadline }: Statement): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let columns: readonly ColumnMetadata[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      if (Date.now() > deadline)
        throw new WarehouseError("timeout", `reading the rows of ${name} took too long`);
      const result = await this.#settings.client.send(
        new GetStatementResultCommand({ Id: id, ...(token === undefined ? {} : { NextToken: token }) }),
      );
      if (page === 0) columns = result.ColumnMetadata ?? [];
      for (const record of result.Records ?? []) rows.push(rowOf(columns, record));
      token = result.NextToken;
      if (token === undefined || token === "") return rows;
    }
    throw new WarehouseError("failed", `query ${name} has over ${PAGES_MAX} pages of rows`);
  }
}

function placeOf(place: RedshiftPlace): {
  readonly SessionId?: string;
  readonly Database?: string;
  readonly SecretArn?: string;
  readonly WorkgroupName?: string;
  readonly ClusterIdentifier?: string;
  readonly DbUser?: string;
} {
  const { database, secretArn } = place;
  return {
    Database: database,
    ...(secretArn === undefined ? {} : { SecretArn: secretArn }),
    ...("workgroup" in place ? { WorkgroupName: place.workgroup } : { ClusterIdentifier: place.cluster }),
    ...("dbUser" in place && place.dbUser !== undefined ? { DbUser: place.dbUser } : {}),
  };
}

/** How long a call may wait for its statement: in whole seconds, and not at all where less than one is left. */
function waitUntil(deadline: number): { readonly WaitTimeSeconds?: number } {
  const seconds = Math.min(WAIT_MAX_S, Math.floor((deadline - Date.now()) / MS_PER_S));
  return seconds < 1 ? {} : { WaitTimeSeconds: seconds };
}

function rowOf(columns: readonly ColumnMetadata[], record: readonly Field[]): Row {
  return Object.fromEntries(
    columns.map(({ name, typeName }, at) => [name ?? "", fieldCell(typeName ?? "", record[at])]),
  );
}

/** Decimals, days and instants come as texts; a double is not among gold's types. */
function fieldCell(type: string, field: Field | undefined): Cell {
  if (field === undefined || field.isNull === true) return null;
  const { stringValue, longValue, booleanValue } = field;
  const text = stringValue ?? longValue ?? booleanValue;
  return textCell(type, text === undefined ? "" : String(text));
}
