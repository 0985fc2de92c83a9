import type { Handler } from "hono";
import { html } from "hono/html";
import { refresh } from "./deliver.ts";
import type { ConsoleDeps } from "./deps.ts";
import { sessionOf } from "./request.ts";
import type { ReplyEntry, Session, Sessions } from "./sessions.ts";
import { entryHtml } from "./talk.ts";
import { wordsOf } from "./words.ts";

/** Puts what was sent to the session's user into its talk, and returns what is new there. */
export async function receive(
  session: Session,
  deps: Pick<ConsoleDeps, "inbox">,
): Promise<readonly ReplyEntry[]> {
  const { broker, talk } = session;
  if (broker === null || deps.inbox === undefined) return [];
  const items = await deps.inbox.after(broker, session.inboxSeq);
  // While we asked, another tab may have switched to another broker.
  if (session.talk !== talk) return [];
  return items.map((item) => session.receive(item)).filter((entry) => entry !== null);
}

/** Answers `GET /inbox` with what came since the page last asked. */
export function inboxRoute(deps: ConsoleDeps, sessions: Sessions): Handler {
  return async (c) => {
    const session = sessionOf(c, sessions);
    if (session === null || session.broker === null) return refresh(c, 401);
    if (c.req.header("X-Talk") !== session.talk) return refresh(c, 409);
    const { broker } = session;
    if (!(await deps.brokers()).includes(broker)) return refresh(c, 403);
    const entries = await receive(session, deps);
    if (entries.length === 0) return c.body(null, 204);
    const words = wordsOf(session.language);
    return c.html(html`${entries.map((entry) => entryHtml(entry, broker, words, "appended"))}`);
  };
}
