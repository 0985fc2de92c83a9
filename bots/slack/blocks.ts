import type { types } from "@slack/bolt";
import type { Block, ButtonsBlock, Message, TableBlock } from "../../src/messages/message.ts";
import { bold, cut, escaped, link, pieces } from "./mrkdwn.ts";
import { boxedTable, fitsTable, tableBlock } from "./table-block.ts";
import { asText } from "./text.ts";

export type SlackBlock = types.KnownBlock;

/** One message as Slack takes it. `text` says all of it: for notifications, screen readers and where blocks fail. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/** What goes with a message and is not in it. */
export interface Extras {
  /** The id of the uploaded picture of the block at an index; a chart without one is told by its words. */
  readonly pictures?: ReadonlyMap<number, string>;
  /** Buttons beside those of the message, such as the one that shares. */
  readonly buttons?: readonly types.Button[];
  /** Lines below everything else. They are ours: markup in them stands. */
  readonly notes?: readonly string[];
  /** Where Slack draws no table at all, as in App Home. */
  readonly withoutTables?: boolean;
}

/** How an action tells what it is; a number makes each of a message its own. */
export const ASK_ACTION = "carteira.ask.";
/** The same of a button that opens a form. */
export const FORM_ACTION = "carteira.form.";

/** Slack's limits: docs.slack.dev/reference/block-kit. */
const MAX_BLOCKS = 50;
const MAX_SECTION = 3_000;
const MAX_FIELDS = 10;
const MAX_FIELD = 2_000;
const MAX_CONTEXT = 10;
const MAX_CONTEXT_TEXT = 2_000;
const MAX_ACTIONS = 25;
const MAX_BUTTON_TEXT = 75;
const MAX_VALUE = 2_000;
const MAX_ALT = 2_000;

/** Draws a neutral message: one Slack message, or more where it holds more blocks than one may. */
export function toSlack(message: Message, extras: Extras = {}): readonly SlackMessage[] {
  const blocks = blocksOf(message, extras);
  const parts: SlackBlock[][] = [];
  for (let at = 0; at < blocks.length; at += MAX_BLOCKS) parts.push(blocks.slice(at, at + MAX_BLOCKS));
  const text = asText(message, extras.notes);
  return parts.map((part, index) => ({
    text: index === 0 ? text : cut(escaped(message.headline), 300),
    blocks: part,
  }));
}

/** The blocks of a message, of whatever number. */
export function blocksOf(message: Message, extras: Extras = {}): SlackBlock[] {
  // A message may hold one table: that is the first that fits, and any other is set in a fixed width.
  const tables = extras.withoutTables !== true;
  const table = message.blocks.findIndex((block) => tables && block.kind === "table" && fitsTable(block));
  const buttons = message.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
  const forms = message.blocks.flatMap((block) => (block.kind === "form" ? [block.open] : []));
  return [
    ...sections(headlineText(message)),
    ...message.blocks.flatMap((block, index) => blockOf(block, index === table, extras.pictures?.get(index))),
    ...contexts(message.footer.map(escaped)),
    ...contexts(extras.notes ?? []),
    ...actions([
      ...buttonElements(buttons, ASK_ACTION),
      ...buttonElements(forms, FORM_ACTION),
      ...(extras.buttons ?? []),
    ]),
  ];
}

function blockOf(block: Block, asTable: boolean, picture: string | undefined): readonly SlackBlock[] {
  switch (block.kind) {
    case "text":
      return sections(`${block.tone === "warning" ? ":warning: " : ""}${escaped(block.text)}`);
    case "fields":
      return fieldSections(block.fields);
    case "table":
      return tableBlocks(block, asTable);
    case "chart":
      return picture === undefined
        ? contexts([escaped(block.alt)])
        : [{ type: "image", slack_file: { id: picture }, alt_text: cut(block.alt.trim() || "—", MAX_ALT) }];
    case "link":
      return sections(link(block.url, block.label));
    case "buttons":
    case "form":
      // Buttons stand at the end, below the sources, and those of forms after them.
      return [];
  }
}

/** The headline: its emphasised parts in bold, each looked for after the one before it; all of it where none is named. */
function headlineText({ headline, emphasis = [], headlineTone }: Message): string {
  const warning = headlineTone === "warning" ? ":warning: " : "";
  if (emphasis.length === 0) return `${warning}${bold(headline)}`;
  let text = "";
  let from = 0;
  for (const { text: part } of emphasis) {
    const at = headline.indexOf(part, from);
    if (at < 0 || part === "") continue;
    text +=
      escaped(headline.slice(from, at)) + standing(bold(part), headline[at - 1], headline[at + part.length]);
    from = at + part.length;
  }
  return warning + text + escaped(headline.slice(from));
}

/** Slack sees bold only between blanks and the like: where a letter or digit touches it, a blank of no width parts them. */
function standing(text: string, before: string | undefined, after: string | undefined): string {
  const touches = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  return `${touches(before) ? "\u200b" : ""}${text}${touches(after) ? "\u200b" : ""}`;
}

function sections(text: string): readonly SlackBlock[] {
  return pieces(text, MAX_SECTION).map((piece) => ({
    type: "section",
    text: { type: "mrkdwn", text: piece, verbatim: true },
    expand: true,
  }));
}

function fieldSections(
  fields: readonly { readonly label: string; readonly value: { readonly text: string } }[],
): readonly SlackBlock[] {
  const texts = fields.map(({ label, value }) =>
    cut(`${bold(label)}\n${escaped(value.text.trim()) || "—"}`, MAX_FIELD),
  );
  return chunked(texts, MAX_FIELDS).map((chunk) => ({
    type: "section",
    fields: chunk.map((text) => ({ type: "mrkdwn", text, verbatim: true })),
  }));
}

function tableBlocks(table: TableBlock, asTable: boolean): readonly SlackBlock[] {
  const title = table.title === undefined ? [] : sections(bold(table.title));
  const more = table.more === undefined ? [] : contexts([escaped(table.more)]);
  if (asTable) return [...title, tableBlock(table), ...more];
  return [...title, ...boxedTable(table, MAX_SECTION).flatMap(sections), ...more];
}

function contexts(lines: readonly string[]): readonly SlackBlock[] {
  const texts = lines.flatMap((line) => pieces(line, MAX_CONTEXT_TEXT));
  return chunked(texts, MAX_CONTEXT).map((chunk) => ({
    type: "context",
    elements: chunk.map((text) => ({ type: "mrkdwn", text, verbatim: true })),
  }));
}

function buttonElements(buttons: ButtonsBlock["buttons"], actionId: string): readonly types.Button[] {
  // A command that does not fit would ask something else when cut, so it has no button.
  return buttons
    .filter(
      ({ label, command }) => label.trim() !== "" && command.trim() !== "" && command.length <= MAX_VALUE,
    )
    .map(({ label, command }, index) => button(label, command, `${actionId}${index}`));
}

/** A button that carries its value back to us. */
export function button(label: string, value: string, actionId: string): types.Button {
  return {
    type: "button",
    // Not as emoji: `:100:` in somebody's name is a name.
    text: { type: "plain_text", text: cut(label, MAX_BUTTON_TEXT), emoji: false },
    value,
    action_id: actionId,
  };
}

function actions(elements: readonly types.Button[]): readonly SlackBlock[] {
  return chunked(elements, MAX_ACTIONS).map((chunk) => ({ type: "actions", elements: [...chunk] }));
}

/** Runs of at most so many. */
export function chunked<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
