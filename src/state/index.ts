import { Kysely, sql } from "kysely";
import { type AlertRules, createAlertRules } from "./alert-rules.ts";
import { type Alerts, createAlerts } from "./alerts.ts";
import { type Audit, createAudit } from "./audit.ts";
import { createSeenEvents, type SeenEvents } from "./events.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { createLeases, type Leases } from "./leases.ts";
import { createMarketLog, type MarketLog } from "./market.ts";
import { migrate } from "./migrations.ts";
import { createPeople, type People } from "./people.ts";
import { createReferences, type References } from "./references.ts";
import { openSqlite } from "./sqlite.ts";
import type { Clock, Tables } from "./tables.ts";
import { createTalks, type Talks } from "./talks.ts";
import { createUploadStore, type UploadStore } from "./uploads.ts";

export type { AlertRule, AlertRules, QuietHours } from "./alert-rules.ts";
export type { AlertFiring, AlertNotice, AlertState, Alerts, StateChange } from "./alerts.ts";
export type { Audit, AuditEntry, AuditFilter, AuditRecord } from "./audit.ts";
export { StateError } from "./error.ts";
export type { SeenEvents } from "./events.ts";
export type { Inbox, InboxItem } from "./inbox.ts";
export type { LeaseOptions, Leases } from "./leases.ts";
export type { MarketLog, OpenProblem } from "./market.ts";
export type { LinkOutcome, People, PersonChange } from "./people.ts";
export type { Person, PersonDetails, Role } from "./person-row.ts";
export type { References } from "./references.ts";
export type { Talks } from "./talks.ts";
export type { Upload } from "./upload-row.ts";
export type { UploadStore } from "./uploads.ts";

/** The operational state of one book: everything that is not in the lake. Safe to open from several processes. */
export interface State {
  readonly uploads: UploadStore;
  readonly withLease: Leases["withLease"];
  readonly events: SeenEvents;
  readonly talks: Talks;
  readonly audit: Audit;
  readonly market: MarketLog;
  readonly people: People;
  readonly references: References;
  readonly alertRules: AlertRules;
  readonly alerts: Alerts;
  readonly inbox: Inbox;
  /** What the database finds wrong with itself; empty when it is sound. */
  problems(): Promise<readonly string[]>;
  /** Gives back the leases that are held, and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the state in an SQLite file, made and brought to the newest version if need be.
 * Throws StateError `unreadable` or `newer`.
 */
export async function openState(file: string, now: Clock = () => new Date()): Promise<State> {
  const db = new Kysely<Tables>({ dialect: await openSqlite(file) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const leases = createLeases(db, now);
  return {
    uploads: createUploadStore(db),
    withLease: leases.withLease,
    events: createSeenEvents(db, now),
    talks: createTalks(db, now),
    audit: createAudit(db, now),
    market: createMarketLog(db, now),
    people: createPeople(db, now),
    references: createReferences(db, now),
    alertRules: createAlertRules(db, now),
    alerts: createAlerts(db, now),
    inbox: createInbox(db, now),
    async problems() {
      const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
      return rows.map((row) => row.quick_check).filter((line) => line !== "ok");
    },
    async close() {
      await leases.releaseAll();
      await db.destroy();
    },
  };
}
