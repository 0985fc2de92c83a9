import type { TableBlock } from "../../src/messages/message.ts";
import { colourOf, cut, type Element, filled, plain, type Room, unbroken } from "./card-text.ts";
import { type Language, wordsOf } from "./words.ts";

/** Columns of the message that a card shows. */
const MAX_COLUMNS = 11;
/** From so many columns on the letters are small, and from so many on two columns share one, one above the other. */
const SMALL_FROM = 5;
const PAIRED_FROM = 6;
/** Width of a column in parts: what must not break in it with the space beside it, within these bounds. */
const ASIDE = 3;
const NARROWEST = 9;
const WIDEST = 18;

/** A table with its title, and how many rows were left out. A number broken over two lines is misread: hence the pairs. */
export function tableElements(table: TableBlock, room: Room, language: Language): readonly Element[] {
  const groups = groupsOf(Math.min(table.columns.length, MAX_COLUMNS));
  if (groups.length === 0) return [];
  const rows = table.rows.slice(0, room.rows);
  const size = table.columns.length >= SMALL_FROM ? { size: "Small" } : {};
  const text = (value: string) => plain(unbroken(cut(filled(value), room.cellLength)));
  const line = (value: string, extra: object) => ({
    type: "TextBlock",
    text: text(value),
    wrap: true,
    ...extra,
  });
  const below = (place: number) => (place === 0 ? {} : { spacing: "None" });
  const title = table.title ?? "";
  const more = moreText(table, table.rows.length - rows.length, language);
  return [
    ...(title === "" ? [] : [line(title, { weight: "Bolder", spacing: "Medium" })]),
    {
      type: "Table",
      firstRowAsHeaders: true,
      showGridLines: false,
      columns: groups.map((group) => ({
        width: Math.max(...group.map((at) => widthOf(table, at))),
        ...(table.columns[group[0] ?? 0]?.align === "right"
          ? { horizontalCellContentAlignment: "Right" }
          : {}),
      })),
      rows: [
        rowOf(
          groups.map((group) =>
            group.map((at, place) => {
              const label = table.columns[at]?.label ?? "";
              const weight = place === 0 ? { weight: "Bolder" } : { isSubtle: true };
              return line(label, { size: "Small", ...weight, ...below(place) });
            }),
          ),
        ),
        ...rows.map((row) =>
          rowOf(
            groups.map((group) =>
              group.map((at, place) => {
                const colour = colourOf(row[at]?.tone);
                const subtle = place === 0 || colour.color !== undefined ? {} : { isSubtle: true };
                return line(row[at]?.text ?? "", { ...size, ...colour, ...subtle, ...below(place) });
              }),
            ),
          ),
        ),
      ],
    },
    ...(more === null
      ? []
      : [{ type: "TextBlock", text: plain(more), wrap: true, isSubtle: true, size: "Small" }]),
  ];
}

/** Which columns of the message stand in each column of the card: the first alone, the others in pairs if many. */
function groupsOf(count: number): readonly (readonly number[])[] {
  const columns = Array.from({ length: count }, (_, at) => at);
  if (count < PAIRED_FROM) return columns.map((at) => [at]);
  return [
    [0],
    ...columns.filter((at) => at % 2 === 1).map((at) => [at, at + 1].filter((one) => one < count)),
  ];
}

function rowOf(cells: readonly (readonly object[])[]): Element {
  return { type: "TableRow", cells: cells.map((items) => ({ type: "TableCell", items })) };
}

/** As many parts of the width as the longest text of the column has characters; of figures, the longest word. */
function widthOf(table: TableBlock, at: number): number {
  const column = table.columns[at];
  // The label is bold, and a little wider for it.
  const texts = [`${column?.label ?? ""}.`, ...table.rows.slice(0, 50).map((row) => row[at]?.text ?? "")];
  const parts = column?.align === "right" ? texts.flatMap((text) => unbroken(text).split(" ")) : texts;
  const longest = Math.max(...parts.map((part) => part.length));
  return Math.min(Math.max(longest + ASIDE, NARROWEST), WIDEST);
}

/** "mais 6": the rows that the message left out together with those that the card did. */
function moreText(table: TableBlock, left: number, language: Language): string | null {
  const told = table.more ?? "";
  if (left === 0) return told.trim() === "" ? null : cut(told, 300);
  const digits = /\d[\d.,]*/.exec(told)?.[0].replace(/\D/g, "") ?? "0";
  return wordsOf(language).more(left + Number(digits.slice(0, 9)));
}
