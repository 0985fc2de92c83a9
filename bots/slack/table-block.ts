import type { types } from "@slack/bolt";
import type { TableBlock } from "../../src/messages/message.ts";
import { plainText } from "../../src/messages/plain-text.ts";
import { boxed, cut } from "./mrkdwn.ts";

/** Slack's limits of a table, its heading counted as a row; the sum of its cells is limited too. */
const MAX_ROWS = 100;
const MAX_CELLS = 20;
const MAX_CHARACTERS = 10_000;
const MAX_CELL = 500;
/** What the signs around a box take. */
const BOX = 8;

/** Whether Slack draws it as a table. */
export function fitsTable(table: TableBlock): boolean {
  const texts = rowsOf(table).flat();
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return (
    table.columns.length > 0 &&
    table.columns.length <= MAX_CELLS &&
    table.rows.length < MAX_ROWS &&
    characters <= MAX_CHARACTERS
  );
}

/** The table as Slack's own; cells of it are plain text, in which nothing is markup. */
export function tableBlock(table: TableBlock): types.TableBlock {
  return {
    type: "table",
    rows: rowsOf(table).map((row) => row.map((text) => ({ type: "raw_text", text }))),
    column_settings: table.columns.map(({ align }, at) => ({ align, is_wrapped: at === 0 })),
  };
}

/** The table in a fixed width, in boxes of at most so many characters, each with the heading. */
export function boxedTable(table: TableBlock, max: number): readonly string[] {
  const [heading = "", ...lines] = plainText(
    "",
    [{ kind: "table", columns: table.columns, rows: table.rows }],
    [],
  )
    .trim()
    .split("\n");
  const boxes: string[] = [];
  let kept: string[] = [];
  const size = (rows: readonly string[]) => boxed([heading, ...rows].join("\n")).length;
  for (const line of lines) {
    const row = cut(line, Math.floor((max - BOX) / 12));
    if (size([...kept, row]) > max && kept.length > 0) {
      boxes.push(boxed([heading, ...kept].join("\n")));
      kept = [];
    }
    kept.push(row);
  }
  return [...boxes, boxed([heading, ...kept].join("\n"))];
}

function rowsOf(table: TableBlock): readonly (readonly string[])[] {
  const labels = table.columns.map(({ label }) => label);
  const rows = [labels, ...table.rows.map((row) => row.map(({ text }) => text))];
  // Slack refuses a cell without text.
  return rows.map((row) => labels.map((_, at) => cut(row[at]?.trim() ?? "", MAX_CELL) || "—"));
}
