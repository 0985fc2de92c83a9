import type { Readable } from "node:stream";

/** What is known of an object once it is stored. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * Objects under keys, the same on disk and on S3. An object is immutable: only pointers move,
 * and only when they still hold what the mover read.
 */
export interface Lake {
  /** Stores a stream under a key; complete or not at all. Storing the same key again with other bytes throws. */
  put(key: string, body: Readable | Uint8Array): Promise<StoredObject>;
  /** Stores a stream under the key that `keyOf` makes of its sha256 (hex), known only once it has been read. */
  putByHash(body: Readable, keyOf: (sha256: string) => string): Promise<StoredObject>;
  /** Moves a finished local file into the lake. */
  publish(localPath: string, key: string): Promise<StoredObject>;
  /** A local path to read the object from; on disk the object itself. Throws LakeError `missing`. */
  stage(key: string): Promise<string>;
  read(key: string): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  list(prefix: string): Promise<readonly string[]>;
  remove(key: string): Promise<void>;
  /** The pointer's content and a version to hand back to `movePointer`; null when it was never set. */
  readPointer(key: string): Promise<{ readonly content: string; readonly version: string } | null>;
  /** Sets the pointer if it is still at `expected` (null: not there yet). False: somebody else moved it first. */
  movePointer(key: string, content: string, expected: string | null): Promise<boolean>;
}

/**
 * Why a store is not to be had: it does not let us in, it does not have the place, it cannot do what was asked, it has too
 * much to do, or it does not answer.
 */
export type Away = "refused" | "absent" | "unable" | "busy" | "silent";

export class LakeError extends Error {
  /** `unavailable`: the store does not answer, or does not let us in. */
  readonly code: "missing" | "exists" | "unreadable" | "unavailable";
  /** Of `unavailable` alone. */
  readonly away: Away | null;
  constructor(code: LakeError["code"], message: string, cause?: unknown, away: Away | null = null) {
    super(message, { cause });
    this.code = code;
    this.away = away;
  }
}
