import type { ClarifyReason, ParsedQuestion } from "../../questions/question.ts";
import { type Asked, commandOf } from "../command.ts";
import { exampleCommands } from "../help.ts";
import type { Block, ButtonsBlock } from "../message.ts";
import { type Draft, type Pen, textBlock } from "../page.ts";

/** As many choices as a person can read at a glance. */
const OPTIONS_MAX = 8;

/** A question back. Each choice is a button that asks the first question again, complete. */
export function presentClarify(question: ParsedQuestion, reason: ClarifyReason, pen: Pen): Draft {
  const { clarify } = pen.words;
  switch (reason.code) {
    case "which_client":
      return {
        headline: clarify.which_client,
        blocks: choices(
          clarify.which_client_hint,
          reason.options.map(({ id, name }) => ({
            label: name === "" || name === id ? id : `${name} · ${id}`,
            ask: { ...question, client: id },
          })),
          pen,
        ),
      };
    case "which_asset":
      return {
        headline: clarify.which_asset,
        blocks: choices(
          clarify.which_asset_hint,
          reason.options.map((code) => ({ label: code, ask: { ...question, asset: code } })),
          pen,
        ),
      };
    case "client_missing":
      return {
        headline: clarify.client_missing,
        blocks: [textBlock(clarify.client_missing_hint), clientsButton(pen)],
      };
    case "asset_missing":
      return { headline: clarify.asset_missing, blocks: [textBlock(clarify.asset_missing_hint)] };
    case "period_unclear":
      return { headline: clarify.period_unclear(reason.text), blocks: [textBlock(clarify.period_hint)] };
    case "not_understood":
      return { headline: clarify.not_understood, blocks: examples(pen) };
  }
}

function choices(
  hint: string,
  options: readonly { label: string; ask: Asked }[],
  pen: Pen,
): (Block | null)[] {
  const shown = options.slice(0, OPTIONS_MAX);
  const rest = options.length - shown.length;
  const more = rest > 0 ? [pen.words.more(pen.format.count(rest))] : [];
  return [
    textBlock([hint, ...shown.map(({ label }) => `• ${label}`), ...more].join("\n")),
    {
      kind: "buttons",
      buttons: shown.map(({ label, ask }) => ({ label, command: commandOf(ask, pen.language) })),
    },
  ];
}

function clientsButton(pen: Pen): ButtonsBlock {
  return {
    kind: "buttons",
    buttons: [{ label: pen.words.buttons.clients, command: commandOf({ intent: "clients" }, pen.language) }],
  };
}

/** A few questions that are understood, as text and as buttons. */
export function examples(pen: Pen): Block[] {
  const commands = exampleCommands(pen).slice(0, 4);
  return [
    {
      kind: "text",
      text: [pen.words.clarify.not_understood_hint, ...commands.map((text) => `• ${text}`)].join("\n"),
    },
    {
      kind: "buttons",
      buttons: (["help", "clients"] as const).map((intent) => ({
        label: pen.words.buttons[intent],
        command: commandOf({ intent }, pen.language),
      })),
    },
  ];
}
