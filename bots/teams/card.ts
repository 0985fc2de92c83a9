import type { Message } from "../../src/messages/message.ts";
import { blockElements, headlineElement, type Pictures } from "./card-blocks.ts";
import { formElements } from "./card-form.ts";
import { cut, type Element, filled, plain, type Room } from "./card-text.ts";
import { executeAction } from "./execute.ts";
import { type Language, wordsOf } from "./words.ts";

/** An Adaptive Card as Teams takes it. */
export interface Card {
  readonly type: "AdaptiveCard";
  readonly $schema: string;
  readonly version: "1.5";
  readonly fallbackText: string;
  readonly body: readonly Element[];
  readonly actions?: readonly Element[];
  readonly msteams: { readonly width: "Full" };
}

export interface CardOptions {
  readonly language: Language;
  readonly pictures?: Pictures;
}

/** What a button of ours carries, whether it was pressed as Execute or as Submit. */
export const ASK_VERB = "carteira/ask";

/**
 * Teams takes a message of up to about 100 KB and asks for 80, as UTF-16, pictures in base64 not counted
 * (learn.microsoft.com, "Format your bot messages").
 */
export const AIMED_BYTES = 80_000;
/** Buttons that Teams shows; the others go into its overflow menu. */
const VISIBLE_ACTIONS = 6;
const MAX_ACTIONS = 12;
const MAX_FALLBACK = 300;

/** From the whole message to its first line. */
const ROOMS: readonly Room[] = [
  { rows: 60, blocks: 40, fields: 60, cellLength: 300, textLength: 4_000 },
  { rows: 30, blocks: 30, fields: 40, cellLength: 150, textLength: 2_000 },
  { rows: 12, blocks: 20, fields: 20, cellLength: 80, textLength: 800 },
  { rows: 5, blocks: 10, fields: 12, cellLength: 40, textLength: 300 },
  { rows: 0, blocks: 0, fields: 0, cellLength: 40, textLength: 300 },
];

/** Draws a message as a card that Teams takes; what does not fit is cut, and the card says so. */
export function cardOf(message: Message, options: CardOptions): Card {
  let card: Card | undefined;
  for (const room of ROOMS) {
    card = build(message, options, room);
    if (sizeOf(card) <= AIMED_BYTES) return card;
  }
  // The last room holds a headline, a footer and the buttons, each with a bound: it always fits.
  if (card === undefined) throw new Error("no room for a card");
  return card;
}

/** Bytes of a card as Teams counts them. */
export function sizeOf(card: Card): number {
  const text = JSON.stringify(card, (key, value: unknown) =>
    key === "url" && typeof value === "string" && value.startsWith("data:") ? "" : value,
  );
  return text.length * 2;
}

function build(message: Message, { language, pictures }: CardOptions, room: Room): Card {
  const words = wordsOf(language);
  const shown = message.blocks.slice(0, room.blocks);
  const whole = message.blocks.slice(room.blocks).every((block) => block.kind === "buttons");
  const actions = actionsOf(message);
  const small = (text: string, extra: object = {}) => ({
    type: "TextBlock",
    text: plain(cut(filled(text), 300)),
    wrap: true,
    isSubtle: true,
    size: "Small",
    ...extra,
  });
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    fallbackText: cut(filled(message.headline), MAX_FALLBACK),
    body: [
      headlineElement(message, room),
      ...shown.flatMap((block, at) =>
        block.kind === "form"
          ? formElements(block, at, words)
          : blockElements(block, pictures?.get(at), room, language),
      ),
      ...(whole ? [] : [small(words.cut)]),
      ...message.footer
        .slice(0, 10)
        .map((line, at) =>
          small(line, at === 0 ? { separator: true, spacing: "Medium" } : { spacing: "None" }),
        ),
    ],
    ...(actions.length === 0 ? {} : { actions }),
    msteams: { width: "Full" },
  };
}

/** The message's buttons: a press sends the command as the presser's next message, whatever a form beside it holds. */
function actionsOf(message: Message): readonly Element[] {
  const inputs = !message.blocks.some((block) => block.kind === "form");
  return message.blocks
    .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
    .slice(0, MAX_ACTIONS)
    .map(({ label, command }, at) =>
      executeAction(
        cut(filled(label), 80),
        ASK_VERB,
        { command: cut(command, 500) },
        { visible: at < VISIBLE_ACTIONS, inputs },
      ),
    );
}
