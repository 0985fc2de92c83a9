import { html } from "hono/html";
import type { Block, Cell, Message, TableBlock, Tone } from "../../src/messages/message.ts";
import { formHtml } from "./form.ts";

/** HTML in which every value is escaped; a promise where a part of it is one. */
export type Html = ReturnType<typeof html>;

/** The width and height at which a chart is shown before it arrives, so that nothing jumps: those of its picture. */
const CHART_WIDTH = 800;
const CHART_HEIGHT = 400;

/** Draws a neutral message. `chartUrl` names the picture of the block at an index. */
export function messageHtml(message: Message, chartUrl: (blockIndex: number, theme: string) => string): Html {
  return html`<p class="headline${toneClass(message.headlineTone)}">${headlineHtml(message)}</p>
${message.blocks.map((block, index) => blockHtml(block, (theme) => chartUrl(index, theme)))}
${
  message.footer.length === 0
    ? ""
    : html`<footer class="sources">${message.footer.map((line) => html`<p>${line}</p>`)}</footer>`
}`;
}

/** The headline with its emphasised parts in bold, each looked for after the one before it. */
function headlineHtml({ headline, emphasis = [] }: Message): readonly (string | Html)[] {
  const parts: (string | Html)[] = [];
  let from = 0;
  for (const { text, tone } of emphasis) {
    const at = headline.indexOf(text, from);
    if (at < 0 || text === "") continue;
    parts.push(
      unbroken(headline.slice(from, at)),
      html`<strong class="${toneClass(tone).trim()}">${unbroken(text)}</strong>`,
    );
    from = at + text.length;
  }
  return [...parts, unbroken(headline.slice(from))];
}

function blockHtml(block: Block, chartUrl: (theme: string) => string): Html {
  switch (block.kind) {
    case "text":
      return html`<p class="text${toneClass(block.tone)}">${block.text}</p>`;
    case "fields":
      return html`<dl class="fields in-${columnsOf(block.fields.length)}">${block.fields.map(
        ({ label, value }) =>
          html`<div><dt>${label}</dt><dd class="${toneClass(value.tone).trim()}">${unbroken(value.text)}</dd></div>`,
      )}</dl>`;
    case "table":
      return tableHtml(block);
    case "chart":
      // Both themes are named and the style sheet shows one; a lazy picture that is not shown is not fetched.
      return html`<figure class="chart">${["light", "dark"].map(
        (theme) => html`<a class="on-${theme}" href="${chartUrl(theme)}" target="_blank" rel="noopener"><img
src="${chartUrl(theme)}" alt="${block.alt}" width="${CHART_WIDTH}" height="${CHART_HEIGHT}" loading="lazy"></a>`,
      )}</figure>`;
    case "link":
      return html`<p class="actions"><a class="action" href="${block.url}" target="_blank" rel="noopener noreferrer">${block.label}</a></p>`;
    case "buttons":
      // The buttons belong to the composer's form: a command goes the same way as what is typed.
      return html`<p class="actions">${block.buttons.map(
        ({ label, command }) =>
          html`<button type="submit" form="ask" name="command" value="${command}" class="action">${label}</button>`,
      )}</p>`;
    case "form":
      return formHtml(block);
  }
}

function tableHtml(table: TableBlock): Html {
  const align = table.columns.map((column) => (column.align === "right" ? "num" : ""));
  const label = table.title ?? table.columns.map((column) => column.label).join(", ");
  // The box scrolls sideways by itself on a phone, so the keyboard must be able to reach it.
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
${table.title === undefined ? "" : html`<caption>${table.title}</caption>`}
<thead><tr>${table.columns.map(
    (column, at) => html`<th scope="col" class="${align[at]}">${column.label}</th>`,
  )}</tr></thead>
<tbody>${table.rows.map((row) => html`<tr>${row.map((cell, at) => cellHtml(cell, at, align[at] ?? ""))}</tr>`)}</tbody>
</table></div>
${table.more === undefined ? "" : html`<p class="more">${table.more}</p>`}`;
}

function cellHtml(cell: Cell, at: number, align: string): Html {
  const classes = `${align}${toneClass(cell.tone)}`.trim();
  return at === 0
    ? html`<th scope="row" class="${classes}">${cell.text}</th>`
    : html`<td class="${classes}">${cell.text}</td>`;
}

/** Fields a row: four, or three where that leaves fewer gaps in the last row. */
function columnsOf(count: number): number {
  if (count <= 4) return Math.max(count, 1);
  const gaps = (columns: number) => (columns - (count % columns)) % columns;
  return gaps(3) < gaps(4) ? 3 : 4;
}

/** The text with each amount on one line: its sign of currency does not part from the digits. */
function unbroken(text: string): string {
  return text.replace(/([$€£]) (?=\d)/g, "$1\u00a0");
}

function toneClass(tone: Tone | undefined): string {
  return tone === undefined || tone === "neutral" ? "" : ` tone-${tone}`;
}
