import type { Tone } from "../../src/messages/message.ts";

/** An element of an Adaptive Card, as it is sent. */
export type Element = { readonly type: string } & Readonly<Record<string, unknown>>;

/** How much of a message a card takes; each level is tried until the card is small enough. */
export interface Room {
  readonly rows: number;
  readonly blocks: number;
  readonly fields: number;
  readonly cellLength: number;
  readonly textLength: number;
}

/**
 * A text from data for an element that reads markdown (TextBlock, Fact): emphasis, links and lists of the cards'
 * subset are kept from being read as such, and so are the macros `{{DATE(…)}}` and HTML entities.
 */
export function plain(text: string): string {
  return text
    .replace(/[\\*_[\]`~]/g, "\\$&")
    .replace(/\{(?=\{)/g, "{\u2060")
    .replace(/&(?=#?\w+;)/g, "&\u2060")
    .replace(/^(\s*)([-+#>])(?=\s|#|>|$)/gm, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2");
}

/**
 * What a tone adds to a text. The sign and the word are in the text itself: colour says nothing alone. A warning has no
 * colour, since that of cards is a yellow that is hard to read on white.
 */
export function colourOf(tone: Tone | undefined): { readonly color?: "Good" | "Attention" } {
  if (tone === "up") return { color: "Good" };
  return tone === "down" ? { color: "Attention" } : {};
}

/** What a tone adds to a sentence of its own: a warning stands out by its weight. */
export function sentenceStyle(tone: Tone | undefined): object {
  return tone === "warning" ? { weight: "Bolder" } : colourOf(tone);
}

/** The text with each amount on one line: its sign of currency does not part from the digits. */
export function unbroken(text: string): string {
  return text.replace(/([$€£]) (?=\d)/g, "$1\u00a0");
}

/** The text within so many characters, cut with an ellipsis between characters. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1);
  const whole = /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
  return `${whole.trimEnd()}…`;
}

/** A text that is not empty, since a card may not have an empty one. */
export function filled(text: string): string {
  return text.trim() === "" ? "–" : text;
}
