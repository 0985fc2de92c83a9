import type { Answer } from "../answers/answer.ts";
import type { Decimal } from "../money/decimal.ts";
import type { Language } from "../questions/question.ts";
import { type Formatter, formatter } from "./format.ts";
import type { Block, Cell, Message, TableBlock, Tone } from "./message.ts";
import { plainText } from "./plain-text.ts";
import { type Words, wordsOf } from "./words.ts";

/** What a presenter writes with: the question's language, its words and its formats. */
export interface Pen {
  readonly language: Language;
  readonly words: Words;
  readonly format: Formatter;
  /** What a change of the day is called: `hoje`, by its session (`em 19/11`) where that is not today's, or `no último pregão`. */
  readonly day: { readonly word: string; readonly title: string };
}

/** `session` is what changes of the day are of, as an answer tells it. */
export function penOf(language: Language, session: OkAnswer["session"] = null): Pen {
  const words = wordsOf(language);
  const format = formatter(language);
  const word =
    session === null
      ? words.today
      : session === "several"
        ? words.lastSession
        : words.onDay(format.shortDay(session));
  return { language, words, format, day: { word, title: `${word.charAt(0).toUpperCase()}${word.slice(1)}` } };
}

/** An answer that holds data. */
export type OkAnswer = Extract<Answer, { status: "ok" }>;

/** What a presenter hands back: everything of a message but its plain text and its footer. */
export interface Draft {
  readonly headline: string;
  readonly emphasis?: readonly Cell[];
  readonly tone?: Tone;
  readonly blocks: readonly (Block | null)[];
  /** Why figures are unknown or partial, each said once, below what they concern. */
  readonly notes?: readonly (string | null)[];
}

/** Puts a draft together with its footer. Blocks that are null are left out; notes come before the buttons. */
export function messageOf(draft: Draft, footer: readonly string[]): Message {
  const given = draft.blocks.filter((block) => block !== null);
  const notes = (draft.notes ?? [])
    .filter((note) => note !== null)
    .map((text): Block => ({ kind: "text", text, tone: "warning" }));
  const blocks = [
    ...given.filter((block) => block.kind !== "buttons"),
    ...notes,
    ...given.filter((block) => block.kind === "buttons"),
  ];
  return {
    text: plainText(draft.headline, blocks, footer),
    headline: draft.headline,
    ...(draft.tone === undefined ? {} : { headlineTone: draft.tone }),
    ...(draft.emphasis === undefined ? {} : { emphasis: draft.emphasis }),
    blocks,
    footer,
  };
}

/** Up or down by the sign of the figure as it is shown; neutral for zero and for what is not known. */
export function toneOf(value: Decimal | null): Tone {
  const sign = value?.round(2).sign() ?? 0;
  return sign > 0 ? "up" : sign < 0 ? "down" : "neutral";
}

/** A cell coloured by the sign of the number behind it. */
export function signedCell(text: string, value: Decimal | null): Cell {
  return { text, tone: toneOf(value) };
}

interface TableShape<R> {
  readonly title?: string;
  readonly columns: readonly {
    readonly label: string;
    readonly align?: "right";
    readonly cell: (row: R, index: number) => string | Cell;
  }[];
  readonly rows: readonly R[];
  /** How many rows there are beyond those given. */
  readonly more?: number;
}

/** A table with one column definition a column; null where there is no row. */
export function tableOf<R>(shape: TableShape<R>, pen: Pen): TableBlock | null {
  if (shape.rows.length === 0) return null;
  const more = shape.more ?? 0;
  return {
    kind: "table",
    ...(shape.title === undefined ? {} : { title: shape.title }),
    columns: shape.columns.map(({ label, align }) => ({ label, align: align ?? "left" })),
    rows: shape.rows.map((row, index) =>
      shape.columns.map(({ cell }) => {
        const made = cell(row, index);
        return typeof made === "string" ? { text: made } : made;
      }),
    ),
    ...(more > 0 ? { more: pen.words.more(pen.format.count(more)) } : {}),
  };
}

/** `Ana Souza · cliente123`, or the id alone where the name says no more. */
export function clientTitle(client: { readonly client: string; readonly clientName: string }): string {
  return client.clientName === "" || client.clientName === client.client
    ? client.client
    : `${client.clientName} · ${client.client}`;
}

/** The bold part of `clientTitle`. */
export function clientEmphasis(client: { readonly client: string; readonly clientName: string }): Cell {
  return { text: client.clientName === "" ? client.client : client.clientName };
}

/** A text block, or nothing for an empty text. */
export function textBlock(text: string, tone?: Tone): Block | null {
  return text === "" ? null : { kind: "text", text, ...(tone === undefined ? {} : { tone }) };
}
