import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import { codeAmong, reportFailure } from "../../src/conversation/failure.ts";
import type { Assets } from "./assets.ts";
import { Pictures } from "./charts.ts";
import { notice, page, refresh } from "./deliver.ts";
import type { ConsoleDeps } from "./deps.ts";
import { guard } from "./guard.ts";
import { inboxRoute, receive } from "./inbox.ts";
import { sessionCookie, sessionOf, themeOf } from "./request.ts";
import { type Session, Sessions } from "./sessions.ts";
import { entryHtml } from "./talk.ts";
import { askRoute, uploadRoute } from "./talking.ts";
import { wordsOf } from "./words.ts";

const YEAR_S = 31_536_000;
/** A question or a setting, with room for the form around it. */
const MAX_FORM_BYTES = 16_384;

/** The routes of the local chat. `assets` are the files its page loads. */
export function createApp(deps: ConsoleDeps, assets: Assets): Hono {
  const app = new Hono();
  const now = deps.now ?? (() => new Date());
  const sessions = new Sessions(now);
  const pictures = new Pictures(deps.draw);
  const smallForm = bodyLimit({
    maxSize: MAX_FORM_BYTES,
    onError: (c) => notice(c, tooLong(c, sessions), 413),
  });

  app.use(guard());
  app.onError((error, c) => {
    const ref = reportFailure(deps.logger, "console_request_failed", error);
    const words = wordsOf(sessionOf(c, sessions)?.language ?? "pt");
    const away = codeAmong(error, ["unavailable"]) !== null;
    return away ? notice(c, words.storeAway(ref), 503) : notice(c, words.failed(ref), 500);
  });
  app.get("/assets/:version/:name", (c) => {
    const asset = assets.find(c.req.param("version"), c.req.param("name"));
    if (asset === null) return c.notFound();
    const cached = `public, max-age=${YEAR_S}, immutable`;
    return c.body(asset.body, 200, { "Content-Type": asset.type, "Cache-Control": cached });
  });
  app.get("/", async (c) => {
    const session = sessionOf(c, sessions) ?? sessions.create();
    const brokers = await settle(session, deps);
    await receive(session, deps);
    const { name, options } = sessionCookie(c);
    setCookie(c, name, session.id, options);
    return page(c, deps, { session, brokers, theme: themeOf(c) }, assets);
  });
  app.post("/settings", smallForm, async (c) => {
    const session = sessionOf(c, sessions);
    if (session === null) return c.redirect("/", 303);
    const form = await c.req.parseBody();
    const { broker, language } = form;
    if (typeof broker === "string") {
      if (!(await deps.brokers()).includes(broker)) {
        return notice(c, wordsOf(session.language).notBroker, 403);
      }
      session.switchTo(broker);
    }
    if (language === "pt" || language === "en") session.language = language;
    return c.redirect("/", 303);
  });
  app.post("/ask", smallForm, askRoute(deps, sessions, now));
  app.post("/upload", uploadRoute(deps, sessions, now));
  app.get("/inbox", inboxRoute(deps, sessions));
  app.get("/messages/:id", (c) => {
    const session = sessionOf(c, sessions);
    const entry = session?.find(c.req.param("id")) ?? null;
    if (session === null || entry === null || session.broker === null) return refresh(c, 404);
    return c.html(entryHtml(entry, session.broker, wordsOf(session.language), "on_load"));
  });
  app.get("/charts/:id/:index/:file", async (c) => {
    const session = sessionOf(c, sessions);
    const theme = themeIn(c.req.param("file"));
    if (session === null || theme === null) return c.notFound();
    const png = await pictures.find(session, c.req.param("id"), Number(c.req.param("index")), theme);
    return png === null ? c.notFound() : c.body(new Uint8Array(png), 200, { "Content-Type": "image/png" });
  });
  app.get("/files/:id/:index", (c) => {
    const entry = sessionOf(c, sessions)?.find(c.req.param("id")) ?? null;
    const file = entry?.from === "carteira" ? entry.files?.[Number(c.req.param("index"))] : undefined;
    if (file === undefined) return c.notFound();
    const headers = { "Content-Type": `${file.mimeType}; charset=utf-8`, "Cache-Control": "no-store" };
    const name = `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`;
    return c.body(new Uint8Array(file.body), 200, { ...headers, "Content-Disposition": name });
  });
  return app;
}

/** Brings the session's broker in line with those there are; a session without one speaks as the first. */
async function settle(session: Session, deps: ConsoleDeps): Promise<readonly string[]> {
  const brokers = await deps.brokers();
  const [first] = brokers;
  if (first !== undefined && (session.broker === null || !brokers.includes(session.broker))) {
    session.switchTo(first);
  }
  return brokers;
}

function themeIn(file: string): "light" | "dark" | null {
  const found = /^(light|dark)\.png$/.exec(file)?.[1];
  return found === "light" || found === "dark" ? found : null;
}

function tooLong(c: Context, sessions: Sessions): string {
  return wordsOf(sessionOf(c, sessions)?.language ?? "pt").tooLong;
}
