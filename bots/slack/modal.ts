import type { types } from "@slack/bolt";
import { formValue, isRequired, optionsOf } from "../../src/messages/form.ts";
import type { FormBlock, FormField } from "../../src/messages/message.ts";
import { cut } from "./mrkdwn.ts";
import { wordsOf } from "./words.ts";

/** What a modal of a form is called when it comes back. */
export const FORM_VIEW = "carteira.form";
/** Blocks and their elements are named by their field. */
const BLOCK = "field.";
const ACTION = "value";

/** Slack's limits: docs.slack.dev/reference/views and /reference/block-kit. */
const MAX_TITLE = 24;
const MAX_BLOCKS = 100;
const MAX_LABEL = 2_000;
const MAX_PLACEHOLDER = 150;
const MAX_OPTION_TEXT = 75;
const MAX_OPTION_VALUE = 150;
const MAX_METADATA = 3_000;
/** What a value is cut to in the command, so that nobody types on in vain. */
const MAX_INPUT = 200;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** What a modal keeps until it is sent: the command that it fills, and where it was opened. */
export interface Kept {
  readonly command: string;
  /** Null in App Home. */
  readonly channel: string | null;
  readonly thread?: string | undefined;
  /** In a direct message with the app, where it may speak by itself. */
  readonly direct: boolean;
}

/** Draws a form as a modal; null where Slack would not take it: without fields, or with a command beyond what it keeps. */
export function modalOf(
  form: FormBlock,
  back: Omit<Kept, "command">,
  language: "pt" | "en",
): types.ModalView | null {
  const words = wordsOf(language);
  const kept: Kept = { ...back, command: form.submit.command };
  const metadata = JSON.stringify(kept);
  const blocks = form.fields.slice(0, MAX_BLOCKS).map((field) => inputOf(field, words.choose));
  const drawn = blocks.filter((block) => block !== null);
  if (drawn.length === 0 || drawn.length < form.fields.length || metadata.length > MAX_METADATA) return null;
  return {
    type: "modal",
    callback_id: FORM_VIEW,
    private_metadata: metadata,
    title: plain(form.title, MAX_TITLE),
    submit: plain(form.submit.label, MAX_TITLE),
    close: plain(words.cancel, MAX_TITLE),
    blocks: drawn,
  };
}

/** What a modal keeps, as it comes back; null where it is none of ours. */
export function keptIn(metadata: string): Kept | null {
  const value: unknown = parsed(metadata);
  if (typeof value !== "object" || value === null) return null;
  const { command, channel, thread, direct }: Partial<Record<keyof Kept, unknown>> = value;
  if (typeof command !== "string" || !(channel === null || typeof channel === "string")) return null;
  return { command, channel, direct: direct === true, ...(typeof thread === "string" ? { thread } : {}) };
}

/** The values of a modal that was sent, by the ids of the form's fields. */
export function valuesIn(
  state: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly value?: string | null;
            readonly selected_option?: { readonly value?: string } | null;
            readonly selected_time?: string | null;
          }
        >
      >
    >
  >,
): Readonly<Record<string, string>> {
  const fields = Object.entries(state).flatMap(([block, { [ACTION]: input }]) =>
    block.startsWith(BLOCK) && input !== undefined
      ? [
          [
            block.slice(BLOCK.length),
            input.value ?? input.selected_option?.value ?? input.selected_time ?? "",
          ] as const,
        ]
      : [],
  );
  return Object.fromEntries(fields);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not ours, whatever it is.
    return null;
  }
}

/** One field with its label; null for a choice without any choice. */
function inputOf(field: FormField, choose: string): types.InputBlock | null {
  const element = elementOf(field, choose);
  if (element === null) return null;
  return {
    type: "input",
    block_id: `${BLOCK}${field.id}`,
    label: plain(field.label, MAX_LABEL),
    optional: !isRequired(field),
    element,
  };
}

function elementOf(field: FormField, choose: string): types.InputBlock["element"] | null {
  switch (field.kind) {
    case "text": {
      const initial = formValue(field.value ?? "");
      return {
        type: "plain_text_input",
        action_id: ACTION,
        max_length: MAX_INPUT,
        ...(initial === "" ? {} : { initial_value: initial }),
        ...(field.example ? { placeholder: plain(field.example, MAX_PLACEHOLDER) } : {}),
      };
    }
    case "time":
      return {
        type: "timepicker",
        action_id: ACTION,
        ...(TIME.test(field.value ?? "") ? { initial_time: field.value } : {}),
      };
    case "choice": {
      const options = optionsOf(field)
        .filter(({ value }) => value.length <= MAX_OPTION_VALUE)
        .map(({ label, value }): types.PlainTextOption => ({ text: plain(label, MAX_OPTION_TEXT), value }));
      const initial = options.find(({ value }) => value === field.value);
      if (options.length === 0) return null;
      return {
        type: "static_select",
        action_id: ACTION,
        placeholder: plain(choose, MAX_PLACEHOLDER),
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      };
    }
  }
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: "plain_text", text: cut(text.toWellFormed().trim(), max) || "—", emoji: false };
}
