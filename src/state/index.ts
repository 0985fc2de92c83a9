import { Kysely, sql } from "kysely";
import { type AlertRules, createAlertRules } from "./alert-rules.ts";
import { type Alerts, createAlerts } from "./alerts.ts";
import { type Audit, createAudit } from "./audit.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { StateError } from "./error.ts";
import { createSeenEvents, type SeenEvents } from "./events.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { createLeases, type Leases } from "./leases.ts";
import { createMarketLog, type MarketLog } from "./market.ts";
import { type Engine, migrate } from "./migrations.ts";
import { createPeople, type People } from "./people.ts";
import { createPipelineRequests, type PipelineRequests } from "./pipeline-requests.ts";
import { createPipelineRuns, type PipelineRuns } from "./pipeline-runs.ts";
import { isPostgres, openPostgres } from "./postgres.ts";
import { createReferences, type References } from "./references.ts";
import { openSqlite } from "./sqlite.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions.ts";
import type { Clock, Tables } from "./tables.ts";
import { createTalks, type Talks } from "./talks.ts";
import { createUploadStore, type UploadStore } from "./uploads.ts";

export type { AlertRule, AlertRules, QuietHours } from "./alert-rules.ts";
export type { AlertFiring, AlertNotice, AlertState, Alerts, StateChange } from "./alerts.ts";
export type { Audit, AuditEntry, AuditFilter, AuditRecord } from "./audit.ts";
export type { Deliveries, DeliveryFilter } from "./deliveries.ts";
export type {
  DeliveryChange,
  DeliveryRow,
  DeliveryState,
  NewDelivery,
  SentRecord,
  Target,
  TrailEntry,
} from "./delivery-row.ts";
export { StateError } from "./error.ts";
export type { SeenEvents } from "./events.ts";
export type { Inbox, InboxItem } from "./inbox.ts";
export type { LeaseOptions, Leases } from "./leases.ts";
export type { MarketLog, OpenProblem } from "./market.ts";
export type { LinkOutcome, People, PersonChange } from "./people.ts";
export type { Person, PersonDetails, Role } from "./person-row.ts";
export type { PipelineRequest, PipelineRequests } from "./pipeline-requests.ts";
export type { PipelineRun, PipelineRuns, UploadOutcome } from "./pipeline-runs.ts";
export type { References } from "./references.ts";
export type { NewSubscription, Subscription, Subscriptions } from "./subscriptions.ts";
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
  readonly subscriptions: Subscriptions;
  readonly deliveries: Deliveries;
  /** What the pipeline on Glue is asked for, and its runs. */
  readonly requests: PipelineRequests;
  readonly runs: PipelineRuns;
  /** What the database finds wrong with itself; empty when it is sound. */
  problems(): Promise<readonly string[]>;
  /** Gives back the leases that are held, and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the state in an SQLite file or, by its URL (`postgres://…`), in a PostgreSQL database; made and brought to the
 * newest version if need be. `mayMake` false: only one that is there already. Throws StateError `unreadable`,
 * `unreachable`, `absent` or `newer`.
 */
export async function openState(
  place: string,
  now: Clock = () => new Date(),
  { mayMake = true }: { readonly mayMake?: boolean } = {},
): Promise<State> {
  const engine: Engine = isPostgres(place) ? "postgres" : "sqlite";
  const dialect = engine === "postgres" ? openPostgres(place) : await openSqlite(place);
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, { engine, mayMake });
  } catch (error) {
    await db.destroy();
    // The URL holds a password: nothing of it goes into the message.
    if (engine === "sqlite" || error instanceof StateError) throw error;
    throw new StateError("unreachable", "the PostgreSQL server of the state does not answer", error);
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
    subscriptions: createSubscriptions(db, now),
    deliveries: createDeliveries(db, now, engine),
    requests: createPipelineRequests(db, now),
    runs: createPipelineRuns(db, now),
    async problems() {
      // PostgreSQL looks after itself: that it answers is all there is to see from here.
      if (engine === "postgres") return [];
      const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
      return rows.map((row) => row.quick_check).filter((line) => line !== "ok");
    },
    async close() {
      await leases.releaseAll();
      await db.destroy();
    },
  };
}
