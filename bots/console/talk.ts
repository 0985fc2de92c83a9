import { html } from "hono/html";
import type { Message } from "../../src/messages/message.ts";
import { type Html, messageHtml } from "./blocks.ts";
import type { Entry, ReplyEntry, SaidEntry } from "./sessions.ts";
import type { Words } from "./words.ts";

/** How an entry reaches the page: part of it, appended to it, or in the place of its earlier state. */
export type Placing = "appended" | "replacing" | "on_load";

const CLOCK = new Intl.DateTimeFormat("pt-BR", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "America/Sao_Paulo",
});

/** One message of the talk with its sender and time. */
export function entryHtml(entry: Entry, speaker: string, words: Words, placing: Placing): Html {
  return entry.from === "user" ? saidHtml(entry, speaker) : replyHtml(entry, words, placing);
}

function saidHtml(entry: SaidEntry, speaker: string): Html {
  const said = entry.file
    ? html`<p class="text file">${entry.text}</p>`
    : html`<p class="text" data-said>${entry.text}</p>`;
  return html`<article class="entry mine" id="m-${entry.id}">
<span class="avatar" aria-hidden="true">${initials(speaker)}</span>
<div class="body">${byline(speaker, entry.at)}${said}</div></article>`;
}

function replyHtml(entry: ReplyEntry, words: Words, placing: Placing): Html {
  const swap = placing === "replacing" ? html` hx-swap-oob="true"` : "";
  // A page loaded while an answer is under way has no stream to it, and asks again until it is there.
  const poll =
    placing === "on_load" && !entry.done
      ? html` hx-get="/messages/${entry.id}" hx-trigger="load delay:1s" hx-swap="outerHTML"`
      : "";
  return html`<article class="entry${entry.done ? "" : " working"}" id="m-${entry.id}"
aria-busy="${entry.done ? "false" : "true"}"${swap}${poll}>
<span class="avatar mark" aria-hidden="true"></span>
<div class="body">${byline("Carteira", entry.at)}${contentHtml(entry, words)}</div></article>`;
}

function contentHtml(entry: ReplyEntry, words: Words): Html {
  if (entry.message === null) {
    return html`<p class="typing" role="status"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
<span class="unseen">${words.typing}</span></p>`;
  }
  const content = messageHtml(entry.message, (index, theme) => `/charts/${entry.id}/${index}/${theme}.png`);
  const files = (entry.files ?? []).map(
    ({ fileName }, index) =>
      html`<a class="action" href="/files/${entry.id}/${index}" download="${fileName}">${words.save(fileName)}</a>`,
  );
  if (files.length > 0) return html`${content}<p class="actions">${files}</p>`;
  return entry.done ? content : html`${content}<div class="bar" aria-hidden="true"></div>`;
}

/** A message of the page itself, which belongs to no talk: why something was not taken. */
export function noticeHtml(text: string): Html {
  return html`<article class="entry notice" role="alert">
<span class="avatar mark" aria-hidden="true"></span>
<div class="body"><p class="text tone-warning">${text}</p></div></article>`;
}

/** A plain message made here rather than by the conversation. */
export function plainMessage(headline: string, tone: "neutral" | "warning"): Message {
  return { text: headline, headline, headlineTone: tone, blocks: [], footer: [] };
}

/** Takes messages off the page again. */
export function removalHtml(ids: readonly string[]): Html {
  return html`${ids.map((id) => html`<article id="m-${id}" hx-swap-oob="delete"></article>`)}`;
}

function byline(name: string, at: Date): Html {
  return html`<p class="byline"><strong>${name}</strong> <time datetime="${at.toISOString()}">${CLOCK.format(at)}</time></p>`;
}

/** Two characters that stand for a name: `corretor1` is `C1`, `Ana Souza` is `AS`. */
function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== "");
  const first = words[0]?.[0] ?? "?";
  const second = words.length > 1 ? words.at(-1)?.[0] : /\d$/.exec(name)?.[0];
  return `${first}${second ?? ""}`.toUpperCase();
}
