import type { Element } from "./card-text.ts";

interface Options {
  /** Whether the button stands on the card or in its overflow menu. */
  readonly visible?: boolean;
  /** Whether the card's inputs come with the press, and must be filled for it. */
  readonly inputs?: boolean;
}

/** An Execute with a Submit of the same data for a client that knows no Execute. */
export function executeAction(
  title: string,
  verb: string,
  data: object,
  { visible = true, inputs = true }: Options = {},
): Element {
  const more = {
    ...(visible ? {} : { mode: "secondary" }),
    ...(inputs ? {} : { associatedInputs: "none" }),
  };
  const carried = { verb, ...data };
  return {
    type: "Action.Execute",
    title,
    verb,
    data: carried,
    ...more,
    fallback: { type: "Action.Submit", title, data: carried, ...more },
  };
}
