import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { Session, Sessions } from "./sessions.ts";

const EVENT_ID = /^[\w-]{8,64}$/;
const MAX_NAME_LENGTH = 200;

/**
 * The cookie that holds the session. Browsers share cookies among the ports of one host, so its name carries the
 * port as the browser knows it: two books served side by side keep apart.
 */
export function sessionCookie(c: Context): { readonly name: string; readonly options: CookieOptions } {
  const port = /:(\d{1,5})$/.exec(c.req.header("Host") ?? "")?.[1] ?? "80";
  return { name: `carteira_${port}`, options: { httpOnly: true, sameSite: "Strict", path: "/" } };
}

export function sessionOf(c: Context, sessions: Sessions): Session | null {
  return sessions.find(getCookie(c, sessionCookie(c).name));
}

/** The theme chosen by the page's button; null follows the system's. */
export function themeOf(c: Context): "light" | "dark" | null {
  const theme = getCookie(c, "carteira_theme");
  return theme === "light" || theme === "dark" ? theme : null;
}

/** The page's id of what it sends, so that a request the browser repeats is taken once; else a new one. */
export function eventOf(c: Context, session: Session): string {
  const sent = c.req.header("X-Event") ?? "";
  return `console:${session.id}:${EVENT_ID.test(sent) ? sent : randomUUID()}`;
}

/**
 * A header that carries percent-encoded UTF-8, without control characters and at most 200 long; null where it is
 * absent, empty or not encoded so. Names travel in headers because addresses end up in histories.
 */
export function nameHeader(c: Context, header: string): string | null {
  const sent = c.req.header(header);
  if (sent === undefined) return null;
  try {
    const name = decodeURIComponent(sent)
      .replace(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, MAX_NAME_LENGTH);
    return name === "" ? null : name;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
