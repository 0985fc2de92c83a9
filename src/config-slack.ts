import { z } from "zod";

/** The settings of Slack; the environment alone holds them. */
export const SLACK_SETTINGS = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, "the app's bot token, xoxb-…")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, "the app's signing secret").optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "an app-level token, xapp-…, for Socket Mode")
    .optional(),
  SLACK_API_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^https?:\/\/[^/]+\/(?:\S+\/)?$/.test(text),
      "the URL of a Web API, ending in /, such as http://127.0.0.1:8080/api/",
    )
    .optional(),
  SLACK_PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
      "a whole number from 0 to 65535 (0 = any free port)",
    )
    .default("3001"),
};

/** What must never be shown, not even as a value that is wrong. */
export const SECRETS: ReadonlySet<string> = new Set([
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
]);

/** How Slack is reached, and how it reaches us: signed over HTTP, or over a socket that we open. */
export interface SlackConfig {
  readonly botToken: string;
  readonly mode:
    | { readonly kind: "http"; readonly signingSecret: string; readonly port: number }
    | { readonly kind: "socket"; readonly appToken: string };
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
}

type Settings = z.infer<z.ZodObject<typeof SLACK_SETTINGS>>;

/** A setting without which the others are of no use, and what it may be. */
interface Missing {
  readonly missing: string;
  readonly allowed: string;
}

/** Slack as it is set up; null where it is not. Half a set of settings is a mistake, and not a Slack turned off. */
export function readSlack(settings: Settings): SlackConfig | Missing | null {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_APP_TOKEN: appToken,
  } = settings;
  if ((botToken ?? signingSecret ?? appToken) === undefined) return null;
  if (botToken === undefined) {
    return { missing: "SLACK_BOT_TOKEN", allowed: "set as well: the app's bot token, xoxb-…" };
  }
  const apiUrl = settings.SLACK_API_URL ?? null;
  // Whoever has made a token for Socket Mode means to use it: an app with it gets no events over HTTP.
  if (appToken !== undefined) return { botToken, mode: { kind: "socket", appToken }, apiUrl };
  if (signingSecret === undefined) {
    const allowed = "set as well (events over HTTP), or else SLACK_APP_TOKEN (Socket Mode)";
    return { missing: "SLACK_SIGNING_SECRET", allowed };
  }
  return { botToken, mode: { kind: "http", signingSecret, port: Number(settings.SLACK_PORT) }, apiUrl };
}
