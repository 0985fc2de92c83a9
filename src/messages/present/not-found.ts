import { buttonsOf } from "../buttons.ts";
import { type Draft, type Pen, textBlock } from "../page.ts";

/**
 * A client that is unknown or another broker's: one answer, word for word, that repeats nothing of what was asked.
 */
export function presentNotFound(pen: Pen): Draft {
  const { words } = pen;
  return {
    headline: words.notFound.client,
    blocks: [
      textBlock(words.notFound.hint),
      buttonsOf(
        [
          { label: words.buttons.clients, ask: { intent: "clients" } },
          { label: words.buttons.help, ask: { intent: "help" } },
        ],
        pen,
      ),
    ],
  };
}

/** An asset that nothing is known of. */
export function presentAssetNotFound(pen: Pen): Draft {
  const { words } = pen;
  return {
    headline: words.notFound.asset,
    blocks: [
      textBlock(words.notFound.assetHint),
      buttonsOf([{ label: words.buttons.help, ask: { intent: "help" } }], pen),
    ],
  };
}
