import type { Generated, Kysely } from "kysely";

/**
 * The tables of the operational state. Only text and whole numbers that fit a double: SQLite and PostgreSQL
 * disagree on what a `numeric` reads back as. Instants that are compared are milliseconds since 1970.
 */
export interface Tables {
  meta: { key: string; value: string };
  uploads: UploadsTable;
  leases: { name: string; owner: string; expires_at_ms: number };
  seen_events: { id: string; seen_at_ms: number };
  talks: { place: string; value: string; said_at_ms: number };
  audit: AuditTable;
  market_problems: { source: string; subject: string; code: string; since_ms: number };
  market_runs: { name: string; at_ms: number };
  people: PeopleTable;
  people_links: { channel_user: string; person_id: string; linked_at_ms: number };
  channel_references: { key: string; value: string; saved_at_ms: number };
  alert_rules: AlertRulesTable;
  alert_states: { rule_id: string; subject: string; version: number; value: string };
  alert_firings: AlertFiringsTable;
  alert_notices: AlertNoticesTable;
  alert_settings: { owner: string; quiet_from: string | null; quiet_to: string | null };
  inbox: { seq: Generated<number>; id: string; who: string; message: string; put_at_ms: number };
  subscriptions: SubscriptionsTable;
  deliveries: DeliveriesTable;
  delivery_trail: DeliveryTrailTable;
  pipeline_requests: PipelineRequestsTable;
  pipeline_runs: PipelineRunsTable;
}

export interface UploadsTable {
  seq: Generated<number>;
  id: string;
  file_name: string;
  sha256: string;
  bronze_key: string;
  kind: string | null;
  user_id: string;
  client_id: string | null;
  received_at: string;
  status: string;
  row_count: number | null;
  loaded_count: number | null;
  replaced_count: number | null;
  repeated_count: number | null;
  rejected_count: number | null;
  silver_key: string | null;
  quarantine_key: string | null;
  replaces: string | null;
}

interface AuditTable {
  seq: Generated<number>;
  at: string;
  who: string;
  place: string;
  intent: string;
  client_id: string | null;
  outcome: string;
  channel: string | null;
  person_id: string | null;
}

export interface PeopleTable {
  id: string;
  name: string;
  role: string;
  /** A JSON list of broker ids. */
  brokers: string;
  language: string | null;
  created_at_ms: number;
  removed_at_ms: number | null;
}

export interface AlertRulesTable {
  id: string;
  owner: string;
  /** Counted for each owner, from 1, and never given twice. */
  number: number;
  definition: string;
  language: string;
  created_at: string;
  snoozed_until: string | null;
  deleted_at: string | null;
}

export interface AlertFiringsTable {
  id: string;
  rule_id: string;
  owner: string;
  subject: string;
  fired_at: string;
  urgent: number;
  payload: string;
  planned_at: string | null;
  notice_id: string | null;
  dropped: string | null;
}

export interface AlertNoticesTable {
  id: string;
  owner: string;
  urgent: number;
  payload: string;
  created_at: string;
  handed_at: string | null;
}

/** Instants are ISO texts in UTC with milliseconds, so that their order as texts is their order in time. */
export interface SubscriptionsTable {
  id: string;
  owner: string;
  kind: string;
  channel: string;
  who: string;
  /** Empty: a direct message. */
  place: string;
  /** JSON. */
  schedule: string;
  language: string;
  /** JSON. */
  options: string;
  paused_at: string | null;
  removed_at: string | null;
  planned_through: string;
  created_at: string;
  updated_at: string;
}

export interface DeliveriesTable {
  id: string;
  key: string;
  kind: string;
  subscription_id: string | null;
  owner: string;
  channel: string;
  who: string;
  /** Empty: a direct message. */
  place: string;
  language: string;
  slot: string;
  expires_at: string | null;
  state: string;
  reason: string | null;
  attempts: number;
  next_try_at: string | null;
  lease_until: string | null;
  claimed_by: string | null;
  /** JSON. */
  payload: string;
  /** JSON. */
  sent_record: string;
  resend_of: string | null;
  created_at: string;
  updated_at: string;
}

export interface DeliveryTrailTable {
  seq: Generated<number>;
  delivery_id: string;
  at: string;
  state: string;
  reason: string | null;
  attempts: number;
  by: string;
}

export interface PipelineRequestsTable {
  seq: Generated<number>;
  id: string;
  upload_id: string | null;
  /** JSON. */
  sender: string | null;
  batch: string;
  status: string;
  attempts: number;
  made_at_ms: number;
  run_id: string | null;
}

export interface PipelineRunsTable {
  id: string;
  status: string;
  active: number | null;
  base: string | null;
  job_run_id: string | null;
  tries: number;
  reason: string | null;
  claimed_at_ms: number;
  started_at_ms: number | null;
  finished_at_ms: number | null;
  swept: number;
}

export type Database = Kysely<Tables>;
/** The time source; tests bring their own. */
export type Clock = () => Date;
