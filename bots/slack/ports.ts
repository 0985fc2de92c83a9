import type { Logger } from "../../src/conversation/failure.ts";
import type { Conversation } from "../../src/conversation/turn.ts";
import type { ChartSpec } from "../../src/messages/message.ts";
import type { Posted } from "./api.ts";
import type { Recipient, Told } from "./tell.ts";

/** What the channel needs of the rest. */
export interface SlackDeps {
  readonly conversation: Conversation;
  /** The picture of a chart as PNG. */
  draw(spec: ChartSpec): Promise<Uint8Array>;
  readonly logger: Logger;
  readonly now: () => Date;
  /**
   * True for exactly one caller per id, also among several processes: a file is announced twice by Slack and must be
   * fetched once. `conversation` claims what is said by itself.
   */
  claim(id: string): Promise<boolean>;
}

export interface SlackSettings {
  /** `xoxb-…` */
  readonly botToken: string;
  /** How Slack's events come in: over HTTP, signed; or over a socket that we open, which needs no address of ours. */
  readonly mode:
    | { readonly kind: "http"; readonly signingSecret: string; readonly port: number }
    | { readonly kind: "socket"; readonly appToken: string };
  /** Where the Web API is reached, ending in `/api/`; null: Slack itself. */
  readonly apiUrl: string | null;
  /** Language of what is said before anybody has asked anything. */
  readonly language: "pt" | "en";
  /** The largest file taken; absent: 100 MB. */
  readonly maxUploadBytes?: number;
  /** The least time between two messages in one channel; absent: what Slack asks for. For tests. */
  readonly paceMs?: number;
}

export interface Slack {
  /** Resolves once events can come in, with the port of HTTP. Throws SlackStartError. */
  start(): Promise<{ readonly port: number | null }>;
  /** Takes nothing more, and waits a moment for what is under way. */
  stop(): Promise<void>;
  /** Writes to somebody unasked. Throws SendError, also while the channel is not started. */
  tell(to: Recipient, told: Told): Promise<Posted>;
  /** Whether what was told under a key has arrived; null where that cannot be seen. Throws SendError. */
  told(to: Recipient, key: string): Promise<Posted | "absent" | null>;
}

/** Slack did not let us in. It names the setting to look at, and never holds its value. */
export class SlackStartError extends Error {
  override readonly name = "SlackStartError";
  readonly code = "slack_refused";
  readonly setting: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN" | "SLACK_API_URL" | "SLACK_PORT";
  /** Slack's word for it (`invalid_auth`), or the system's (`EADDRINUSE`). */
  readonly reason: string;

  constructor(setting: SlackStartError["setting"], reason: string) {
    super(`Slack could not be started (${reason}): check ${setting}`);
    this.setting = setting;
    this.reason = reason;
  }
}

export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
