import type { Transaction } from "kysely";
import { StateError } from "./error.ts";
import type { Database, Tables } from "./tables.ts";

type Migration = (db: Transaction<Tables>) => Promise<void>;

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
];

const VERSION_KEY = "schema_version";

/**
 * Brings the database to the newest version. All of it is one write transaction, so of two processes that start
 * at once the second waits and finds nothing to do. Throws StateError `newer`.
 */
export async function migrate(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
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
    if (version > MIGRATIONS.length) {
      throw new StateError(
        "newer",
        `the state has version ${version}, this program knows up to ${MIGRATIONS.length}: update the program`,
      );
    }
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) await migration(trx);
    const value = String(MIGRATIONS.length);
    await trx
      .insertInto("meta")
      .values({ key: VERSION_KEY, value })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
      .execute();
  });
}

async function createUploads(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("uploads")
    .addColumn("seq", "integer", (c) => c.primaryKey().autoIncrement())
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

async function createAudit(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("seq", "integer", (c) => c.primaryKey().autoIncrement())
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
async function createInbox(db: Transaction<Tables>): Promise<void> {
  await db.schema
    .createTable("inbox")
    .addColumn("seq", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("message", "text", (c) => c.notNull())
    .addColumn("put_at_ms", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("inbox_who").on("inbox").columns(["who", "seq"]).execute();
}
