import type { Context } from "hono";
import { html } from "hono/html";
import { streamSSE } from "hono/streaming";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Assets } from "./assets.ts";
import type { Html } from "./blocks.ts";
import { type ConsoleDeps, maxUploadBytesOf } from "./deps.ts";
import { type PageData, pageHtml } from "./page.ts";
import { entryHtml, noticeHtml, removalHtml } from "./talk.ts";
import type { Turn } from "./turns.ts";
import type { Words } from "./words.ts";

/** The whole page of a session. */
export async function page(
  c: Context,
  deps: ConsoleDeps,
  { session, brokers, theme }: Pick<PageData, "session" | "brokers" | "theme">,
  assets: Assets,
): Promise<Response> {
  const [clients, demo] = await Promise.all([
    session.broker === null ? null : (deps.clients?.(session.broker) ?? null),
    typeof deps.demo === "boolean" ? deps.demo : deps.demo(),
  ]);
  const maxUploadBytes = maxUploadBytesOf(deps);
  const featured = deps.featured ?? null;
  return c.html(pageHtml({ session, brokers, clients, featured, demo, theme, maxUploadBytes }, assets));
}

/** Says in the talk why something was not taken. */
export function notice(c: Context, text: string, status: ContentfulStatusCode): Response | Promise<Response> {
  return c.html(noticeHtml(text), status);
}

/** Makes the page load itself anew: it speaks for a session or a talk that is no more. */
export function refresh(c: Context, status: ContentfulStatusCode): Response {
  return c.body("", status, { "HX-Refresh": "true" });
}

/**
 * Streams a turn to the page: first what was said with a sign that the answer is being made, then each state of the
 * answer in the place of the one before.
 */
export function streamTurn(c: Context, turn: Turn, speaker: string, words: Words): Response {
  return streamSSE(c, async (stream) => {
    const send = async (fragment: Html) => await stream.writeSSE({ data: String(await fragment) });
    await send(html`${entryHtml(turn.said, speaker, words, "appended")}
${entryHtml(turn.pending, speaker, words, "appended")}`);
    for (let done = false; !done && !stream.aborted; ) {
      const state = await turn.next();
      done = state === "withdrawn" || state.done;
      await send(
        state === "withdrawn"
          ? removalHtml([turn.said.id, turn.pending.id])
          : entryHtml(state, speaker, words, "replacing"),
      );
    }
  });
}
