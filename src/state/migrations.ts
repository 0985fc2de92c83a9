import { type CreateTableBuilder, sql, type Transaction } from "kysely";
import { StateError } from "./error.ts";
import { lockMigrations } from "./postgres.ts";
import type { Database, Tables } from "./tables.ts";

/** What keeps the tables; the little that differs between the two is in this file. */
export type Engine = "sqlite" | "postgres";

type Migration = (db: Transaction<Tables>, engine: Engine) => Promise<void>;

/** In the order they are applied; the version of a database is how many of them it has had. Never edit one: add one. */
const MIGRATIONS: readonly Migration[] = [
  createUploads,
  createLeases,
  createSeenEvents,
  createTalks,
  createAudit,
  createMarket,
  createPeople,
  createReferences,
  createAlerts,
  createInbox,
  createDeliveries,
  createPipelineRuns,
];

const VERSION_KEY = "schema_version";

/**
 * Brings the database to the newest version. All of it is one write transaction, so of two processes that start
 * at once the second waits and finds nothing to do. Throws StateError `newer`, and `absent` where there is nothing yet
 * and `mayMake` does not allow to begin.
 */
export async function migrate(
  db: Database,
  { engine, mayMake }: { readonly engine: Engine; readonly mayMake: boolean },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // SQLite's transaction holds the one write lock there is; PostgreSQL's would let two of them make the same table.
    if (engine === "postgres") await lockMigrations(trx);
    await trx.schema
      .createTable("meta")
      .ifNotExists()
      .addColumn("key", "text", (c) => c.primaryKey())
      .addColumn("value", "text", (c) => c.notNull())
      .execute();
    const row = await trx
      .selectFrom("meta")
      .select("value")
      .where("key", "=", VERSION_KEY)
      .executeTakeFirst();
    const version = Number(row?.value ?? 0);
    if (version === 0 && !mayMake) throw new StateError("absent", "the database holds no state of a book");
    if (version > MIGRATIONS.length) {
      throw new StateError(
        "newer",
        `the state has version ${version}, this program knows up to ${MIGRATIONS.length}: update the program`,
      );
    }
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) await migration(trx, engine);
    const value = String(MIGRATIONS.length);
    await trx
      .insertInto("meta")
      .values({ key: VERSION_KEY, value })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
      .execute();
  });
}

/** A number that grows with each row, by which a table's rows are told apart and ordered. */
function withSeq<T extends string>(
  table: CreateTableBuilder<T>,
  engine: Engine,
): CreateTableBuilder<T, "seq"> {
  return engine === "sqlite"
    ? table.addColumn("seq", "integer", (c) => c.primaryKey().autoIncrement())
    : table.addColumn("seq", "bigserial", (c) => c.primaryKey());
}

async function createUploads(db: Transaction<Tables>, engine: Engine): Promise<void> {
  await withSeq(db.schema.createTable("uploads"), engine)
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("file_name", "text", (c) => c.notNull())
    .addColumn("sha256", "text", (c) => c.notNull())
    .addColumn("bronze_key", "text", (c) => c.notNull())
    .addColumn("kind", "text")
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("client_id", "text")
    .addColumn("received_at", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("row_count", "bigint")
    .addColumn("loaded_count", "bigint")
    .addColumn("replaced_count", "bigint")
    .addColumn("repeated_count", "bigint")
    .addColumn("rejected_count", "bigint")
    .addColumn("silver_key", "text")
    .addColumn("quarantine_key", "text")
    .addColumn("replaces", "text")
    .execute();
  await db.schema.createIndex("uploads_status").on("uploads").columns(["status", "seq"]).execute();
}

async function createLeases(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("leases")
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("expires_at_ms", "bigint", (c) => c.notNull())
    .execute();
}

async function createSeenEvents(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("seen_events")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seen_at_ms", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("seen_events_age").on("seen_events").column("seen_at_ms").execute();
}

async function createTalks(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("talks")
    .addColumn("place", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .addColumn("said_at_ms", "bigint", (c) => c.notNull())
    .execute();
}

async function createAudit(db: Transaction<Tables>, engine: Engine): Promise<void> {
  await withSeq(db.schema.createTable("audit"), engine)
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("place", "text", (c) => c.notNull())
    .addColumn("intent", "text", (c) => c.notNull())
    .addColumn("client_id", "text")
    .addColumn("outcome", "text", (c) => c.notNull())
    .execute();
}

async function createMarket(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("market_problems")
    .addColumn("source", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("code", "text", (c) => c.notNull())
    .addColumn("since_ms", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("market_problems_key", ["source", "subject"])
    .execute();
  await db.schema
    .createTable("market_runs")
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("at_ms", "bigint", (c) => c.notNull())
    .execute();
}

/** People who ask from a channel, their users there, and who and where they were in the audit. */
async function createPeople(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("people")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("brokers", "text", (c) => c.notNull())
    .addColumn("language", "text")
    .addColumn("created_at_ms", "bigint", (c) => c.notNull())
    .addColumn("removed_at_ms", "bigint")
    .execute();
  await db.schema
    .createTable("people_links")
    .addColumn("channel_user", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("linked_at_ms", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("people_links_person").on("people_links").column("person_id").execute();
  await db.schema.alterTable("audit").addColumn("channel", "text").execute();
  await db.schema.alterTable("audit").addColumn("person_id", "text").execute();
}

/** Where people and groups are reached in a channel that writes to nobody it has no reference of. */
async function createReferences(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("channel_references")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .addColumn("saved_at_ms", "bigint", (c) => c.notNull())
    .execute();
}

/** What people want to be told of, what each rule has seen, what it fired, and what was told of it. */
async function createAlerts(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("alert_rules")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("definition", "text", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("snoozed_until", "text")
    .addColumn("deleted_at", "text")
    .addUniqueConstraint("alert_rules_number", ["owner", "number"])
    .execute();
  await db.schema
    .createTable("alert_states")
    .addColumn("rule_id", "text", (c) => c.notNull().references("alert_rules.id"))
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("value", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("alert_states_key", ["rule_id", "subject"])
    .execute();
  await db.schema
    .createTable("alert_firings")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("rule_id", "text", (c) => c.notNull().references("alert_rules.id"))
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("fired_at", "text", (c) => c.notNull())
    .addColumn("urgent", "integer", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("planned_at", "text")
    .addColumn("notice_id", "text")
    .addColumn("dropped", "text")
    .execute();
  await db.schema
    .createIndex("alert_firings_open")
    .on("alert_firings")
    .columns(["planned_at", "dropped"])
    .execute();
  await db.schema
    .createIndex("alert_firings_rule")
    .on("alert_firings")
    .columns(["rule_id", "fired_at"])
    .execute();
  await db.schema
    .createTable("alert_notices")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("urgent", "integer", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("handed_at", "text")
    .execute();
  await db.schema
    .createIndex("alert_notices_owner")
    .on("alert_notices")
    .columns(["owner", "created_at"])
    .execute();
  await db.schema
    .createTable("alert_settings")
    .addColumn("owner", "text", (c) => c.primaryKey())
    .addColumn("quiet_from", "text")
    .addColumn("quiet_to", "text")
    .execute();
}

/** What is written unasked to those who have the local chat alone. */
async function createInbox(db: Transaction<Tables>, engine: Engine): Promise<void> {
  await withSeq(db.schema.createTable("inbox"), engine)
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("message", "text", (c) => c.notNull())
    .addColumn("put_at_ms", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("inbox_who").on("inbox").columns(["who", "seq"]).execute();
}

/** What is sent without being asked: who set it, what became of each, and how that came about. */
async function createDeliveries(db: Transaction<Tables>, engine: Engine): Promise<void> {
  await db.schema
    .createTable("subscriptions")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("place", "text", (c) => c.notNull())
    .addColumn("schedule", "text", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("options", "text", (c) => c.notNull())
    .addColumn("paused_at", "text")
    .addColumn("removed_at", "text")
    .addColumn("planned_through", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .execute();
  // One of a kind for each recipient: setting it again changes it.
  await db.schema
    .createIndex("subscriptions_one")
    .on("subscriptions")
    .columns(["kind", "channel", "who", "place"])
    .where(sql.ref("removed_at"), "is", null)
    .unique()
    .execute();
  await db.schema
    .createTable("deliveries")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subscription_id", "text")
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("place", "text", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("slot", "text", (c) => c.notNull())
    .addColumn("expires_at", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("next_try_at", "text")
    .addColumn("lease_until", "text")
    .addColumn("claimed_by", "text")
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("sent_record", "text", (c) => c.notNull())
    .addColumn("resend_of", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("deliveries_due").on("deliveries").columns(["state", "next_try_at"]).execute();
  await db.schema.createIndex("deliveries_slot").on("deliveries").columns(["slot"]).execute();
  await withSeq(db.schema.createTable("delivery_trail"), engine)
    .addColumn("delivery_id", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("by", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("delivery_trail_of")
    .on("delivery_trail")
    .columns(["delivery_id", "seq"])
    .execute();
}

/** What the pipeline on Glue has been asked for, and its runs. */
async function createPipelineRuns(db: Transaction<Tables>, engine: Engine): Promise<void> {
  await withSeq(db.schema.createTable("pipeline_requests"), engine)
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("upload_id", "text")
    .addColumn("sender", "text")
    .addColumn("batch", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("made_at_ms", "bigint", (c) => c.notNull())
    .addColumn("run_id", "text")
    .execute();
  await db.schema
    .createIndex("pipeline_requests_status")
    .on("pipeline_requests")
    .columns(["status", "seq"])
    .execute();
  for (const column of ["batch", "run_id"] as const) {
    await db.schema
      .createIndex(`pipeline_requests_${column}`)
      .on("pipeline_requests")
      .column(column)
      .execute();
  }
  // `active` is 1 while a run is under way and null afterwards: of ones there can be one, of nulls any number.
  await db.schema
    .createTable("pipeline_runs")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("active", "integer", (c) => c.unique())
    .addColumn("base", "text")
    .addColumn("job_run_id", "text")
    .addColumn("tries", "integer", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("claimed_at_ms", "bigint", (c) => c.notNull())
    .addColumn("started_at_ms", "bigint")
    .addColumn("finished_at_ms", "bigint")
    .addColumn("swept", "integer", (c) => c.notNull())
    .execute();
}
