import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api";
import { WarehouseError } from "./warehouse.ts";

/** Statements that one connection keeps prepared: the whole catalogue for several versions. */
const STATEMENTS_MAX = 128;
/** Queries that may wait for a connection; beyond that the process is drowning and says so. */
const WAITING_MAX = 1_000;

/** One connection, used by one query at a time, with the statements it has prepared. */
export class Session {
  readonly #connection: DuckDBConnection;
  readonly #statements = new Map<string, DuckDBPreparedStatement>();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** The statement for this SQL, prepared before or now. The one unused for longest makes room. */
  async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = await this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    for (const [oldest, unused] of this.#statements) {
      if (this.#statements.size <= STATEMENTS_MAX) break;
      this.#statements.delete(oldest);
      unused.destroySync();
    }
    return statement;
  }

  /** Lets go of what was prepared on a schema that is about to be dropped. */
  forget(schema: string): void {
    for (const [sql, statement] of this.#statements) {
      if (!sql.includes(schema)) continue;
      this.#statements.delete(sql);
      statement.destroySync();
    }
  }

  /** Makes the running query fail. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.destroySync();
    this.#statements.clear();
    this.#connection.closeSync();
  }
}

/** A fixed number of connections to one instance, lent out one query at a time, first come first served. */
export class SessionPool {
  readonly #all: readonly Session[];
  readonly #idle: Session[];
  readonly #waiting: ((session: Session) => void)[] = [];

  private constructor(sessions: readonly Session[]) {
    this.#all = sessions;
    this.#idle = [...sessions];
  }

  static async open(instance: DuckDBInstance, size: number): Promise<SessionPool> {
    const connections = await Promise.all(Array.from({ length: size }, () => instance.connect()));
    return new SessionPool(connections.map((connection) => new Session(connection)));
  }

  /** Runs `work` with a session of its own. Throws WarehouseError `timeout` where too many wait already. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#take();
    try {
      return await work(session);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(session);
      else next(session);
    }
  }

  /** For each session that is idle or will be: statements on `schema` are let go of. */
  forget(schema: string): void {
    for (const session of this.#all) session.forget(schema);
  }

  close(): void {
    for (const session of this.#all) session.close();
  }

  #take(): Promise<Session> | Session {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#waiting.length >= WAITING_MAX) {
      throw new WarehouseError("timeout", `${WAITING_MAX} queries are waiting already: ask again later`);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
