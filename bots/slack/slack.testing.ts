import { createHmac } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { expect } from "vitest";
import { talk } from "../../src/conversation/conversation.testing.ts";
import type { ConversationDeps } from "../../src/conversation/conversation.ts";
import type { Conversation, DroppedFile } from "../../src/conversation/turn.ts";
import { FakeSlack } from "./fake-slack.testing.ts";
import type { Slack, SlackDeps, SlackSettings } from "./ports.ts";
import { createSlack } from "./slack.ts";

export const SECRET = "the-signing-secret-of-the-test";
const WAIT_MS = 8_000;

/** Brokers of the workspace T1: U1 has a book, U2 another one, and nobody else is known. */
const USERS: Readonly<Record<string, string>> = { "slack:T1:U1": "corretor1", "slack:T1:U2": "corretor2" };

export interface Desk {
  readonly slack: FakeSlack;
  readonly logged: { readonly event: string; readonly [field: string]: unknown }[];
  readonly asked: ReturnType<typeof talk>["asked"];
  readonly audited: ReturnType<typeof talk>["audited"];
  readonly dropped: { readonly file: Omit<DroppedFile, "body">; readonly text: string }[];
  /** Another process on the same state. */
  second(): Promise<number>;
  readonly port: number;
  /** Sends what Slack would send, signed, and gives the status. */
  send(payload: Payload, how?: How): Promise<number>;
  eventually(check: () => void): Promise<void>;
  /** Waits until nothing more comes. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Payload {
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

interface How {
  readonly secret?: string;
  readonly ageSeconds?: number;
  /** The second that the signature is made for, and, where it says another, the one that the request claims. */
  readonly at?: number;
  readonly claims?: number;
  readonly retry?: number;
  readonly port?: number;
}

export interface DeskOptions {
  readonly settings?: Partial<SlackSettings>;
  readonly deps?: Partial<SlackDeps>;
  readonly conversation?: Partial<ConversationDeps>;
  /** Wraps the conversation, where a test wants another one. */
  readonly wrap?: (conversation: Conversation) => Conversation;
}

/** The channel over a Slack of our own and a real conversation. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const slack = await FakeSlack.open();
  const logged: Desk["logged"] = [];
  const dropped: Desk["dropped"] = [];
  const seen = new Set<string>();
  const claim = async (id: string) => !seen.has(id) && seen.add(id) !== null;
  const { conversation, asked, audited } = talk({
    events: { claim },
    identify: async (who, language) => {
      const userId = USERS[who];
      return userId === undefined
        ? null
        : { userId, brokers: [userId], admin: false, language: language ?? "pt" };
    },
    logger: { error: (event, fields) => logged.push({ event, ...fields }) },
    ...options.conversation,
  });
  const watched: Conversation = {
    say: (utterance) => conversation.say(utterance),
    async drop({ body, ...file }, onProgress) {
      const bytes = await buffer(body);
      dropped.push({ file, text: bytes.toString("utf8") });
      const { Readable } = await import("node:stream");
      return conversation.drop({ ...file, body: Readable.from([bytes]) }, onProgress);
    },
  };
  const deps: SlackDeps = {
    conversation: options.wrap?.(watched) ?? watched,
    draw: async () => Buffer.from("a picture"),
    logger: { error: (event, fields) => logged.push({ event, ...fields }) },
    now: () => new Date(),
    claim,
    ...options.deps,
  };
  const settings: SlackSettings = {
    botToken: slack.token,
    mode: { kind: "http", signingSecret: SECRET, port: 0 },
    apiUrl: slack.apiUrl,
    language: "pt",
    paceMs: 5,
    ...options.settings,
  };
  const running: Slack[] = [];
  const start = async () => {
    const one = createSlack(deps, settings);
    const { port } = await one.start();
    running.push(one);
    return port ?? 0;
  };
  const port = await start();
  return {
    slack,
    logged,
    asked,
    audited,
    dropped,
    second: start,
    port,
    send: (payload, how = {}) => sendTo(how.port ?? port, payload, how),
    eventually: (check) => expect.poll(() => attempt(check), { timeout: WAIT_MS }).toBe(null),
    settled: () => new Promise((resolve) => setTimeout(resolve, 300)),
    async close() {
      for (const one of running) await one.stop();
      await slack.close();
    },
  };
}

function attempt(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return String(error);
  }
}

/** Sends what Slack would send to a port, signed, and gives the status. */
export async function sendTo(port: number, { form, json }: Payload, how: How = {}): Promise<number> {
  const body = form === undefined ? JSON.stringify(json) : new URLSearchParams(form).toString();
  const at = how.at ?? Math.floor(Date.now() / 1_000) - (how.ageSeconds ?? 0);
  const signature = createHmac("sha256", how.secret ?? SECRET)
    .update(`v0:${at}:${body}`)
    .digest("hex");
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: "POST",
    body,
    headers: {
      "Content-Type": form === undefined ? "application/json" : "application/x-www-form-urlencoded",
      "X-Slack-Request-Timestamp": String(how.claims ?? at),
      "X-Slack-Signature": `v0=${signature}`,
      ...(how.retry === undefined
        ? {}
        : { "X-Slack-Retry-Num": String(how.retry), "X-Slack-Retry-Reason": "http_timeout" }),
    },
  });
  await response.text();
  return response.status;
}

let ids = 0;
const fresh = (prefix: string) => {
  ids += 1;
  return `${prefix}${ids}`;
};

export function slashCommand(slack: FakeSlack, text: string, change: Record<string, string> = {}): Payload {
  return {
    form: {
      command: "/carteira",
      text,
      team_id: "T1",
      user_id: "U1",
      channel_id: "C1",
      channel_name: "geral",
      trigger_id: fresh("trigger"),
      response_url: `${slack.origin}/response/1`,
      ...change,
    },
  };
}

export function event(inner: Record<string, unknown>, eventId: string = fresh("Ev")): Payload {
  return {
    json: {
      type: "event_callback",
      team_id: "T1",
      api_app_id: "A1",
      event_id: eventId,
      event_time: 1,
      event: inner,
    },
  };
}

export function press(
  slack: FakeSlack,
  action: Record<string, unknown>,
  change: Record<string, unknown> = {},
): Payload {
  const payload = {
    type: "block_actions",
    team: { id: "T1", domain: "t" },
    user: { id: "U1", username: "u", team_id: "T1" },
    channel: { id: "C1", name: "geral" },
    container: { type: "message", channel_id: "C1", message_ts: "1.1", is_ephemeral: true },
    message: { type: "message", ts: "1.1" },
    trigger_id: fresh("trigger"),
    response_url: `${slack.origin}/response/1`,
    actions: [{ block_id: "b", action_ts: "1.2", ...action }],
    ...change,
  };
  return { form: { payload: JSON.stringify(payload) } };
}

/** The modal of an id, filled with values by the fields' names and sent. */
export function submit(
  slack: FakeSlack,
  id: string,
  values: Readonly<Record<string, Record<string, unknown>>>,
  user = "U1",
): Payload {
  const view = slack.views.get(id);
  if (view === undefined) throw new Error(`no modal ${id} was opened`);
  const state = Object.fromEntries(
    Object.entries(values).map(([field, input]) => [`field.${field}`, { value: input }]),
  );
  const payload = {
    type: "view_submission",
    team: { id: "T1", domain: "t" },
    user: { id: user, username: "u", team_id: "T1" },
    trigger_id: fresh("trigger"),
    view: { ...view, state: { values: state }, hash: "h" },
  };
  return { form: { payload: JSON.stringify(payload) } };
}

/** Everything that a message says, in its text and its blocks. */
export function said(message: unknown): string {
  return JSON.stringify(message);
}
