import { TimeoutStrategy, timeout } from "cockatiel";
import PQueue from "p-queue";
import type { KeepBody } from "../source.ts";
import { KeepFailed, SourceFailure } from "./failure.ts";
import { type Answered, type RequestKind, refuse } from "./refusal.ts";

/** Fifty quotes are some 50 KB, and a chart of thirty years some 2 MB. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;
/** Gives the same cookie as the page, with few headers. */
const COOKIE_URL = "https://fc.yahoo.com/";
/** Their answers must not have a body, not even an empty one, when they are made by hand. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

export interface TransportOptions {
  /** Where every request goes in place of Yahoo's hosts; null: to those. */
  readonly origin: string | null;
  readonly keep: KeepBody;
  readonly now: () => Date;
  /** For one request, its body included. */
  readonly timeoutMs: number;
  /** Requests begun in a second, and how many may be under way. */
  readonly pace: { readonly perSecond: number; readonly concurrency: number };
}

/** Requests sent since the start. `crumb` counts both the page that gives the cookie and the crumb itself. */
export interface SentCount {
  readonly quote: number;
  readonly chart: number;
  readonly crumb: number;
}

interface Received extends Answered {
  readonly headers: Headers;
}

/** One call of the library: what it sends goes through `fetch`, and `body` is the text that answered it. */
export interface Exchange {
  readonly fetch: typeof fetch;
  readonly body: () => string | null;
}

export interface Transport {
  /** `name` is the name that the answer is kept under. */
  readonly open: (name: string) => Exchange;
  readonly sent: () => SentCount;
}

/**
 * Sends the library's requests: one after the other at a steady pace, each with a limit of time, to Yahoo or to the
 * origin that stands in for it. An answer is kept before anything reads it; the handshake's answers never are.
 * `fetch` throws SourceFailure, CrumbRefused or KeepFailed in place of handing over an answer that is none.
 */
export function createTransport(options: TransportOptions): Transport {
  const { perSecond, concurrency } = options.pace;
  // Fails here, not as a request that found nobody.
  const origin = options.origin === null ? null : new URL(options.origin);
  const lane = new PQueue(
    Number.isFinite(perSecond)
      ? { concurrency, intervalCap: 1, interval: 1000 / perSecond, strict: true }
      : { concurrency },
  );
  const counts = { quote: 0, chart: 0, crumb: 0 };

  const send = async (url: URL, init: RequestInit, kind: RequestKind, name: string): Promise<Response> => {
    const once = (target: URL): Promise<Received> => {
      counts[kind === "page" ? "crumb" : kind]++;
      return receive(target, init, options.timeoutMs);
    };
    const response = await (kind === "page" ? receivePage(url, once, origin) : once(url));
    const answered = { status: response.status, body: response.body };
    if (kind === "quote" || kind === "chart") await keepFirst(answered, name, options);
    refuse(kind, answered);
    return handOver(answered, kind, response.headers);
  };

  const open = (name: string): Exchange => {
    let body: string | null = null;
    const through = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
      const asked = new URL(input instanceof Request ? input.url : input);
      const kind = kindOf(asked);
      // What people wait for goes first.
      const priority = kind === "chart" ? 0 : 1;
      const response = await lane.add(() => send(targetOf(asked, origin), init, kind, name), {
        priority,
      });
      if (kind === "quote" || kind === "chart") body = await response.clone().text();
      return response;
    };
    return { fetch: through, body: () => body };
  };
  return { open, sent: () => ({ ...counts }) };
}

function kindOf(url: URL): RequestKind {
  if (url.pathname === "/v7/finance/quote") return "quote";
  if (url.pathname.startsWith("/v8/finance/chart/")) return "chart";
  return url.pathname === "/v1/test/getcrumb" ? "crumb" : "page";
}

function targetOf(asked: URL, origin: URL | null): URL {
  if (origin !== null) return new URL(`${asked.pathname}${asked.search}`, origin);
  // The handshake follows where answers point to; cookies are for Yahoo alone.
  if (asked.protocol !== "https:" || !/(?:^|\.)yahoo\.com$/.test(asked.hostname))
    throw new SourceFailure("unreadable");
  return asked;
}

/** The page of the handshake has a long row of headers in some countries; the library needs its cookie alone. */
async function receivePage(
  url: URL,
  once: (target: URL) => Promise<Received>,
  origin: URL | null,
): Promise<Received> {
  try {
    return await once(url);
  } catch (error) {
    if (!(error instanceof HeadersTooLong)) throw error;
    return once(targetOf(new URL(COOKIE_URL), origin));
  }
}

class HeadersTooLong extends SourceFailure {
  constructor() {
    super("unreadable");
  }
}

async function receive(url: URL, init: RequestInit, timeoutMs: number): Promise<Received> {
  return timeout(timeoutMs, TimeoutStrategy.Cooperative).execute(async ({ signal }) => {
    let stage: "unreachable" | "unreadable" = "unreachable";
    try {
      const response = await fetch(url, { ...init, signal, redirect: "manual" });
      stage = "unreadable";
      // A megabyte of HTML that nobody reads: only its cookie counts.
      const unread = url.pathname.startsWith("/quote/");
      if (unread) await response.body?.cancel();
      const body = unread ? "" : await readBody(response);
      return { status: response.status, body, headers: response.headers };
    } catch (error) {
      if (causeOf(error) === "UND_ERR_HEADERS_OVERFLOW") throw new HeadersTooLong();
      // The reason would name the URL; a broken connection may hold the next time, a slow source will not.
      throw signal.aborted ? new SourceFailure("timed_out") : new SourceFailure(stage, true);
    }
  });
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error && "code" in error.cause
    ? error.cause.code
    : null;
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new RangeError("body too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function keepFirst(answered: Answered, name: string, options: TransportOptions): Promise<void> {
  try {
    await options.keep({ source: "yahoo", name, receivedAt: options.now(), ...answered });
  } catch (error) {
    throw new KeepFailed(error);
  }
}

function handOver(answered: Answered, kind: RequestKind, headers: Headers): Response {
  // Cookies of an answer itself are not needed, and one that the library's jar rejects would end the process: it
  // does not wait for the jar there.
  const handed = kind === "quote" || kind === "chart" ? { "content-type": "application/json" } : headers;
  const body = BODILESS.has(answered.status) ? null : answered.body;
  return new Response(body, { status: answered.status, headers: handed });
}
