import { html } from "hono/html";
import type { Assets } from "./assets.ts";
import type { Html } from "./blocks.ts";
import type { Session } from "./sessions.ts";
import { entryHtml, noticeHtml } from "./talk.ts";
import { type Words, wordsOf } from "./words.ts";

/** Clients listed beside the talk; a larger book is asked by name. */
const MAX_LISTED_CLIENTS = 300;

export interface ClientName {
  readonly id: string;
  readonly name: string;
}

export interface PageData {
  readonly session: Session;
  readonly brokers: readonly string[];
  /** Null where nobody tells whose clients there are. */
  readonly clients: readonly ClientName[] | null;
  /** The client whom the suggestions ask about; the first one where this broker has no such client. */
  readonly featured: string | null;
  readonly demo: boolean;
  readonly theme: "light" | "dark" | null;
  readonly maxUploadBytes: number;
}

/** The whole page: header, clients, talk and composer. */
export function pageHtml(data: PageData, assets: Assets): Html {
  const { session } = data;
  const words = wordsOf(session.language);
  return html`<!doctype html>
<html lang="${words.lang}"${data.theme === null ? "" : html` data-theme="${data.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"history": false, "extensions": "sse"}'>
<title>${words.title}</title>
<link rel="icon" href="${assets.url("icon.svg")}">
<link rel="preload" href="${assets.url("inter-400.ttf")}" as="font" type="font/ttf" crossorigin>
<link rel="stylesheet" href="${assets.url("console.css")}">
<script src="${assets.url("htmx.js")}" defer></script>
<script src="${assets.url("hx-sse.js")}" defer></script>
<script src="${assets.url("console.js")}" defer></script>
</head>
<body data-unreachable="${words.unreachable}"
data-too-large="${words.tooLarge(Math.floor(data.maxUploadBytes / 1_048_576))}">
<a class="skip" href="#talk">${words.skip}</a>
${headerHtml(data, words)}
${data.demo ? html`<p class="demo" role="note">${words.demo}</p>` : ""}
<div class="columns">
${data.clients === null || data.clients.length === 0 ? "" : clientsHtml(data.clients, words)}
<main>
${session.broker === null ? emptyHtml(words) : talkHtml(data, session.broker, words)}
</main>
</div>
<template id="notice">${noticeHtml("")}</template>
<div class="drop" id="drop" hidden><p><strong>${words.drop}</strong><span>${words.dropHint}</span></p></div>
</body>
</html>`;
}

function headerHtml({ session, brokers }: PageData, words: Words): Html {
  return html`<header class="top">
<a class="brand" href="/"><span class="avatar mark" aria-hidden="true"></span>${words.title}</a>
${
  session.broker === null
    ? ""
    : html`<form action="/settings" method="post" class="setting">
<label><span>${words.broker}</span>
<select name="broker" data-submits>${brokers.map(
        (broker) =>
          html`<option value="${broker}"${broker === session.broker ? html` selected` : ""}>${broker}</option>`,
      )}</select></label>
<noscript><button type="submit">${words.change}</button></noscript></form>`
}
<form action="/settings" method="post" class="setting">
<button name="language" value="${session.language === "pt" ? "en" : "pt"}" class="icon" lang="${session.language === "pt" ? "en" : "pt-BR"}"
title="${words.otherLanguageLabel}" aria-label="${words.otherLanguageLabel}">${words.otherLanguage}</button></form>
<button type="button" class="icon" id="theme" title="${words.theme}" aria-label="${words.theme}">
<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg>
</button>
</header>`;
}

function clientsHtml(clients: readonly ClientName[], words: Words): Html {
  const more = clients.length - MAX_LISTED_CLIENTS;
  return html`<nav class="clients" aria-labelledby="clients-title">
<h2 id="clients-title">${words.clients} <span>${clients.length}</span></h2>
<input type="search" id="filter" placeholder="${words.filterClients}" aria-label="${words.filterClients}" autocomplete="off">
<ul id="clients">${clients.slice(0, MAX_LISTED_CLIENTS).map(
    ({ id, name }) => html`<li><button type="submit" form="ask" name="command" value="/carteira ${id}">
<span>${name}</span><small>${id}</small></button></li>`,
  )}</ul>
${more > 0 ? html`<p class="more">${words.moreClients(more)}</p>` : ""}
</nav>`;
}

function talkHtml(data: PageData, broker: string, words: Words): Html {
  const { session, clients } = data;
  const empty = clients !== null && clients.length === 0;
  const example = clients?.find(({ id }) => id === data.featured) ?? clients?.[0] ?? null;
  const suggestions = empty ? [] : words.suggestions(example);
  // Forms in the talk are sent as of this talk.
  const talk = html` hx-headers:inherited='{"X-Talk": "${session.talk}"}'`;
  return html`<div class="talk" id="talk" role="log" aria-label="${words.conversation}" tabindex="-1"${talk}>
<article class="entry welcome">
<span class="avatar mark" aria-hidden="true"></span>
<div class="body"><h1 class="headline">${words.welcome(broker)}</h1><p class="text">${empty ? words.emptyBookText : words.welcomeText}</p>
<p class="actions">${suggestions.map(
    (command) =>
      html`<button type="submit" form="ask" name="command" value="${command}" class="action">${command}</button>`,
  )}</p></div></article>
${session.entries.map((entry) => entryHtml(entry, broker, words, "on_load"))}
</div>
${composerHtml(data, words)}`;
}

function composerHtml({ session, clients, maxUploadBytes }: PageData, words: Words): Html {
  const talk = html` hx-headers='{"X-Talk": "${session.talk}"}'`;
  return html`<div class="composer">
<form id="ask" hx-post="/ask" hx-target="#talk" hx-swap="beforeend" hx-sync="this:queue all"${talk}>
<textarea name="text" id="text" rows="1" maxlength="2000" placeholder="${words.placeholder}" aria-label="${words.composer}"
aria-describedby="keys" autocomplete="off" autofocus></textarea>
</form>
<details class="attach" id="attach">
<summary class="icon" title="${words.attach}" aria-label="${words.attach}">
<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M16.2 9.3 10 15.5a3.9 3.9 0 0 1-5.5-5.5l6.4-6.4a2.6 2.6 0 0 1 3.7 3.7l-6.3 6.3a1.3 1.3 0 0 1-1.9-1.8l5.7-5.7" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg>
</summary>
<div id="upload" class="panel" hx-target="#talk" hx-swap="beforeend" hx-encoding="multipart/form-data"
hx-sync="this:queue all" hx-config="timeout:600s" data-max-bytes="${maxUploadBytes}"${talk}>
<h2>${words.attachTitle}</h2>
<p class="hint">${words.attachHint}</p>
<label for="client">${words.client}</label>
<input id="client" name="client" list="client-names" maxlength="100" autocomplete="off" aria-describedby="client-hint">
<datalist id="client-names">${(clients ?? []).map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</datalist>
<small id="client-hint" class="hint">${words.clientHint}</small>
<label class="choose">${words.chooseFiles}<input type="file" id="files" multiple accept=".csv,.txt,.tsv,.xlsx"></label>
</div>
</details>
<button type="submit" form="ask" class="send" title="${words.send}" aria-label="${words.send}">
<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="M10 16V4.5M5 9.2l5-5 5 5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
</button>
</div>
<p class="keys" id="keys">${words.keys}</p>
<noscript><p class="keys">${words.scriptNeeded}</p></noscript>`;
}

function emptyHtml(words: Words): Html {
  return html`<div class="talk" id="talk" tabindex="-1"><article class="entry">
<span class="avatar mark" aria-hidden="true"></span>
<div class="body"><h1 class="headline">${words.noBrokers}</h1><p class="text">${words.noBrokersText}</p></div>
</article></div>`;
}
