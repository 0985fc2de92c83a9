import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { FakeMethods } from "./fake-methods.testing.ts";

type Arguments = Readonly<Record<string, unknown>>;

/** One call of the Web API, its arguments as they were meant. */
interface Call {
  readonly method: string;
  readonly args: Arguments;
  readonly atMs: number;
}

/** What the next call of a method gets instead of its answer, or before it. */
type Fault =
  | { readonly error: string }
  | { readonly retryAfterSeconds: number }
  | { readonly status: number }
  | { readonly delayMs: number }
  /** Does what it is asked, and the answer is lost on its way. */
  | { readonly lost: true };

const TOKEN = "xoxb-of-the-test";

/** A Slack of our own on the loopback: strict about blocks and tokens, with faults to order. */
export class FakeSlack {
  readonly token = TOKEN;
  readonly calls: Call[] = [];
  /** What came through a `response_url`. */
  readonly responses: Arguments[] = [];
  /** The same, each with the end of its `response_url`. */
  readonly responsesTo: { readonly id: string; readonly args: Arguments }[] = [];
  /** How many times the bytes of a file were fetched. */
  downloads = 0;
  readonly #methods = new FakeMethods();
  readonly #faults = new Map<string, Fault[]>();
  readonly #lost = new Set<string>();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      this.problems.push(String(error));
      response.writeHead(500).end();
    });
  });

  static async open(): Promise<FakeSlack> {
    const fake = new FakeSlack();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    const address = fake.#server.address();
    fake.#methods.origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    return fake;
  }

  get origin() {
    return this.#methods.origin;
  }

  get apiUrl() {
    return `${this.origin}/api/`;
  }

  /** What Slack would have refused. */
  get problems() {
    return this.#methods.problems;
  }

  /** The modals that were opened, by their ids. */
  get views() {
    return this.#methods.views;
  }

  get posted() {
    return this.#methods.posted;
  }

  get files() {
    return this.#methods.files;
  }

  /** New pictures are known at once, where a test is not about that. */
  knowPicturesAtOnce(): void {
    this.#methods.looks = 0;
  }

  of(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  fault(method: string, ...more: readonly Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...more]);
  }

  /**
   * A file as somebody dropped it, U1 into D1 unless told; `size` and `url` where Slack is to say others than its own.
   */
  hold({
    id,
    name,
    body,
    size,
    url,
    user = "U1",
    channel = "D1",
  }: {
    id: string;
    name: string;
    body: string;
    size?: number;
    url?: string;
    user?: string;
    channel?: string;
  }) {
    const bytes = Buffer.from(body);
    const address = url ?? `${this.origin}/files-pri/${id}`;
    this.files.set(id, {
      id,
      name,
      body: bytes,
      size: size ?? bytes.length,
      url: address,
      unseen: 0,
      user,
      channel,
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const [, place = "", name = ""] = (request.url ?? "").split("/");
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
    if (place === "upload") return await this.#upload(name, body, request, response);
    if (place === "files-pri") return this.#download(name, token, response);
    if (await this.#faulty(place === "response" ? "response" : name, response)) return;
    if (place === "response") {
      const args = JSON.parse(body.toString("utf8"));
      this.responses.push(args);
      this.responsesTo.push({ id: name, args });
      return send(response, 200, this.#methods.message(args));
    }
    const args = argumentsOf(body.toString("utf8"));
    this.calls.push({ method: name, args, atMs: performance.now() });
    if (this.#lost.delete(name)) {
      this.#methods.call(name, args);
      return void response.destroy();
    }
    send(
      response,
      200,
      token === TOKEN ? this.#methods.call(name, args) : { ok: false, error: "invalid_auth" },
    );
  }

  async #upload(id: string, body: Buffer, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const held = this.files.get(id);
    if (held === undefined) return send(response, 404, {});
    const headers = { "Content-Type": request.headers["content-type"] ?? "" };
    const form = await new Response(Uint8Array.from(body), { headers }).formData();
    const part = [...form.values()][0];
    held.body = part instanceof File ? Buffer.from(await part.arrayBuffer()) : Buffer.alloc(0);
    response.writeHead(200).end("OK");
  }

  #download(id: string, token: string | null, response: ServerResponse): void {
    this.downloads += 1;
    const held = token === TOKEN ? this.files.get(id) : undefined;
    // Slack sends its page for signing in, with a status of 200.
    const type = held === undefined ? "text/html; charset=utf-8" : "text/csv";
    response.writeHead(200, { "Content-Type": type }).end(held?.body ?? "<html>Sign in</html>");
  }

  /** Whether a fault was the answer. */
  async #faulty(method: string, response: ServerResponse): Promise<boolean> {
    const fault = this.#faults.get(method)?.shift();
    if (fault === undefined) return false;
    if ("lost" in fault) {
      this.#lost.add(method);
      return false;
    }
    if ("delayMs" in fault) {
      await sleep(fault.delayMs);
      return false;
    }
    if ("retryAfterSeconds" in fault) {
      response.setHeader("Retry-After", fault.retryAfterSeconds);
      send(response, 429, { ok: false, error: "ratelimited" });
    } else if ("status" in fault) send(response, fault.status, {});
    else send(response, 200, { ok: false, error: fault.error });
    return true;
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

/** Arguments come as a form whose values may be JSON. */
function argumentsOf(body: string): Arguments {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [
      key,
      /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
