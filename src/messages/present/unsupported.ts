import type { Intent } from "../../questions/question.ts";
import { buttonsOf, relative } from "../buttons.ts";
import type { ButtonsBlock } from "../message.ts";
import { type Draft, type Pen, textBlock } from "../page.ts";
import { examples } from "./clarify.ts";

/** What is told rather than asked and was not understood as such, and what cannot be answered. */
export function presentUnsupported(intent: Intent, pen: Pen): Draft {
  const { unsupported, clarify } = pen.words;
  switch (intent) {
    case "digest":
    case "digest_schedule":
      return {
        headline: unsupported.digest,
        blocks: [textBlock(unsupported.digestHint), today(pen)],
      };
    case "alert_create":
    case "alert_list":
    case "alert_delete":
    case "alert_snooze":
      return { headline: unsupported.alert, blocks: [textBlock(unsupported.alertHint), today(pen)] };
    case "unknown":
      return { headline: clarify.not_understood, blocks: examples(pen) };
    default:
      return {
        headline: unsupported.other,
        blocks: [
          textBlock(unsupported.otherHint),
          buttonsOf([{ label: pen.words.buttons.help, ask: { intent: "help" } }], pen),
        ],
      };
  }
}

function today(pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.aum, ask: { intent: "aum" } },
      { label: buttons.movers, ask: { intent: "movers", period: relative("today") } },
      { label: buttons.ranking, ask: { intent: "ranking", direction: "up", period: relative("today") } },
    ],
    pen,
  );
}
