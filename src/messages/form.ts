import type { FormBlock, FormField, Message } from "./message.ts";

/** A value is a word or a line of one: longer is a paste gone wrong. */
const VALUE_MAX = 200;
/** Choices that a form holds at most; what is beyond them is typed. */
const OPTIONS_MAX = 100;
const PLACE = /\{([a-z0-9]+)\}/g;
/** What stands for a time that nothing suggests. */
const SOME_TIME = "08:30";

/**
 * What a form filled so says: its command with each `{id}` replaced by the field's value, which is cut to one line of
 * 200 characters; a field without a value leaves nothing. All are replaced at once, so that no value is read as a field.
 * The result is a text like any that is typed, and nothing in it is trusted.
 *
 * @example filledCommand("idioma {language}", { language: "inglês" }) // "idioma inglês"
 */
export function filledCommand(command: string, values: Readonly<Record<string, string>>): string {
  const said = command.replace(PLACE, (_, id: string) =>
    Object.hasOwn(values, id) ? formValue(values[id] ?? "") : "",
  );
  return oneLine(said);
}

/** A value as it goes into a command: one line of 200 characters at most. */
export function formValue(text: string): string {
  const line = oneLine(text);
  if (line.length <= VALUE_MAX) return line;
  // No half of a surrogate pair is left.
  return line
    .slice(0, VALUE_MAX)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

/** The form of a message that a command opens; the first one where none is opened by these words. Null without any. */
export function formIn({ blocks }: Message, command: string): FormBlock | null {
  const forms = blocks.filter((block) => block.kind === "form");
  return forms.find(({ open }) => open.command === command) ?? forms[0] ?? null;
}

/** The choices that can be drawn: with a label and a value that stays as it is in a command, each once. */
export function optionsOf(field: Extract<FormField, { kind: "choice" }>): typeof field.options {
  const fit = field.options.filter(
    ({ label, value }) => label.trim() !== "" && value !== "" && formValue(value) === value,
  );
  return [...new Map(fit.map((option) => [option.value, option])).values()].slice(0, OPTIONS_MAX);
}

/** Whether a field must be filled: a text that is given as empty may stay so. */
export function isRequired(field: FormField): boolean {
  return !(field.kind === "text" && field.value === "");
}

/** What the form says as it stands, or with an example where it holds nothing yet. */
export function formExample({ submit, fields }: FormBlock): string {
  return filledCommand(
    submit.command,
    Object.fromEntries(fields.map((field) => [field.id, exampleOf(field)])),
  );
}

function exampleOf(field: FormField): string {
  switch (field.kind) {
    case "text":
      return field.value || (field.example ?? "");
    case "choice":
      return field.value ?? field.options[0]?.value ?? "";
    case "time":
      return field.value ?? SOME_TIME;
  }
}
