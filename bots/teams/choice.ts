import { AIMED_BYTES, type Card, sizeOf } from "./card.ts";
import { cut, filled } from "./card-text.ts";
import { executeAction } from "./execute.ts";
import { type Language, wordsOf } from "./words.ts";

/** What the button carries that says whose file it is. */
export const CLIENT_VERB = "carteira/client";
/** Choices from here on are looked for by typing. */
const MANY = 12;

/** Adds the question whose file it is to a card; `held` is what the file is kept under until the answer. */
export function withChoice(
  card: Card,
  clients: readonly { readonly id: string; readonly name: string }[],
  held: string,
  language: Language,
): Card {
  const words = wordsOf(language);
  const choices = clients.map(({ id, name }) => ({
    title: cut(filled(name === id ? name : `${name} (${id})`), 120),
    value: id,
  }));
  const build = (count: number): Card => ({
    ...card,
    body: [
      ...card.body,
      {
        type: "Input.ChoiceSet",
        id: "client",
        label: words.chooseClient,
        style: count >= MANY ? "filtered" : "compact",
        isRequired: true,
        errorMessage: words.chooseClient,
        placeholder: words.chooseClient,
        choices: choices.slice(0, count),
      },
      ...(count < choices.length
        ? [{ type: "TextBlock", text: words.more(choices.length - count), wrap: true, isSubtle: true }]
        : []),
    ],
    actions: [executeAction(words.choose, CLIENT_VERB, { file: held })],
  });
  let count = choices.length;
  while (count > 1 && sizeOf(build(count)) > AIMED_BYTES) count = Math.floor(count * 0.9);
  return build(count);
}
