import { html } from "hono/html";
import { filledCommand, isRequired, optionsOf } from "../../src/messages/form.ts";
import type { FormBlock, FormField } from "../../src/messages/message.ts";

/** What a value is cut to in the command, so that nobody types on in vain. */
const MAX_INPUT = 200;
/** How the names of a form's inputs begin, so that none is taken for what is typed. */
const PREFIX = "field-";
/** Not `form`: an input of that name would hide the property of its form that htmx reads. */
const TEMPLATE = "filled";

/**
 * A form in the talk: it is sent as what is typed is, as the command that it fills. The talk that it belongs to comes
 * from around it.
 */
export function formHtml(form: FormBlock): ReturnType<typeof html> {
  return html`<form class="filled" hx-post="/ask" hx-target="#talk" hx-swap="beforeend" hx-sync="this:queue all">
<fieldset><legend>${form.title}</legend>
<input type="hidden" name="${TEMPLATE}" value="${form.submit.command}">
${form.fields.map((field) => html`<label><span>${field.label}</span>${inputHtml(field)}</label>`)}
<button type="submit" class="action primary">${form.submit.label}</button>
</fieldset></form>`;
}

/** The command of a form that was sent; null where the fields are of none. */
export function sentForm(fields: Readonly<Record<string, unknown>>): string | null {
  const command = fields[TEMPLATE];
  if (typeof command !== "string") return null;
  const values = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && typeof value === "string" ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return filledCommand(command, Object.fromEntries(values));
}

function inputHtml(field: FormField): ReturnType<typeof html> {
  const name = `${PREFIX}${field.id}`;
  const must = isRequired(field) ? html` required` : "";
  switch (field.kind) {
    case "text":
      return html`<input type="text" name="${name}" value="${field.value ?? ""}" maxlength="${MAX_INPUT}"
placeholder="${field.example ?? ""}" autocomplete="off"${must}>`;
    case "time":
      return html`<input type="time" name="${name}" value="${field.value ?? ""}"${must}>`;
    case "choice":
      return html`<select name="${name}"${must}>${optionsOf(field).map(
        ({ label, value }) =>
          html`<option value="${value}"${value === field.value ? html` selected` : ""}>${label}</option>`,
      )}</select>`;
  }
}
