import { type Formatter, formatter } from "../../src/messages/format.ts";
import type { Block, ButtonsBlock, Message, Tone } from "../../src/messages/message.ts";
import { messageOf } from "../../src/messages/page.ts";
import type { Language } from "../../src/questions/question.ts";
import { alertWordsOf } from "./words.ts";

/** What messages of alerts are written with. */
export interface AlertPen {
  readonly language: Language;
  readonly words: ReturnType<typeof alertWordsOf>;
  readonly format: Formatter;
}

export function alertPenOf(language: Language): AlertPen {
  return { language, words: alertWordsOf(language), format: formatter(language) };
}

export function messageWith(
  headline: string,
  blocks: readonly (Block | null)[],
  options: { readonly tone?: Tone; readonly footer?: readonly string[] } = {},
): Message {
  const { tone, footer = [] } = options;
  return messageOf({ headline, blocks, ...(tone === undefined ? {} : { tone }) }, footer);
}

export function text(line: string, tone?: Tone): Block {
  return { kind: "text", text: line, ...(tone === undefined ? {} : { tone }) };
}

export function buttons(...all: ButtonsBlock["buttons"]): ButtonsBlock {
  return { kind: "buttons", buttons: all };
}

/** What can be done with one rule. */
export function ruleButtons(number: number, { words }: AlertPen): ButtonsBlock["buttons"] {
  const { buttons: label, commands: command } = words;
  const shown = String(number);
  return [
    { label: label.details(shown), command: command.details(number) },
    { label: label.snooze(shown), command: command.snooze(number) },
    { label: label.delete(shown), command: command.delete(number) },
  ];
}
