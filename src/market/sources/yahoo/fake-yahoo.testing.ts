import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "./fake-data.testing.ts";

export { type FakeChart, fakeChart, fakeQuote } from "./fake-data.testing.ts";

/**
 * Yahoo on loopback, as far as it is asked: the page that gives the cookie, the crumb, quotes and charts. It refuses
 * quotes without its cookie and crumb, as Yahoo does. What is wrong with data (a price as text, no time, pence,
 * a null bar) is put into the data; what is wrong with the connection is a fault.
 */

type FakePath = "page" | "crumb" | "quote" | "chart";

export interface FakeFault {
  readonly on: FakePath;
  /** Only requests that ask for this symbol. */
  readonly symbol?: string;
  /** How often; without it, until `heal`. */
  readonly times?: number;
  readonly with:
    | { readonly status: number; readonly body?: string }
    /** A whole answer of this text with status 200: "Too Many Requests", HTML, nothing. */
    | { readonly body: string }
    | "half JSON"
    | "dropped mid-body"
    | "dropped at once"
    | "long headers"
    | { readonly delayMs: number }
    /** Sends the headers and a first byte, and then nothing for this long. */
    | { readonly stallMs: number };
}

interface FakeRequest {
  readonly path: FakePath;
  readonly symbols: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  readonly status: number;
}

export interface FakeYahoo {
  readonly origin: string;
  /** What is answered; may be changed at any time. Symbols that are missing are unknown. */
  readonly quotes: Map<string, Json>;
  /** Whole bodies of charts: `fakeChart` makes one. */
  readonly charts: Map<string, unknown>;
  readonly log: FakeRequest[];
  /** The secrets of now. */
  readonly secrets: () => { readonly crumb: string; readonly cookie: string };
  readonly fail: (...faults: readonly FakeFault[]) => void;
  readonly heal: () => void;
  /** From now on only a new crumb is taken: the old one gets 401 Invalid Crumb. */
  readonly expireCrumb: () => void;
  readonly requests: (path: FakePath) => readonly FakeRequest[];
  /** The most requests that were under way at one time. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
}

export interface FakeYahooOptions {
  readonly quotes?: ReadonlyMap<string, Json>;
  readonly charts?: ReadonlyMap<string, unknown>;
}

/** Starts the server on a free port. Close it at the end of the test. */
export async function startFakeYahoo(options: FakeYahooOptions = {}): Promise<FakeYahoo> {
  const state = {
    quotes: new Map(options.quotes),
    charts: new Map(options.charts),
    log: [] as FakeRequest[],
    faults: [] as { fault: FakeFault; left: number }[],
    generation: 1,
  };
  const secrets = () => ({
    crumb: `cRumb.${state.generation}/SECRET`,
    cookie: `cookie-${state.generation}-SECRET`,
  });
  const sockets = new Set<Socket>();
  const busy = { now: 0, most: 0 };
  const server = createServer((request, response) => {
    busy.most = Math.max(busy.most, ++busy.now);
    response.on("close", () => busy.now--);
    answer(request, response, { ...state, secrets }).catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    quotes: state.quotes,
    charts: state.charts,
    log: state.log,
    secrets,
    fail: (...faults) => {
      state.faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })));
    },
    heal: () => {
      state.faults.length = 0;
    },
    expireCrumb: () => {
      state.generation++;
    },
    requests: (path) => state.log.filter((entry) => entry.path === path),
    mostAtOnce: () => busy.most,
    close: () => stop(server, sockets),
  };
}

interface Behind {
  readonly quotes: ReadonlyMap<string, Json>;
  readonly charts: ReadonlyMap<string, unknown>;
  readonly log: FakeRequest[];
  readonly faults: { readonly fault: FakeFault; left: number }[];
  readonly secrets: FakeYahoo["secrets"];
}

/** A cookie that no jar takes from Yahoo. The library does not wait for its jar here: a rejection would end the process. */
const FOREIGN = { "set-cookie": "B=1; Domain=.example.com; Path=/" };

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

async function answer(request: IncomingMessage, response: ServerResponse, behind: Behind): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const path = pathOf(url);
  const symbols = symbolsOf(path, url);
  const at = performance.now();
  const entry = behind.faults.find(
    ({ fault, left }) =>
      left > 0 && fault.on === path && (fault.symbol === undefined || symbols.includes(fault.symbol)),
  );
  if (entry !== undefined) entry.left--;
  const reply = replyTo({ path, symbols, url, request }, behind);
  const fault = entry?.fault.with;
  const status = typeof fault === "object" && "status" in fault ? fault.status : reply.status;
  const headers = request.headers;
  behind.log.push({ path, symbols, query: url.searchParams, headers, at, status });
  await (fault === undefined ? send(response, reply) : misbehave(response, reply, fault));
}

async function misbehave(response: ServerResponse, reply: Reply, fault: FakeFault["with"]): Promise<void> {
  if (fault === "dropped at once") response.destroy();
  else if (fault === "half JSON")
    await send(response, { ...reply, body: reply.body.slice(0, Math.ceil(reply.body.length / 2)) });
  else if (fault === "long headers")
    await send(response, { ...reply, headers: { ...reply.headers, link: "x".repeat(40_000) } });
  else if (fault === "dropped mid-body") {
    response.writeHead(reply.status, { ...reply.headers, "content-length": "100000" });
    response.write(reply.body.slice(0, 20));
    await sleep(20);
    response.destroy();
  } else if ("stallMs" in fault) {
    response.writeHead(reply.status, { ...reply.headers });
    response.write(reply.body.slice(0, 1));
    await sleep(fault.stallMs, undefined, { ref: false });
    response.end(reply.body.slice(1));
  } else if ("delayMs" in fault) {
    await sleep(fault.delayMs, undefined, { ref: false });
    await send(response, reply);
  } else if ("status" in fault) await send(response, { status: fault.status, body: fault.body ?? "" });
  else await send(response, { ...reply, status: 200, body: fault.body });
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): Promise<void> {
  return new Promise((resolve) => {
    response.writeHead(status, { "content-type": "application/json;charset=utf-8", ...headers });
    response.end(body, () => resolve());
  });
}

function replyTo(
  asked: { path: FakePath; symbols: readonly string[]; url: URL; request: IncomingMessage },
  { quotes, charts, secrets }: Behind,
): Reply {
  const { crumb, cookie } = secrets();
  const hasCookie = asked.request.headers.cookie?.includes(cookie) === true;
  if (asked.path === "page") {
    const set = `A3=${cookie}; Max-Age=31557600; Domain=.yahoo.com; Path=/; SameSite=None; Secure; HttpOnly`;
    return {
      status: 200,
      body: "<html>a page</html>",
      headers: { "set-cookie": set, "content-type": "text/html" },
    };
  }
  if (asked.path === "crumb")
    return hasCookie ? { status: 200, body: crumb } : unauthorized("Invalid Cookie");
  if (asked.path === "quote") {
    if (!hasCookie || asked.url.searchParams.get("crumb") !== crumb) return unauthorized("Invalid Crumb");
    const result = asked.symbols.map((symbol) => quotes.get(symbol)).filter((quote) => quote !== undefined);
    return {
      status: 200,
      body: JSON.stringify({ quoteResponse: { result, error: null } }),
      headers: FOREIGN,
    };
  }
  const chart = charts.get(asked.symbols[0] ?? "");
  if (chart !== undefined) return { status: 200, body: JSON.stringify(chart), headers: FOREIGN };
  const error = { code: "Not Found", description: "No data found, symbol may be delisted" };
  return { status: 404, body: JSON.stringify({ chart: { result: null, error } }) };
}

function unauthorized(description: string): Reply {
  const finance = { result: null, error: { code: "Unauthorized", description } };
  return { status: 401, body: JSON.stringify({ finance }) };
}

function pathOf(url: URL): FakePath {
  if (url.pathname === "/v7/finance/quote") return "quote";
  if (url.pathname.startsWith("/v8/finance/chart/")) return "chart";
  return url.pathname === "/v1/test/getcrumb" ? "crumb" : "page";
}

function symbolsOf(path: FakePath, url: URL): readonly string[] {
  if (path === "quote") return (url.searchParams.get("symbols") ?? "").split(",");
  return path === "chart" ? [decodeURIComponent(url.pathname.slice("/v8/finance/chart/".length))] : [];
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await closed;
}
