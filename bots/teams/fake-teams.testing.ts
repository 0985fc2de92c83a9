import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Conversation, DroppedFile, Reply, Utterance } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import type { ReferenceStore, TeamsDeps, TeamsSettings } from "./deps.ts";
import { at } from "./person.ts";
import { createTeams, type Teams } from "./teams.ts";

export const TENANT = "11111111-2222-3333-4444-555555555555";
export const ANA = { id: "29:ana", name: "Ana", aadObjectId: "aaaaaaaa-0000-0000-0000-000000000001" };
export const BIA = { id: "29:bia", name: "Bia", aadObjectId: "aaaaaaaa-0000-0000-0000-000000000002" };
const BOT = { id: "28:bot", name: "Carteira" };
export const whoIs = (person: typeof ANA) => `teams:${TENANT}:${person.aadObjectId}`;

/** What the bot sent to the service: `update` where it replaced what it had sent before. */
export interface Sent {
  readonly how: "send" | "update";
  readonly conversation: string;
  readonly activity: Record<string, unknown>;
}

/** A Teams of our own on loopback: the connector's API, a store of files, and answers that a test tells it to give. */
interface FakeTeams {
  readonly url: string;
  readonly sent: Sent[];
  /** All but signs of typing. */
  messages(): readonly Sent[];
  /** Statuses to answer the next requests with, instead of taking them. */
  readonly failures: { readonly status: number; readonly retryAfter?: string }[];
  readonly files: Map<string, string>;
  readonly stored: { readonly path: string; readonly range: string; readonly content: string }[];
  /** Resolves when so many messages were sent; rejects after a while. */
  until(count: number): Promise<readonly Sent[]>;
}

async function fakeTeams(): Promise<FakeTeams> {
  const sent: Sent[] = [];
  const failures: FakeTeams["failures"] = [];
  const files = new Map<string, string>();
  const stored: FakeTeams["stored"] = [];
  const messages = () => sent.filter(({ activity }) => activity["type"] !== "typing");
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "", "http://fake").pathname;
    const body = await read(request);
    const file = files.get(path);
    if (request.method === "GET") {
      response.writeHead(file === undefined ? 404 : 200).end(file);
      return;
    }
    if (path.startsWith("/store/")) {
      stored.push({ path, range: String(request.headers["content-range"]), content: body });
      response.writeHead(201).end();
      return;
    }
    const activity: Record<string, unknown> = JSON.parse(body);
    const failure = activity["type"] === "typing" ? undefined : failures.shift();
    if (failure !== undefined) {
      const after = failure.retryAfter === undefined ? {} : { "retry-after": failure.retryAfter };
      response.writeHead(failure.status, after).end("{}");
      return;
    }
    const [, conversation = ""] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(path) ?? [];
    const how = request.method === "PUT" ? "update" : "send";
    sent.push({ how, conversation: decodeURIComponent(conversation), activity });
    response.writeHead(200, { "content-type": "application/json" }).end(`{"id":"sent-${sent.length}"}`);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  async function until(count: number): Promise<readonly Sent[]> {
    for (let tries = 0; tries < 400; tries += 1) {
      if (messages().length >= count) return messages();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`only ${messages().length} of ${count} messages came: ${JSON.stringify(messages())}`);
  }
  return { url: `http://127.0.0.1:${port}`, sent, messages, failures, files, stored, until };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** References in memory. */
function memoryReferences(): ReferenceStore & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, Parameters<ReferenceStore["save"]>[1]>();
  return {
    kept,
    async save(key, reference) {
      const first = !kept.has(key);
      kept.set(key, reference);
      return first;
    },
    find: async (key) => kept.get(key) ?? null,
    async forget(key) {
      kept.delete(key);
    },
  };
}

export function reply(headline: string, more: Partial<Reply> = {}, blocks: Message["blocks"] = []): Reply {
  return { message: { text: headline, headline, blocks, footer: [] }, answer: null, ...more };
}

interface Running {
  readonly fake: FakeTeams;
  readonly teams: Teams;
  readonly url: string;
  readonly asked: Utterance[];
  readonly dropped: (Omit<DroppedFile, "body"> & { readonly content: string })[];
  readonly references: ReturnType<typeof memoryReferences>;
  readonly logged: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  post(activity: object, headers?: Record<string, string>): Promise<Response>;
  /** Something that a person does in their personal chat, or in a group. */
  activity(more?: object, person?: typeof ANA, group?: string): Record<string, unknown>;
}

/** The channel over a fake Teams and a conversation that a test writes; events are claimed as the real one does. */
export async function run(
  answers: Partial<Conversation> = {},
  changes: Partial<TeamsDeps> = {},
  settings: TeamsSettings = { mode: "local" },
): Promise<Running> {
  const fake = await fakeTeams();
  const asked: Utterance[] = [];
  const dropped: Running["dropped"] = [];
  const claimed = new Set<string>();
  const logged: Running["logged"] = [];
  const references = memoryReferences();
  const conversation: Conversation = {
    async say(utterance) {
      if (claimed.has(utterance.eventId)) return null;
      claimed.add(utterance.eventId);
      asked.push(utterance);
      return answers.say === undefined ? reply(`resposta a ${utterance.text}`) : await answers.say(utterance);
    },
    async drop({ body, ...file }, onProgress) {
      if (answers.drop !== undefined) return await answers.drop({ body, ...file }, onProgress);
      let content = "";
      for await (const chunk of body) content += String(chunk);
      dropped.push({ ...file, content });
      return reply("carregado");
    },
  };
  const teams = createTeams(
    {
      conversation,
      references,
      draw: async () => Buffer.from("png"),
      logger: { error: (event, fields) => logged.push({ event, fields }) },
      sleep: async () => undefined,
      ...changes,
    },
    settings,
  );
  const { url, close } = await teams.listen(0);
  onTestFinished(close);
  let count = 0;
  return {
    fake,
    teams,
    url,
    asked,
    dropped,
    references,
    logged,
    post: (activity, headers = {}) =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(activity),
      }),
    activity(more = {}, person = ANA, group) {
      count += 1;
      return {
        type: "message",
        id: `activity-${count}`,
        channelId: "msteams",
        serviceUrl: fake.url,
        locale: "pt-BR",
        from: person,
        recipient: BOT,
        conversation:
          group === undefined
            ? { id: `a:${person.id}`, conversationType: "personal", tenantId: TENANT }
            : { id: group, conversationType: "groupChat", isGroup: true, tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
        ...more,
      };
    },
  };
}

/** The card of a sent message. */
export function cardOfSent(sent: Sent | undefined): Readonly<Record<string, unknown>> {
  const attachments = sent?.activity["attachments"];
  const content: unknown = Array.isArray(attachments) ? at(attachments[0], "content") : undefined;
  return typeof content === "object" && content !== null ? { ...content } : {};
}
