import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { type SqliteDatabase, SqliteDialect } from "kysely";
import { StateError } from "./error.ts";

/** How long a statement waits for another process's write. */
const BUSY_TIMEOUT_MS = 10_000;
const SQLITE_BUSY = 5;
const WAL_TRIES_MAX = 250;
const WAL_RETRY_MS = 20;

/**
 * Opens an SQLite file, made if it is not there, as a Kysely dialect that is safe across processes.
 * Throws StateError `unreadable`.
 */
export async function openSqlite(file: string): Promise<SqliteDialect> {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw new StateError("unreadable", `cannot open the state in ${file}`, error);
  }
  try {
    await useWriteAheadLog(database);
  } catch (error) {
    database.close();
    throw new StateError("unreadable", `${file} is not a readable SQLite database`, error);
  }
  return new SqliteDialect({ database: bridge(database) });
}

/** Changing a fresh file to WAL fails at once when another process does the same: SQLite ignores the time-out there. */
async function useWriteAheadLog(database: DatabaseSync): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      database.exec("PRAGMA journal_mode=WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || tries === WAL_TRIES_MAX) throw error;
      await sleep(WAL_RETRY_MS);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

/** Gives node:sqlite the shape that Kysely expects of better-sqlite3. */
function bridge(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql) {
      // A deferred transaction that reads and then writes fails under contention in spite of the time-out.
      const statement = database.prepare(sql === "begin" ? "begin immediate" : sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(sqlValue)),
        run: (parameters) => statement.run(...parameters.map(sqlValue)),
        iterate: (parameters) => statement.iterate(...parameters.map(sqlValue)),
      };
    },
  };
}

function sqlValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    return value;
  }
  throw new TypeError(`the state keeps texts and numbers only, not ${typeof value}`);
}
