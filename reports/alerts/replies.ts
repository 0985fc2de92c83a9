import type { Block, FormBlock, Message } from "../../src/messages/message.ts";
import { type AlertPen, buttons, messageWith, ruleButtons, text } from "./page.ts";
import type { RuleDoubt } from "./read-rule.ts";

/** Rules with buttons of their own: a channel takes so many blocks and no more. */
const WITH_BUTTONS_MAX = 8;

/** One rule as its owner sees it listed. */
export interface ListedRule {
  readonly number: number;
  readonly words: string;
  readonly state: string;
}

/** All of an owner's alerts, with what can be done with each, and a form for another. */
export function listReply(
  rules: readonly ListedRule[],
  quiet: string | null,
  pen: AlertPen,
  footer: readonly string[],
): Message {
  const { words, format } = pen;
  const end = [text(quiet ?? ""), formOf(pen), buttons(defaultsButton(pen))].filter(
    (block) => block.kind !== "text" || block.text !== "",
  );
  if (rules.length === 0) {
    return messageWith(words.none, [text(words.noneHint), ...end], { footer });
  }
  const table: Block = {
    kind: "table",
    columns: [
      { label: words.columns.number, align: "right" },
      { label: words.columns.state, align: "left" },
      { label: words.columns.rule, align: "left" },
    ],
    rows: rules.map(({ number, words: said, state }) => [
      { text: String(number) },
      { text: state },
      { text: said },
    ]),
  };
  const each = rules.slice(0, WITH_BUTTONS_MAX).map(({ number }) => buttons(...ruleButtons(number, pen)));
  const headline = words.list(format.count(rules.length), rules.length === 1);
  return messageWith(headline, [table, ...end, ...each], { footer });
}

export function formReply(pen: AlertPen, footer: readonly string[]): Message {
  const { words } = pen;
  return messageWith(words.form.title, [text(words.noneHint), formOf(pen), buttons(defaultsButton(pen))], {
    footer,
  });
}

/** What is asked back, with buttons where one of a few is meant: each says the whole wish again. */
export function doubtReply(
  doubt: RuleDoubt,
  wish: string,
  pen: AlertPen,
  footer: readonly string[],
): Message {
  const { doubt: asks } = pen.words;
  switch (doubt.code) {
    case "which_client": {
      const choices = doubt.options.map(({ id, name }) => ({
        label: `${name} · ${id}`,
        command: `${wish} (${id})`,
      }));
      return messageWith(asks.which_client, [buttons(...choices)], { footer });
    }
    case "which_asset": {
      const choices = doubt.options.map((code) => ({ label: code, command: `${wish} (${code})` }));
      return messageWith(asks.which_asset, [buttons(...choices)], { footer });
    }
    case "percent_or_level":
      return messageWith(asks.percent_or_level(doubt.asset), [], { footer });
    case "direction":
      return messageWith(asks.direction(doubt.asset), [], { footer });
    case "other_currency":
      return messageWith(asks.other_currency(doubt.asset, doubt.currency), [], { footer });
    case "asset_missing":
      return messageWith(asks.asset_missing, [formOf(pen)], { footer });
    default:
      return messageWith(asks[doubt.code], [], { footer });
  }
}

/** The same for what there is not and for what is somebody else's. */
export function notFoundReply(what: "asset" | "client", pen: AlertPen, footer: readonly string[]): Message {
  const { notFound, notFoundHint } = pen.words;
  return messageWith(notFound[what], [text(notFoundHint)], { tone: "warning", footer });
}

function defaultsButton({ words }: AlertPen) {
  return { label: words.buttons.defaults, command: words.commands.defaults };
}

/** What is typed as `me avise se PETR4 cair mais de 5%`, to be filled in. */
/** What makes an alert without a sentence. */
export function formOf({ words }: AlertPen): FormBlock {
  const { form, commands } = words;
  const [first] = form.conditions;
  return {
    kind: "form",
    open: { label: form.open, command: commands.create },
    title: form.title,
    fields: [
      { id: "alvo", label: form.what, kind: "text", example: form.whatExample },
      {
        id: "condicao",
        label: form.condition,
        kind: "choice",
        options: form.conditions,
        ...(first === undefined ? {} : { value: first.value }),
      },
      { id: "limite", label: form.limit, kind: "text", example: form.limitExample },
    ],
    submit: { label: form.submit, command: form.command },
  };
}
