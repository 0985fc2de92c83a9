import type { Content, DocumentDefinition, TableLayout } from "pdfmake/js/index.js";
import type { Tone } from "../../src/messages/message.ts";
import type { Sheet, SheetBlock, SheetCell, SheetChart, SheetPair, SheetTable, SheetText } from "./sheet.ts";

/** How a report looks: A4, one family of type, ink that also prints in black and white. Lengths are in points. */
const MARGIN = 40;
const TOP = 56;
const FOOT = 48;
const PAGE_WIDTH = 595.28;
const WIDTH = PAGE_WIDTH - 2 * MARGIN;
const COLUMN_GAP = 22;

const INK = "#17202B";
const MUTED = "#5F6B7A";
const ACCENT = "#14508C";
const RULE = "#D5DCE3";
const HAIR = "#E9EDF1";
const SHADE = "#F3F6F9";
const TONES: Readonly<Record<Tone, string>> = {
  up: "#0B7F6B",
  down: "#C2452D",
  neutral: INK,
  warning: "#8A5A00",
};

const SIZE = {
  name: 21,
  period: 12,
  tile: 14,
  heading: 10.5,
  body: 8.5,
  table: 8,
  small: 7,
  note: 6.5,
} as const;

/** A table of so few rows stands on one page; a longer one may break wherever it has to. */
const WHOLE_ROWS_MAX = 16;
/** Space at the left of tables whose groups are shaded. */
const GROUP_INDENT = 4;

/** Name of a picture among the document's files. */
export function pictureName(place: number): string {
  return `picture-${place}.png`;
}

/** Describes a sheet to the layout engine. Its pictures are `pictureName(n)`, in the order of the sheet's charts. */
export function documentOf(sheet: Sheet): DocumentDefinition {
  const names: string[] = [];
  const nextPicture = () => {
    const name = pictureName(names.length);
    names.push(name);
    return name;
  };
  const content = [cover(sheet), ...sheet.blocks.map((block) => contentOf(block, nextPicture))];
  return {
    pageSize: "A4",
    pageMargins: [MARGIN, TOP, MARGIN, FOOT],
    version: "1.7",
    language: sheet.language === "pt" ? "pt-BR" : "en",
    displayTitle: true,
    info: {
      title: sheet.title,
      subject: sheet.subject,
      author: sheet.author,
      creator: "Carteira",
      producer: "Carteira (pdfmake)",
      creationDate: new Date(sheet.madeAt),
    },
    defaultStyle: { font: "Inter", fontSize: SIZE.body, color: INK, lineHeight: 1.25 },
    ...(sheet.mark === null
      ? {}
      : { watermark: { text: sheet.mark, color: MUTED, opacity: 0.07, bold: true, font: "Inter" } }),
    header: (page: number) => (page === 1 ? null : running(sheet)),
    footer: (page: number, pages: number) => foot(sheet, page, pages),
    images: Object.fromEntries(names.map((name) => [name, name])),
    content,
  };
}

function running({ running: { left, right } }: Sheet): Content {
  return {
    margin: [MARGIN, 26, MARGIN, 0],
    columns: [
      { text: left, width: "*", noWrap: false },
      { text: right, width: "auto", alignment: "right" },
    ],
    fontSize: SIZE.small,
    color: MUTED,
    columnGap: COLUMN_GAP,
  };
}

function foot({ foot: { left, page: words } }: Sheet, page: number, pages: number): Content {
  const text = words.replace("{page}", String(page)).replace("{pages}", String(pages));
  return {
    margin: [MARGIN, 12, MARGIN, 0],
    stack: [
      { canvas: [{ type: "line", x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: 0.5, lineColor: RULE }] },
      {
        margin: [0, 5, 0, 0],
        columns: [
          { text: left, width: "*" },
          { text, width: "auto", alignment: "right" },
        ],
        columnGap: COLUMN_GAP,
        fontSize: SIZE.note,
        color: MUTED,
      },
    ],
  };
}

function cover({ cover: { kind, name, period, fields, tiles, notice } }: Sheet): Content {
  const known = fields.map(({ label, value }) => [
    { text: label, color: MUTED, fontSize: SIZE.small },
    { text: value, fontSize: SIZE.table },
  ]);
  return {
    stack: [
      { canvas: [{ type: "rect", x: 0, y: 0, w: 44, h: 3, color: ACCENT }], margin: [0, -14, 0, 8] },
      {
        columns: [
          {
            width: "*",
            stack: [
              {
                text: kind.toUpperCase(),
                color: ACCENT,
                bold: true,
                fontSize: SIZE.small,
              },
              { text: name, bold: true, fontSize: SIZE.name, lineHeight: 1.15, margin: [0, 4, 0, 3] },
              { text: period, fontSize: SIZE.period, color: MUTED },
            ],
          },
          { width: 205, table: { widths: [70, "*"], body: known }, layout: FIELDS },
        ],
        columnGap: COLUMN_GAP,
      },
      {
        margin: [0, 16, 0, 0],
        table: {
          widths: tiles.map(() => "*"),
          body: [
            tiles.map(({ label, value }) => ({
              stack: [
                { text: label, color: MUTED, fontSize: SIZE.small },
                {
                  text: value.text,
                  bold: true,
                  fontSize: tileSize(value.text),
                  color: colourOf(value),
                  margin: [0, 2, 0, 0],
                },
                { text: value.note ?? " ", color: MUTED, fontSize: SIZE.note },
              ],
            })),
          ],
        },
        layout: TILES,
      },
      { text: notice, fontSize: SIZE.note, color: MUTED, margin: [0, 6, 0, 10] },
    ],
  };
}

/** The size in which a figure stands in one line of its tile: digits in bold are about 0.62 of it wide. */
function tileSize(text: string): number {
  const room = WIDTH / 4 - 20;
  return Math.max(SIZE.small, Math.min(SIZE.tile, room / (0.62 * text.length)));
}

function contentOf(block: SheetBlock, nextPicture: () => string): Content {
  switch (block.kind) {
    case "table":
      return {
        stack: [table(block), ...(block.notes === undefined ? [] : [text(block.notes)])],
        margin: [0, 8, 0, 8],
        unbreakable: block.rows.length <= WHOLE_ROWS_MAX,
      };
    case "text":
      return text(block);
    case "chart":
      return chart(block, nextPicture());
    case "pair":
      return pair(block);
  }
}

function pair({ left, right }: SheetPair): Content {
  const side = (blocks: SheetPair["left"]): Content => ({
    width: "*",
    stack: blocks.map((block) => (block.kind === "table" ? table(block) : text(block))),
  });
  const rows = [...left, ...right].map((block) => (block.kind === "table" ? block.rows.length : 0));
  return {
    stack: [{ columns: [side(left), side(right)], columnGap: COLUMN_GAP }],
    margin: [0, 8, 0, 8],
    unbreakable: Math.max(...rows) <= WHOLE_ROWS_MAX,
  };
}

function chart({ title, subtitle }: SheetChart, picture: string): Content {
  return {
    unbreakable: true,
    margin: [0, 8, 0, 4],
    stack: [
      {
        text: [
          { text: title, bold: true, fontSize: SIZE.heading },
          { text: `   ${subtitle}`, color: MUTED, fontSize: SIZE.small },
        ],
      },
      { image: picture, width: WIDTH },
    ],
  };
}

function text({ title, paragraphs, style }: SheetText): Content {
  const size = style === "small" ? SIZE.small : style === "warning" ? SIZE.small + 0.5 : SIZE.body;
  const body = paragraphs.map((paragraph) => ({
    text: paragraph,
    fontSize: title === undefined ? size : size + (style === "small" ? 0.5 : 0),
    color: style === "warning" ? TONES.warning : style === "small" ? MUTED : INK,
    margin: [0, 0, 0, title === undefined ? 1 : 3],
  }));
  const heading = title === undefined ? [] : [headingOf(title)];
  return {
    unbreakable: true,
    margin: [0, title === undefined ? 0 : 8, 0, title === undefined ? 6 : 6],
    stack: [...heading, ...body],
  };
}

function headingOf(title: string): Content {
  return { text: title, bold: true, fontSize: SIZE.heading, margin: [0, 0, 0, 3] };
}

/** A table with its title and heads on every page that it runs over. */
function table({ title, columns, rows }: SheetTable): Content {
  const blanks = Array.from({ length: columns.length - 1 }, () => ({}));
  const indent = indentOf(rows);
  const head: Content[] = columns.map(({ label, align }) => ({
    text: label,
    alignment: align,
    color: MUTED,
    fontSize: SIZE.small,
    noWrap: align === "right",
  }));
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => (width === "fill" ? "*" : "auto")),
      body: [
        [
          {
            text: title,
            bold: true,
            fontSize: SIZE.heading,
            colSpan: columns.length,
            margin: [-indent, 0, 0, 0],
          },
          ...blanks,
        ],
        head,
        ...rows.map(({ cells, role }) =>
          cells.map((cell, place) => cellOf(cell, { align: columns[place]?.align ?? "left", role })),
        ),
      ],
    },
    layout: tableLayout(rows),
  };
}

/** Only the shade behind the heads of groups needs space beside the text. */
function indentOf(rows: SheetTable["rows"]): number {
  return rows.some(({ role }) => role === "group") ? GROUP_INDENT : 0;
}

interface CellStyle {
  readonly align: "left" | "right";
  readonly role: "group" | "total" | undefined;
}

function cellOf(cell: SheetCell, { align, role }: CellStyle): Content {
  const main = {
    text: cell.text,
    alignment: align,
    fontSize: SIZE.table,
    color: colourOf(cell),
    bold: role !== undefined || cell.strong === true,
    noWrap: align === "right",
  };
  if (cell.note === undefined) return main;
  return {
    stack: [
      main,
      { text: cell.note, alignment: align, fontSize: SIZE.note, color: MUTED, noWrap: align === "right" },
    ],
  };
}

function colourOf({ tone }: SheetCell): string {
  return tone === undefined ? INK : TONES[tone];
}

const TILES: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: (line, { table: { body } }) => (line === 0 || line === body[0]?.length ? 0 : 5),
  vLineColor: () => "#FFFFFF",
  fillColor: () => SHADE,
  paddingLeft: () => 8,
  paddingRight: () => 6,
  paddingTop: () => 7,
  paddingBottom: () => 5,
};

const FIELDS: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 4,
  paddingTop: () => 1,
  paddingBottom: () => 1,
};

/** Rules between rows, a stronger one under the heads and above the total, a shade behind the heads of groups. */
function tableLayout(rows: SheetTable["rows"]): TableLayout {
  const HEADS = 2;
  const roleAt = (row: number) => rows[row - HEADS]?.role;
  return {
    hLineWidth: (line) => (line < HEADS ? 0 : line === HEADS || roleAt(line) === "total" ? 0.7 : 0.4),
    hLineColor: (line) => (line === HEADS || roleAt(line) === "total" ? MUTED : HAIR),
    vLineWidth: () => 0,
    fillColor: (row) => (roleAt(row) === "group" ? SHADE : null),
    paddingLeft: (column) => (column === 0 ? indentOf(rows) : 5),
    paddingRight: (column, { table: { widths } }) => (column === widths.length - 1 ? indentOf(rows) : 5),
    paddingTop: (row) => (row === 0 ? 0 : 2.2),
    paddingBottom: (row) => (row === 0 ? 1 : 1.4),
  };
}
