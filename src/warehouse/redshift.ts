import {
  type ColumnMetadata,
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
import { ended, endedBadly } from "./redshift-ended.ts";
import { placeOf, type RedshiftPlace, waitUntil } from "./redshift-place.ts";
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
/** How long a session outlives its last statement. */
const SESSION_KEPT_S = 300;
const MS_PER_S = 1_000;
/** A page has up to 100 MB; beyond this many nothing is an answer. */
const PAGES_MAX = 1_000;
/** What a session that is over, or busy after all, is refused with. */
const SESSION_GONE: ReadonlySet<string> = new Set(["ValidationException", "ResourceNotFoundException"]);

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
      throw awsFailure(SERVICE, `query ${query.name}`, error);
    }
  }

  async close(): Promise<void> {
    this.#settings.client.destroy();
  }

  async #answer(statement: Statement): Promise<readonly Row[]> {
    const started = await this.#start(statement);
    const begun = { ...started, what: `query ${statement.name}`, deadline: statement.deadline };
    const status = await ended(this.#settings.client, begun);
    // After an error, too, the session is free: a statement that has ended holds nothing.
    if (started.session !== null) this.#sessions.give(started.session);
    if (status !== "FINISHED") throw endedBadly(status, begun);
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
