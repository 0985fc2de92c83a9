import type { GoldFile, GoldTableName } from "../../src/contracts/gold.ts";
import type { SilverTableName } from "../../src/contracts/silver.ts";
import type { FileKind, RowIssue, UploadCounts } from "../ports.ts";
import type { ArrivalPlan } from "./plan.ts";

/** Both sides of a run of the Glue job say this version: the job refuses another one. */
export const RUN_VERSION = 2;

/** An upload whose rows counted before the run. */
export interface RunUpload {
  readonly uploadId: string;
  /** Orders corrections; see rankOf in ../silver/effective.ts. */
  readonly seq: number;
  readonly sha256: string;
  readonly kind: FileKind;
  readonly table: SilverTableName;
  readonly silverKey: string;
}

/** A file that the run checks: staged, with the SQL of its checks. */
export interface RunArrival extends Omit<RunUpload, "silverKey"> {
  readonly plan: ArrivalPlan;
  /** The upload that this one takes the place of, if it is promoted. */
  readonly replaces: string | null;
  /** Whether the sender may have it replaced, where it counts by then. */
  readonly mayReplace: boolean;
}

/** All that a run of the job reads, under `runs/<run id>/manifest.json`: it lists no folder and remembers nothing. */
export interface GlueRun {
  readonly version: typeof RUN_VERSION;
  readonly runId: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  /** In São Paulo. */
  readonly today: string;
  /** Oldest first. */
  readonly active: readonly RunUpload[];
  /** In the order in which they are taken: what others refer to comes first. */
  readonly arrivals: readonly RunArrival[];
}

/** What became of a file; nothing of it counts until the ledger says so. */
export interface ArrivalOutcome {
  readonly uploadId: string;
  readonly status: "active" | "repeated" | "not_promoted" | "failed";
  readonly counts: UploadCounts;
  /** The first ones, in the sender's language. */
  readonly issues: readonly RowIssue[];
  readonly silverKey: string | null;
  readonly quarantineKey: string | null;
}

/** What the job writes last, under `runs/<run id>/outcome.json`: where it is, all it names is there. */
export interface GlueOutcome {
  readonly version: typeof RUN_VERSION;
  readonly runId: string;
  /** Last B3 session that portfolio_daily holds; null for a book without prices. */
  readonly asOf: string | null;
  /** Files of each gold table, `gold/<table>/<run id>/…`; a table without rows has one file all the same. */
  readonly tables: Readonly<Record<GoldTableName, readonly GoldFile[]>>;
  readonly arrivals: readonly ArrivalOutcome[];
}

export function manifestKey(runId: string): string {
  return `runs/${runId}/manifest.json`;
}

export function outcomeKey(runId: string): string {
  return `runs/${runId}/outcome.json`;
}
