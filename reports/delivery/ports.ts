import type { Asker } from "../../src/access/access.ts";
import type { Message } from "../../src/messages/message.ts";
import type { DeliveryRow, Target } from "../../src/state/index.ts";

/** What delivery needs of those who know what to say (composers) and how a channel is spoken to (outlets). */

interface ParcelFile {
  readonly fileName: string;
  readonly mimeType: "text/csv" | "application/pdf" | "image/png";
  readonly body: Uint8Array;
}

/** What one delivery says. */
export interface Parcel {
  /** At least one: the first stands by itself, the others go in its thread where the channel has such. */
  readonly messages: readonly Message[];
  /** Files, which go with the last message. */
  readonly attachments?: readonly ParcelFile[];
  /** What the figures are of: kept with the row. */
  readonly record: { readonly runId: string | null; readonly asOf: string | null };
}

/** Makes the parcels of one kind of delivery. */
export interface Composer {
  /**
   * What two rows must have in common beside kind, scope, slot, language and payload to be given the same parcel, which is
   * then made once. Null: each row is composed for itself.
   */
  sharedBy(row: DeliveryRow): string | null;
  /** The parcel for somebody with the scope of this moment, or why there is nothing to send. */
  compose(row: DeliveryRow, asker: Asker): Promise<Parcel | { readonly skip: string }>;
}

/** One message of a parcel on its way. */
export interface Piece {
  readonly message: Message;
  /** Its place in the parcel, from 0. */
  readonly part: number;
  /** The channel's id of the first message, once that is confirmed. */
  readonly thread: string | null;
  /** Those of the parcel, with its last message; else none. */
  readonly attachments: readonly ParcelFile[];
}

interface SendOptions {
  /**
   * Of the delivery; with the part it names one message for ever. An outlet puts both where `reconcile` finds them, or hands
   * them to the channel as the request's own id where it knows such.
   */
  readonly key: string;
  readonly language: "pt" | "en";
  /** Aborted when the time for one send is over: what then was not refused may have been accepted. */
  readonly signal: AbortSignal;
}

/** Whether a message that may have left is there. */
export type Reconciled =
  | { readonly outcome: "found"; readonly remoteId: string }
  /** It is certain that the channel has not accepted it, and never will. */
  | { readonly outcome: "absent" }
  /** The channel cannot be asked, or has not answered for sure. */
  | { readonly outcome: "cannot" };

/** Speaks to one channel. It retries nothing: whether and when something is tried again is the worker's to decide. */
export interface Outlet {
  /**
   * Hands one message over. Resolves only once the channel has confirmed it. Throws OutletError; anything else that it
   * throws counts as `unknown`.
   */
  send(target: Target, piece: Piece, options: SendOptions): Promise<{ readonly remoteId: string }>;
  /** Throws where asking failed; then it is asked again later. */
  reconcile(target: Target, key: string, part: number): Promise<Reconciled>;
}

export type OutletFailure =
  /** Not accepted, and may be another time: too many requests, an error of the channel's that says so. */
  | { readonly code: "retry_later"; readonly retryAfterMs: number | null }
  /** Not accepted, and never will be: no such user, the app was removed. `reason`: a short code for the trail. */
  | { readonly code: "refused"; readonly reason: string }
  /** No answer, or none that says: it may have been accepted. */
  | { readonly code: "unknown"; readonly reason: string };

/** Why an outlet did not send. The message holds nothing of what was to be sent. */
export class OutletError extends Error {
  readonly failure: OutletFailure;
  constructor(failure: OutletFailure, cause?: unknown) {
    super(`not sent: ${failure.code}`, { cause });
    this.failure = failure;
  }
}

export type Outlets = Readonly<Partial<Record<Target["channel"], Outlet>>>;
export type Composers = Readonly<Record<string, Composer>>;
