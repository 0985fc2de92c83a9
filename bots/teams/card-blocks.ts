import type { Block, Cell, Message, TableBlock } from "../../src/messages/message.ts";
import { colourOf, cut, type Element, filled, plain, unbroken } from "./card-text.ts";
import { type Language, wordsOf } from "./words.ts";

/** How much of a message a card takes; each level is tried until the card is small enough. */
export interface Room {
  readonly rows: number;
  readonly blocks: number;
  readonly fields: number;
  readonly cellLength: number;
  readonly textLength: number;
}

/** A picture as a data URI, by the index of its block. */
export type Pictures = ReadonlyMap<number, string>;

/** Fields in one row, the label above the value; more than so many characters a value ask for a list. */
const FIELDS_PER_ROW = 3;
const SHORT_VALUE = 26;
/** Cells a row of a table may have: a card wider than this cannot be read. */
const MAX_COLUMNS = 10;
/** Width of a column in parts: its longest text within these bounds. */
const NARROWEST = 5;
const WIDEST = 22;

/** The first line: emphasised parts in bold, each looked for after the one before it. */
export function headlineElement(message: Message, room: Room): Element {
  const headline = unbroken(cut(filled(message.headline), room.textLength));
  const tone = colourOf(message.headlineTone);
  const run = (text: string, extra: object) => ({ type: "TextRun", text, size: "Medium", ...extra });
  const inlines: object[] = [];
  let from = 0;
  for (const part of message.emphasis ?? []) {
    const text = unbroken(part.text);
    const at = text === "" ? -1 : headline.indexOf(text, from);
    if (at < 0) continue;
    if (at > from) inlines.push(run(headline.slice(from, at), tone));
    inlines.push(run(text, { weight: "Bolder", ...colourOf(part.tone) }));
    from = at + text.length;
  }
  if (from < headline.length) inlines.push(run(headline.slice(from), tone));
  return { type: "RichTextBlock", inlines };
}

/** The elements of one block; its buttons are the card's own and not among them. */
export function blockElements(
  block: Block,
  picture: string | undefined,
  room: Room,
  language: Language,
): readonly Element[] {
  switch (block.kind) {
    case "text":
      return [
        {
          type: "TextBlock",
          text: plain(unbroken(cut(filled(block.text), room.textLength))),
          wrap: true,
          ...colourOf(block.tone),
        },
      ];
    case "fields":
      return fieldElements(block.fields.slice(0, room.fields), room);
    case "table":
      return tableElements(block, room, language);
    case "chart":
      return picture === undefined
        ? [
            {
              type: "TextBlock",
              text: plain(cut(filled(block.alt), room.textLength)),
              wrap: true,
              isSubtle: true,
            },
          ]
        : [
            {
              type: "Image",
              url: picture,
              altText: cut(filled(block.alt), room.textLength),
              size: "Stretch",
            },
          ];
    case "buttons":
      return [];
  }
}

type Field = { readonly label: string; readonly value: Cell };

/** Short values stand side by side with their colours; long ones make a list. */
function fieldElements(fields: readonly Field[], room: Room): readonly Element[] {
  if (fields.length === 0) return [];
  const text = (value: string) => plain(unbroken(cut(filled(value), room.cellLength)));
  const aside = fields.every(({ value }) => value.text.length <= SHORT_VALUE);
  if (!aside && fields.every(({ value }) => colourOf(value.tone).color === undefined)) {
    return [
      {
        type: "FactSet",
        facts: fields.map(({ label, value }) => ({ title: text(label), value: text(value.text) })),
      },
    ];
  }
  const perRow = aside ? FIELDS_PER_ROW : 1;
  const rows = Array.from({ length: Math.ceil(fields.length / perRow) }, (_, at) =>
    fields.slice(at * perRow, (at + 1) * perRow),
  );
  return rows.map((row) => ({
    type: "ColumnSet",
    // Empty columns at the end keep the ones of the last row under those above.
    columns: Array.from({ length: perRow }, (_, at) => ({
      type: "Column",
      width: "stretch",
      items: row.slice(at, at + 1).flatMap(({ label, value }) => [
        { type: "TextBlock", text: text(label), wrap: true, isSubtle: true, size: "Small" },
        {
          type: "TextBlock",
          text: text(value.text),
          wrap: true,
          weight: "Bolder",
          spacing: "None",
          ...colourOf(value.tone),
        },
      ]),
    })),
  }));
}

function tableElements(table: TableBlock, room: Room, language: Language): readonly Element[] {
  const columns = table.columns.slice(0, MAX_COLUMNS);
  if (columns.length === 0) return [];
  const rows = table.rows.slice(0, room.rows);
  const text = (value: string) => unbroken(cut(filled(value), room.cellLength));
  const cell = (content: string, extra: object) => ({
    type: "TableCell",
    items: [{ type: "TextBlock", text: plain(text(content)), wrap: true, ...extra }],
  });
  const title = table.title ?? "";
  const more = moreText(table, table.rows.length - rows.length, language);
  return [
    ...(title === ""
      ? []
      : [{ type: "TextBlock", text: plain(text(title)), wrap: true, weight: "Bolder", spacing: "Medium" }]),
    {
      type: "Table",
      firstRowAsHeaders: true,
      showGridLines: false,
      columns: columns.map(({ align }, at) => ({
        width: widthOf(table, at),
        ...(align === "right" ? { horizontalCellContentAlignment: "Right" } : {}),
      })),
      rows: [
        {
          type: "TableRow",
          cells: columns.map(({ label }) => cell(label, { weight: "Bolder", size: "Small" })),
        },
        ...rows.map((row) => ({
          type: "TableRow",
          cells: columns.map((_, at) => cell(row[at]?.text ?? "", colourOf(row[at]?.tone))),
        })),
      ],
    },
    ...(more === null
      ? []
      : [{ type: "TextBlock", text: plain(more), wrap: true, isSubtle: true, size: "Small" }]),
  ];
}

/** As many parts of the width as the longest text of the column has characters. */
function widthOf(table: TableBlock, at: number): number {
  const texts = [table.columns[at]?.label ?? "", ...table.rows.map((row) => row[at]?.text ?? "")];
  const longest = Math.max(...texts.slice(0, 50).map((text) => text.length));
  return Math.min(Math.max(longest, NARROWEST), WIDEST);
}

/** "mais 6": the rows that the message left out together with those that the card did. */
function moreText(table: TableBlock, left: number, language: Language): string | null {
  const told = table.more ?? "";
  if (left === 0) return told.trim() === "" ? null : cut(told, 300);
  const digits = /\d[\d.,]*/.exec(told)?.[0].replace(/\D/g, "") ?? "0";
  return wordsOf(language).more(left + Number(digits.slice(0, 9)));
}
