import { formExample } from "./form.ts";
import type { Block, Cell, TableBlock } from "./message.ts";

/** Cells are cut at this width, but for those of the last column: a long name must not push the numbers off a terminal. */
const CELL_WIDTH_MAX = 48;
const GAP = "  ";

/** A message as plain text: what a terminal, a notification and `ask --json` show. Pictures and buttons are left out; a form is told by what one would type. */
export function plainText(headline: string, blocks: readonly Block[], footer: readonly string[]): string {
  const parts = blocks.map(blockText).filter((text) => text !== "");
  const foot = footer.length === 0 ? [] : [footer.join("\n")];
  return [headline, ...parts, ...foot].join("\n\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "fields": {
      const width = Math.max(...block.fields.map(({ label }) => label.length));
      return block.fields.map(({ label, value }) => `${label.padEnd(width)}${GAP}${value.text}`).join("\n");
    }
    case "table":
      return tableText(block);
    case "form":
      return `${block.title}: ${formExample(block)}`;
    case "link":
      return `${block.label}: ${block.url}`;
    case "chart":
    case "buttons":
      return "";
  }
}

function tableText(table: TableBlock): string {
  const labels = table.columns.map(({ label }) => label);
  const lines = [
    labels,
    ...table.rows.map((row) => row.map((cell, at) => cellText(cell, at === row.length - 1))),
  ];
  const widths = labels.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const text = lines.map((line) =>
    line
      .map((cell, at) =>
        table.columns[at]?.align === "right" ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join(GAP)
      .trimEnd(),
  );
  return [
    ...(table.title === undefined ? [] : [table.title]),
    ...text,
    ...(table.more === undefined ? [] : [table.more]),
  ].join("\n");
}

function cellText(cell: Cell, last: boolean): string {
  // One line, and an accent counted with its letter, so that columns stay aligned whatever a file held.
  const text = cell.text.normalize("NFC").replace(/\s+/g, " ").trim();
  if (last || text.length <= CELL_WIDTH_MAX) return text;
  // No half of a surrogate pair is left.
  const kept = text.slice(0, CELL_WIDTH_MAX - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.trimEnd()}…`;
}
