import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";

/** A place for a state of its own: an SQLite file, or a schema where CARTEIRA_TEST_POSTGRES names a server. */
export interface Place {
  readonly place: string;
  /** A folder of its own, for other files of the test. */
  readonly folder: string;
  /** Runs statements behind the state's back. */
  raw(sql: string): Promise<void>;
  remove(): Promise<void>;
}

const SERVER = process.env["CARTEIRA_TEST_POSTGRES"] ?? "";
export const onPostgres = SERVER !== "";

export async function newPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "state-"));
  return onPostgres ? await inSchema(folder) : inFile(folder);
}

function inFile(folder: string): Place {
  const place = join(folder, "state.db");
  return {
    place,
    folder,
    async raw(sql) {
      const database = new DatabaseSync(place);
      database.exec(sql);
      database.close();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

async function inSchema(folder: string): Promise<Place> {
  const schema = `t${randomBytes(8).toString("hex")}`;
  const url = new URL(SERVER);
  url.searchParams.set("options", `-c search_path=${schema}`);
  await on(SERVER, `create schema ${schema}`);
  return {
    place: url.href,
    folder,
    raw: (sql) => on(url.href, sql),
    async remove() {
      await on(SERVER, `drop schema ${schema} cascade`);
      await rm(folder, { recursive: true });
    },
  };
}

async function on(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
