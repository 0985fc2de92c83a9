import type { Logger } from "../../src/conversation/failure.ts";
import type { Conversation } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import type { Draw } from "./charts.ts";
import type { ClientName } from "./page.ts";

/** What somebody is told unasked: digests, alerts. */
interface Inbox {
  /** What came after the item numbered `seq`, the oldest first; only what is recent. */
  after(
    user: string,
    seq: number,
  ): Promise<readonly { readonly seq: number; readonly at: Date; readonly message: Message }[]>;
}

/** What the local chat needs of the rest. */
export interface ConsoleDeps {
  readonly conversation: Conversation;
  /** The brokers one may speak as; asked again with every message. */
  brokers(): Promise<readonly string[]>;
  /** The clients of a broker, for the list beside the talk and for files that do not name one. */
  clients?(broker: string): Promise<readonly ClientName[]>;
  /** The client whom the first suggestions ask about, where the broker has them; the first of the list otherwise. */
  readonly featured?: string;
  /** What was sent to a user of the chat; absent: nothing is. */
  readonly inbox?: Inbox;
  /** Whether the book is the synthetic one: then every screen says so. */
  readonly demo: boolean | (() => Promise<boolean>);
  /** Draws a chart as a PNG. */
  readonly draw: Draw;
  readonly logger: Logger;
  /** Largest file taken, in bytes; 256 MiB unless told. */
  readonly maxUploadBytes?: number;
  /** The clock; the machine's unless told. */
  readonly now?: () => Date;
}

const DEFAULT_MAX_UPLOAD_BYTES = 268_435_456;

export function maxUploadBytesOf(deps: ConsoleDeps): number {
  return deps.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES;
}
