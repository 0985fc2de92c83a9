import { onTestFinished } from "vitest";
import type { Conversation, DroppedFile, Reply, Utterance } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import { type ConsoleDeps, createConsole } from "./server.ts";

/** A conversation whose answers a test writes, and which remembers what it was asked. */
export interface Scripted extends Conversation {
  readonly asked: Utterance[];
  readonly dropped: (Omit<DroppedFile, "body"> & { readonly content: string })[];
}

export function scripted(answers: Partial<Conversation> = {}): Scripted {
  const asked: Utterance[] = [];
  const dropped: Scripted["dropped"] = [];
  return {
    asked,
    dropped,
    async say(utterance) {
      asked.push(utterance);
      if (answers.say !== undefined) return await answers.say(utterance);
      return reply(message(`resposta a ${utterance.text}`));
    },
    async drop({ body, ...file }, onProgress) {
      if (answers.drop !== undefined) return await answers.drop({ body, ...file }, onProgress);
      let content = "";
      for await (const chunk of body) content += String(chunk);
      dropped.push({ ...file, content });
      return reply(message("carregado"));
    },
  };
}

export function message(headline: string, blocks: Message["blocks"] = []): Message {
  return { text: headline, headline, blocks, footer: [] };
}

export function reply(said: Message): Reply {
  return { message: said, answer: null };
}

/** One browser on a running console: keeps its cookie, sends the origin that a browser would. */
export class Browser {
  readonly origin: string;
  cookie = "";

  constructor(origin: string) {
    this.origin = origin;
  }

  async get(path: string): Promise<Response> {
    const response = await fetch(this.origin + path, { headers: { cookie: this.cookie } });
    const set = response.headers.get("set-cookie");
    if (set !== null) this.cookie = set.split(";")[0] ?? "";
    return response;
  }

  /** Loads the page and returns it with the talk that it belongs to. */
  async open(): Promise<{ readonly page: string; readonly talk: string }> {
    const page = await (await this.get("/")).text();
    return { page, talk: /"X-Talk": "([\w-]+)"/.exec(page)?.[1] ?? "" };
  }

  async post(
    path: string,
    body: string | URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return await fetch(this.origin + path, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { cookie: this.cookie, origin: this.origin, ...headers },
    });
  }

  async ask(text: string, talk: string, headers: Record<string, string> = {}): Promise<Response> {
    return await this.post("/ask", new URLSearchParams({ text }), { "x-talk": talk, ...headers });
  }

  async upload(content: string, talk: string, headers: Record<string, string> = {}): Promise<Response> {
    return await this.post("/upload", content, { "x-talk": talk, "x-file-name": "ops.csv", ...headers });
  }
}

export interface Running {
  readonly url: string;
  readonly conversation: Scripted;
  readonly logged: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  browser(): Browser;
}

/** A console on a free port, closed when the test is over. */
export async function serve(
  answers: Partial<Conversation> = {},
  changes: Partial<ConsoleDeps> = {},
): Promise<Running> {
  const conversation = scripted(answers);
  const logged: Running["logged"] = [];
  const served = await createConsole({
    conversation,
    brokers: async () => ["corretor1", "corretor2"],
    demo: false,
    draw: async () => Buffer.from("png"),
    logger: { error: (event, fields) => logged.push({ event, fields }) },
    ...changes,
  }).listen(0);
  onTestFinished(() => served.close());
  return { url: served.url, conversation, logged, browser: () => new Browser(served.url) };
}

/** The messages of an event stream: each the HTML that the page would swap in. */
export function eventsOf(stream: string): readonly string[] {
  return stream
    .split("\n\n")
    .map((event) =>
      event
        .split("\n")
        .map((line) => line.replace(/^data: ?/, ""))
        .join("\n"),
    )
    .filter((event) => event.trim() !== "");
}
