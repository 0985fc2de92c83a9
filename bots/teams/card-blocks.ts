import type { Block, Cell, FormBlock, Message } from "../../src/messages/message.ts";
import { tableElements } from "./card-table.ts";
import {
  colourOf,
  cut,
  type Element,
  filled,
  plain,
  type Room,
  sentenceStyle,
  unbroken,
} from "./card-text.ts";
import type { Language } from "./words.ts";

/** A picture as a data URI, by the index of its block. */
export type Pictures = ReadonlyMap<number, string>;

/** Fields in one row, the label above the value; more than so many characters a value ask for a list. */
const FIELDS_PER_ROW = 3;
const SHORT_VALUE = 26;
/** The first line: emphasised parts in bold, each looked for after the one before it. */
export function headlineElement(message: Message, room: Room): Element {
  const headline = unbroken(cut(filled(message.headline), room.textLength));
  const tone = sentenceStyle(message.headlineTone);
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
  block: Exclude<Block, FormBlock>,
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
          ...sentenceStyle(block.tone),
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
    case "link":
      return [
        {
          type: "ActionSet",
          actions: [{ type: "Action.OpenUrl", title: cut(filled(block.label), 80), url: block.url }],
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
