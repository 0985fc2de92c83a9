import type { Insertable, Selectable, Updateable } from "kysely";
import { StateError } from "./error.ts";
import type { UploadsTable } from "./tables.ts";

/**
 * The values that an upload's kind and status may have. They are the pipeline's (pipeline/ports.ts), which this room
 * may not import: where src/main hands the store to the pipeline, the type check fails if the two differ.
 */
const KINDS = [
  "operations",
  "positions",
  "b3_trades",
  "b3_movements",
  "b3_positions",
  "prices",
  "yahoo_history",
  "tesouro_prices",
  "clients",
  "instruments",
  "actions",
] as const;
const STATUSES = ["received", "active", "repeated", "not_promoted", "replaced", "undone", "failed"] as const;

/** rows = loaded + replaced + repeated + rejected. */
export interface UploadCounts {
  readonly rows: number;
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  readonly rejected: number;
}

/** What is kept of an upload. `seq` grows by one with each. Keys are the lake's. */
export interface Upload {
  readonly id: string;
  readonly seq: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly bronzeKey: string;
  readonly kind: (typeof KINDS)[number] | null;
  readonly userId: string;
  readonly clientId: string | null;
  /** Instant, ISO in UTC. */
  readonly receivedAt: string;
  readonly status: (typeof STATUSES)[number];
  readonly counts: UploadCounts | null;
  readonly silverKey: string | null;
  readonly quarantineKey: string | null;
  readonly replaces: string | null;
}

export type UploadChange = Partial<Omit<Upload, "id" | "seq">>;

export function fromRow(row: Selectable<UploadsTable>): Upload {
  return {
    id: row.id,
    seq: Number(row.seq),
    fileName: row.file_name,
    sha256: row.sha256,
    bronzeKey: row.bronze_key,
    kind: row.kind === null ? null : oneOf(KINDS, row.kind, row.id),
    userId: row.user_id,
    clientId: row.client_id,
    receivedAt: row.received_at,
    status: oneOf(STATUSES, row.status, row.id),
    counts:
      row.row_count === null
        ? null
        : {
            // PostgreSQL hands a bigint over as text.
            rows: Number(row.row_count),
            loaded: Number(row.loaded_count),
            replaced: Number(row.replaced_count),
            repeated: Number(row.repeated_count),
            rejected: Number(row.rejected_count),
          },
    silverKey: row.silver_key,
    quarantineKey: row.quarantine_key,
    replaces: row.replaces,
  };
}

/** The columns of the fields that are given. */
export function toRow(upload: Omit<Upload, "seq">): Insertable<UploadsTable>;
export function toRow(change: UploadChange): Updateable<UploadsTable>;
export function toRow(upload: Partial<Omit<Upload, "seq">>): Updateable<UploadsTable> {
  const { counts } = upload;
  const row = {
    id: upload.id,
    file_name: upload.fileName,
    sha256: upload.sha256,
    bronze_key: upload.bronzeKey,
    kind: upload.kind,
    user_id: upload.userId,
    client_id: upload.clientId,
    received_at: upload.receivedAt,
    status: upload.status,
    silver_key: upload.silverKey,
    quarantine_key: upload.quarantineKey,
    replaces: upload.replaces,
    ...(counts !== undefined && {
      row_count: counts?.rows ?? null,
      loaded_count: counts?.loaded ?? null,
      replaced_count: counts?.replaced ?? null,
      repeated_count: counts?.repeated ?? null,
      rejected_count: counts?.rejected ?? null,
    }),
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

function oneOf<Value extends string>(allowed: readonly Value[], text: string, id: string): Value {
  const value = allowed.find((candidate) => candidate === text);
  if (value === undefined)
    throw new StateError("corrupt", `upload ${id} holds "${text}", which no version writes`);
  return value;
}
