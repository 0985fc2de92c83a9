import { filledCommand, isRequired, optionsOf } from "../../src/messages/form.ts";
import type { FormBlock, FormField } from "../../src/messages/message.ts";
import { cut, type Element, filled, plain } from "./card-text.ts";
import { executeAction } from "./execute.ts";
import { at, text } from "./person.ts";
import type { Words } from "./words.ts";

/** What the button of a form carries; its inputs come beside it. */
export const FORM_VERB = "carteira/form";

const MAX_LABEL = 120;
/** What a value is cut to in the command, so that nobody types on in vain. */
const MAX_INPUT = 200;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The inputs of a form and the button that sends them. `index` tells the forms of a card apart, whose inputs all come
 * with every button that takes any.
 */
export function formElements(form: FormBlock, index: number, words: Words): readonly Element[] {
  const name = `form${index}`;
  const label = (value: string, max = MAX_LABEL) => plain(cut(filled(value.toWellFormed()), max));
  return [
    {
      type: "Container",
      style: "emphasis",
      spacing: "Medium",
      items: [
        { type: "TextBlock", text: label(form.title), weight: "Bolder", wrap: true },
        ...form.fields.flatMap((field) => inputOf(field, `${name}_${field.id}`, words)),
        {
          type: "ActionSet",
          actions: [
            executeAction(cut(filled(form.submit.label), 80), FORM_VERB, {
              form: name,
              command: form.submit.command,
            }),
          ],
        },
      ],
    },
  ];
}

/** What was filled in, as the command that it stands for; empty where the data are none of a form's. */
export function filledForm(data: unknown): string {
  const name = text(at(data, "form")) ?? "";
  const values = Object.entries(typeof data === "object" && data !== null ? data : {}).flatMap(
    ([key, value]) =>
      key.startsWith(`${name}_`) && typeof value === "string"
        ? [[key.slice(name.length + 1), value] as const]
        : [],
  );
  return filledCommand(text(at(data, "command")) ?? "", Object.fromEntries(values));
}

/** An input with its label; nothing for a choice without any choice. */
function inputOf(field: FormField, id: string, words: Words): readonly Element[] {
  const label = cut(filled(field.label.toWellFormed()), MAX_LABEL);
  const must = isRequired(field) ? { isRequired: true, errorMessage: words.fillIn } : {};
  const shared = { id, label, ...must };
  switch (field.kind) {
    case "text":
      return [
        {
          type: "Input.Text",
          ...shared,
          maxLength: MAX_INPUT,
          ...(field.value ? { value: cut(field.value, MAX_INPUT) } : {}),
          ...(field.example ? { placeholder: cut(field.example, MAX_LABEL) } : {}),
        },
      ];
    case "time":
      return [
        { type: "Input.Time", ...shared, ...(TIME.test(field.value ?? "") ? { value: field.value } : {}) },
      ];
    case "choice": {
      const choices = optionsOf(field).map((option) => ({
        title: cut(filled(option.label.toWellFormed()), MAX_LABEL),
        value: option.value,
      }));
      const chosen = choices.some(({ value }) => value === field.value);
      if (choices.length === 0) return [];
      return [
        {
          type: "Input.ChoiceSet",
          ...shared,
          style: "compact",
          choices,
          ...(chosen ? { value: field.value } : {}),
        },
      ];
    }
  }
}
