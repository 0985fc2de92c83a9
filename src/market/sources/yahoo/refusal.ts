import { z } from "zod";
import { CrumbRefused, SourceFailure } from "./failure.ts";

/** What a request is for. The page and the crumb make the handshake that quotes need and charts do not. */
export type RequestKind = "quote" | "chart" | "crumb" | "page";

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Every answer of Yahoo has one key, and an error or a result under it. */
const Envelope = z.record(
  z.string(),
  z.object({
    result: z.unknown().optional(),
    error: z
      .object({ code: z.string().catch(""), description: z.string().catch("") })
      .nullish()
      .catch(null),
  }),
);
const NOTHING = /no data found|may be delisted|data doesn't exist|^not found$/i;
const CRUMB_REFUSED = /invalid (?:crumb|cookie)|unauthorized/i;
const SLOW_DOWN = /too many requests/i;
/** Eleven characters as a rule: letters, digits, `.`, `/` and `_`. */
const CRUMB = /^[\w./\\~=+-]{4,64}$/;

/**
 * Throws for an answer that must not reach the library: it would take "Too Many Requests" for a crumb, and print the
 * URL of a failed request with its crumb. Throws SourceFailure, or CrumbRefused where a new crumb may help.
 */
export function refuse(kind: RequestKind, answered: Answered): void {
  const { status } = answered;
  if (status === 429) throw new SourceFailure("rate_limited", true);
  if (status >= 500) throw new SourceFailure("unreadable", true);
  if (kind === "crumb") refuseCrumb(answered);
  else if (kind !== "page") refuseContent(kind, answered);
}

function refuseContent(kind: "quote" | "chart", { status, body }: Answered): void {
  const json = parse(body);
  const envelope = Envelope.safeParse(json).data;
  const content = envelope === undefined ? undefined : Object.values(envelope)[0];
  const said = content?.error ? [content.error.code, content.error.description] : [];
  if (kind === "chart" && said.some((text) => NOTHING.test(text))) throw new SourceFailure("no_answer");
  const unwelcome = status === 401 || status === 403 || said.some((text) => CRUMB_REFUSED.test(text));
  if (unwelcome && kind === "quote") throw new CrumbRefused();
  if (said.length > 0 || status < 200 || status >= 300) throw new SourceFailure("unreadable");
  if (json === undefined) throw noJson(body);
  if (kind === "chart" && isEmpty(content?.result)) throw new SourceFailure("no_answer");
}

function refuseCrumb({ status, body }: Answered): void {
  if (status === 401 || status === 403) throw new CrumbRefused();
  if (status !== 200) throw new SourceFailure("unreadable");
  // Yahoo says so with status 200, and with a page or nothing at all when it has had enough.
  if (!CRUMB.test(body)) throw new SourceFailure("rate_limited", true);
}

function noJson(body: string): SourceFailure {
  if (SLOW_DOWN.test(body.slice(0, 500))) return new SourceFailure("rate_limited", true);
  // Half an answer can be whole the next time; a page of HTML stays one.
  return new SourceFailure("unreadable", body.startsWith("{"));
}

function isEmpty(result: unknown): boolean {
  return result === null || (Array.isArray(result) && result.length === 0);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
