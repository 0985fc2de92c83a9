import { PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "./tables.ts";

const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** No statement of ours takes so long; one that does is behind a lock that somebody left. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** Any number that nothing else in the database takes. */
const MIGRATION_LOCK = 0x636172; // "car"

const URL_OF_POSTGRES = /^postgres(?:ql)?:\/\//;

/** Whether a place of the state is a PostgreSQL server rather than a file. */
export function isPostgres(place: string): boolean {
  return URL_OF_POSTGRES.test(place);
}

/** A PostgreSQL database as a Kysely dialect. Nothing is connected before the first statement. */
export function openPostgres(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: "carteira",
  });
  // A connection that breaks while nobody uses it is replaced at the next statement; unheard, it would end the process.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}

/** Makes whoever migrates at the same time wait until this transaction ends. */
export async function lockMigrations(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx);
}
