import type { MiddlewareHandler } from "hono";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
const READING = new Set(["GET", "HEAD"]);

/**
 * What every answer carries. Scripts, styles, fonts and pictures come from this server only, nothing runs inline,
 * nobody frames the page, and nothing of it is stored (files that never change say so themselves).
 */
const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // Not `no-referrer`: under it browsers send `Origin: null` with our own forms, and we could not tell them apart.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/**
 * Lets in what this computer's own page asks, and nothing else.
 *
 * A page elsewhere whose name was made to point to 127.0.0.1 (DNS rebinding) still sends its own name as Host.
 * A page elsewhere, or on another port here, that posts to us sends its own Origin. Any port is allowed in Host
 * because a forwarded port differs from ours; Origin must then be exactly that host.
 */
export function guard(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("Host") ?? "";
    if (!LOOPBACK_NAMES.has(nameOf(host))) {
      return refuse("This server answers only as localhost or 127.0.0.1.");
    }
    if (!READING.has(c.req.method)) {
      const site = c.req.header("Sec-Fetch-Site");
      const ours = c.req.header("Origin") === `http://${host.toLowerCase()}`;
      if (!ours || (site !== undefined && site !== "same-origin")) {
        return refuse("Only the page of this server may post to it.");
      }
    }
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
    return undefined;
  };
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, "");
}

function refuse(reason: string): Response {
  return new Response(reason, {
    status: 403,
    headers: { ...HEADERS, "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8" },
  });
}
