import { type Logger as BoltLogger, LogLevel, RespondError, webApi } from "@slack/bolt";
import { type Logger, reportFailure } from "../../src/conversation/failure.ts";

/** What Slack says where a token does not open anything any more. */
const TOKEN_REFUSED = new Set([
  "token_revoked",
  "token_expired",
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "team_access_not_granted",
]);

/** How long a refused request keeps the next ones from being logged: a stranger must not fill the log. */
const QUIET_MS = 60_000;

/** A refusal that came in the body of a response to `response_url`. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly code: string;
  constructor(code: string) {
    super(`Slack refused: ${code}`);
    this.code = code;
  }
}

/** Slack's own word for what went wrong (`invalid_blocks`); null where it gave none. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof SlackRefusal) return error.code;
  if (error instanceof webApi.WebAPIPlatformError) {
    const word = error.data.error;
    return /^[a-z_]{1,64}$/.test(word) ? word : "unknown_error";
  }
  return null;
}

/** Writes failures of this channel: Slack's word, the class and the place of an error, never its text. */
export interface Reporter {
  /** The id that the person is told. A refused token is logged once, with the setting that holds it. */
  failure(event: string, error: unknown, token?: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN"): string;
}

export function createReporter(logger: Logger): Reporter {
  const refused = new Set<string>();
  return {
    failure(event, error, token = "SLACK_BOT_TOKEN") {
      const slack = refusalOf(error);
      const status =
        error instanceof webApi.WebAPIHTTPError || error instanceof RespondError ? error.statusCode : null;
      if (slack !== null && TOKEN_REFUSED.has(slack)) {
        if (refused.has(token)) return reportFailure(SILENT, event, error);
        refused.add(token);
        return reportFailure(extended(logger, { slack, setting: token }), "slack_token_refused", error);
      }
      return reportFailure(
        extended(logger, { ...(slack && { slack }), ...(status && { status }) }),
        event,
        error,
      );
    },
  };
}

const SILENT: Logger = { error: () => {} };

function extended(logger: Logger, more: Readonly<Record<string, unknown>>): Logger {
  return { error: (event, fields) => logger.error(event, { ...fields, ...more }) };
}

/**
 * Bolt's own log, most of which is dropped: it holds whole events, and errors with their texts. What an operator can
 * act on is kept as an event: a request whose signature does not match, or whose time is not now.
 */
export function boltLogger(logger: Logger, now: () => Date): BoltLogger {
  let quietUntil = 0;
  return {
    debug: () => {},
    info: () => {},
    error: () => {},
    warn(...parts: unknown[]) {
      if (!String(parts[0]).startsWith("Failed to parse and verify") || now().getTime() < quietUntil) return;
      quietUntil = now().getTime() + QUIET_MS;
      logger.error("slack_request_refused", {
        hint: "not signed by Slack just now: check SLACK_SIGNING_SECRET and this machine's clock",
      });
    },
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
  };
}
