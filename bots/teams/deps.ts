import type { ConversationReference } from "botbuilder";
import type { Logger } from "../../src/conversation/failure.ts";
import type { Conversation } from "../../src/conversation/turn.ts";
import type { Draw } from "./pictures.ts";

/** Where a person, or a group, is reached. A key is a person's `who`, or `teams:<tenant>:<conversation id>`. */
export interface ReferenceStore {
  /** Keeps the newest reference of a key. True where there was none before, for exactly one caller. */
  save(key: string, reference: Partial<ConversationReference>): Promise<boolean>;
  find(key: string): Promise<Partial<ConversationReference> | null>;
  /** Of a person or group who removed the app. */
  forget(key: string): Promise<void>;
}

/** What the Teams channel needs of the rest. */
export interface TeamsDeps {
  readonly conversation: Conversation;
  readonly references: ReferenceStore;
  /** Draws a chart as a PNG. */
  readonly draw: Draw;
  readonly logger: Logger;
  /** Largest file taken, in bytes; 256 MiB unless told. */
  readonly maxUploadBytes?: number;
  /** Waits before a request is sent again; tests do not. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** The clock; the machine's unless told. */
  readonly now?: () => Date;
}

/**
 * `local` has no authentication whatever and is reached from this machine only: for the Agents Playground.
 * Otherwise every request must bear a token of Microsoft's for this app, and only people of the tenant are answered.
 */
export type TeamsSettings =
  | { readonly mode: "local" }
  | {
      readonly mode: "authenticated";
      readonly appId: string;
      readonly appPassword: string;
      readonly tenantId: string;
      /** Where tokens are checked and had, in a cloud of its own; Microsoft's public one unless told. */
      readonly endpoints?: { readonly openIdMetadata: string; readonly login: string };
    };

export class TeamsError extends Error {
  readonly code: "port_taken" | "port_refused" | "no_credentials" | "unreachable";
  constructor(code: TeamsError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export const DEFAULT_MAX_UPLOAD_BYTES = 268_435_456;
