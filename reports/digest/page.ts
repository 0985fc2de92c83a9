import { html, raw } from "hono/html";
import type { Block, Cell, Message, TableBlock, Tone } from "../../src/messages/message.ts";
import { wordsOf } from "../../src/messages/words.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { Picture } from "./pictures.ts";

type Html = ReturnType<typeof html>;

/** What a picture measures on a page. */
const CHART_WIDTH = 800;
const CHART_HEIGHT = 400;

/**
 * A digest as one HTML file that asks for nothing from outside (its policy forbids it): pictures are in it, light and dark by the
 * reader's setting, light on paper. Every value is escaped. `pictures` are the digest's charts in their order.
 */
export async function digestPage(
  messages: readonly Message[],
  pictures: readonly Picture[],
  language: "pt" | "en",
): Promise<string> {
  const words = wordsOf(language).digest.page;
  const left = [...pictures];
  const sections = messages.map((message, at) => messageHtml(message, at, left));
  const footer = messages[0]?.footer ?? [];
  const page = await html`<!doctype html>
<html lang="${language === "pt" ? "pt-BR" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${words.title}</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<main>
${sections}
</main>
<footer>${footer.map((line) => html`<p>${line}</p>`)}</footer>
</body>
</html>
`;
  return page.toString();
}

function messageHtml(message: Message, at: number, pictures: Picture[]): Html {
  const headline = headlineHtml(message);
  return html`<section class="${at === 0 ? "first" : "part"}">
${at === 0 ? html`<h1>${headline}</h1>` : html`<h2>${headline}</h2>`}
${message.blocks.map((block) => blockHtml(block, pictures))}
</section>
`;
}

/** The headline with its emphasised parts in bold, each looked for after the one before it. */
function headlineHtml({ headline, emphasis = [] }: Message): readonly (string | Html)[] {
  const parts: (string | Html)[] = [];
  let from = 0;
  for (const { text, tone } of emphasis) {
    const at = headline.indexOf(text, from);
    if (at < 0 || text === "") continue;
    parts.push(unbroken(headline.slice(from, at)), html`<b class="${toneClass(tone)}">${unbroken(text)}</b>`);
    from = at + text.length;
  }
  return [...parts, unbroken(headline.slice(from))];
}

function blockHtml(block: Block, pictures: Picture[]): Html | string {
  switch (block.kind) {
    case "text":
      return html`<p class="${toneClass(block.tone)}">${unbroken(block.text)}</p>
`;
    case "fields":
      return html`<dl>${block.fields.map(
        ({ label, value }) =>
          html`<div><dt>${label}</dt><dd class="${toneClass(value.tone)}">${value.text}</dd></div>`,
      )}</dl>
`;
    case "table":
      return tableHtml(block);
    case "chart":
      return pictureHtml(pictures.shift());
    case "link":
      return html`<p><a href="${block.url}">${block.label}</a></p>
`;
    case "buttons":
    case "form":
      // There is nobody behind a page to press them at.
      return "";
  }
}

function pictureHtml(picture: Picture | undefined): Html | string {
  if (picture === undefined) return "";
  const { alt, light, dark } = picture;
  return html`<figure><picture>
<source media="screen and (prefers-color-scheme: dark)" srcset="${dataUrl(dark)}">
<img src="${dataUrl(light)}" alt="${alt}" width="${CHART_WIDTH}" height="${CHART_HEIGHT}">
</picture></figure>
`;
}

function tableHtml(table: TableBlock): Html {
  const align = table.columns.map((column) => (column.align === "right" ? "num" : ""));
  const label = table.title ?? table.columns.map((column) => column.label).join(", ");
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
${table.title === undefined ? "" : html`<caption>${table.title}</caption>`}
<thead><tr>${table.columns.map((column, at) => html`<th scope="col" class="${align[at]}">${column.label}</th>`)}</tr></thead>
<tbody>${table.rows.map((row) => html`<tr>${row.map((cell, at) => cellHtml(cell, align[at] ?? ""))}</tr>`)}</tbody>
</table></div>
${table.more === undefined ? "" : html`<p class="more">${table.more}</p>`}`;
}

function cellHtml(cell: Cell, align: string): Html {
  return html`<td class="${`${align} ${toneClass(cell.tone)}`.trim()}">${cell.text}</td>`;
}

function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

/** The text with each amount on one line: its sign of currency does not part from the digits. */
function unbroken(text: string): string {
  return text.replace(/([$€£]) (?=\d)/g, "$1\u00a0");
}

function toneClass(tone: Tone | undefined): string {
  return tone === undefined || tone === "neutral" ? "" : tone;
}
