import type { Block } from "../../src/messages/message.ts";
import type { Language } from "../../src/questions/question.ts";
import type { State } from "../../src/state/index.ts";
import { alertPenOf } from "./page.ts";
import { formOf } from "./replies.ts";

/** How many alerts somebody has, among their settings, and the form that makes another. */
export async function alertSettings(
  { alertRules }: Pick<State, "alertRules">,
  owner: string,
  language: Language,
): Promise<readonly Block[]> {
  const pen = alertPenOf(language);
  const count = (await alertRules.list(owner)).length;
  const { settings } = pen.words;
  return [
    {
      kind: "fields",
      fields: [
        { label: settings.label, value: { text: count === 0 ? settings.none : pen.format.count(count) } },
      ],
    },
    formOf(pen),
  ];
}
