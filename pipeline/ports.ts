import type { SilverTableName } from "../src/contracts/silver.ts";

/** What a file turned out to be. One kind fills one silver table. */
export const FILE_KINDS = {
  operations: "operations",
  positions: "operations",
  b3_trades: "operations",
  b3_movements: "operations",
  b3_positions: "operations",
  prices: "prices",
  yahoo_history: "prices",
  tesouro_prices: "prices",
  clients: "clients",
  instruments: "instruments",
  actions: "actions",
} as const satisfies Record<string, SilverTableName>;

export type FileKind = keyof typeof FILE_KINDS;

/** Kinds that only an admin may load: they concern every broker. */
export const ADMIN_KINDS: ReadonlySet<FileKind> = new Set([
  "prices",
  "yahoo_history",
  "tesouro_prices",
  "clients",
  "instruments",
  "actions",
]);

/** A row, or a file, that was not taken, in the reader's language. `line` 0 speaks of the whole file. */
export interface RowIssue {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Counts of one upload. rows = loaded + replaced + repeated + rejected. */
export interface UploadCounts {
  readonly rows: number;
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  readonly rejected: number;
}

/**
 * received: bytes are in bronze · active: its rows count · repeated: every row was there already ·
 * not_promoted: too many bad rows · replaced and undone: taken back · failed: unreadable as a whole.
 */
export type UploadStatus =
  | "received"
  | "active"
  | "repeated"
  | "not_promoted"
  | "replaced"
  | "undone"
  | "failed";

/** What the state keeps of an upload. `seq` grows by one with each upload and orders corrections. */
export interface UploadRecord {
  readonly id: string;
  readonly seq: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly bronzeKey: string;
  readonly kind: FileKind | null;
  readonly userId: string;
  readonly clientId: string | null;
  readonly receivedAt: string;
  readonly status: UploadStatus;
  readonly counts: UploadCounts | null;
  /** Key of the silver Parquet, null before it is written or where no row passed. */
  readonly silverKey: string | null;
  /** Key of the quarantine Parquet (line, column, value, reason), null where no row was rejected. */
  readonly quarantineKey: string | null;
  /** The upload that this one takes the place of. */
  readonly replaces: string | null;
}

/** The uploads as the state keeps them. Implemented in src/state; the pipeline only knows this interface. */
export interface UploadLedger {
  create(upload: Omit<UploadRecord, "seq">): Promise<UploadRecord>;
  update(id: string, change: Partial<Omit<UploadRecord, "id" | "seq">>): Promise<void>;
  /**
   * Activates an upload and, in the same transaction, marks the one it replaces: both or neither.
   */
  activate(id: string, change: Pick<UploadRecord, "counts" | "silverKey" | "quarantineKey">): Promise<void>;
  find(id: string): Promise<UploadRecord | null>;
  /** All active uploads, oldest first. */
  active(): Promise<readonly UploadRecord[]>;
  /** Newest first. */
  list(limit: number): Promise<readonly UploadRecord[]>;
}

/** What a long step reports: a step's name and how far it is (0 to 1, null when that is not known). */
export type Progress = (step: string, fraction: number | null) => void;
