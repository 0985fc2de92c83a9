import type { Briefing } from "../../src/answers/briefing-data.ts";
import type { Block } from "../../src/messages/message.ts";
import type { Draft, Pen } from "../../src/messages/page.ts";
import type { Told } from "./moment.ts";
import type { RejectedFile } from "./rejected.ts";

/** An alert that fired, already in the reader's words. */
export interface DigestAlert {
  /** Instant, ISO in UTC. */
  readonly at: string;
  readonly text: string;
}

/** All that a digest is written from. */
export interface Contents {
  readonly briefing: Briefing;
  readonly told: Told;
  readonly rejected: readonly RejectedFile[];
  readonly alerts: readonly DigestAlert[];
}

/** One part of a digest; null where it has nothing to tell. */
export interface Section {
  /** Its line in the first message. */
  readonly line: (contents: Contents, pen: Pen) => Block | null;
  /** Its message in the thread. */
  readonly draft: (contents: Contents, pen: Pen) => Draft | null;
}

/** More rows than these are for a question, not for a digest. */
export const ROWS_MAX = 10;
