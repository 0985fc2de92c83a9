import { relative } from "./buttons.ts";
import { type Asked, commandOf } from "./command.ts";
import { type Draft, type Pen, tableOf, textBlock } from "./page.ts";

/** The client in the examples, as the demo book has one. */
const EXAMPLE_CLIENT = "cliente123";

/** One example a kind of question, in the order a broker would try them. */
const EXAMPLES = [
  { intent: "portfolio", client: EXAMPLE_CLIENT },
  { intent: "holding", client: EXAMPLE_CLIENT, asset: "PETR4" },
  { intent: "performance", client: EXAMPLE_CLIENT, period: relative("12m"), benchmark: "CDI" },
  { intent: "allocation", client: EXAMPLE_CLIENT, grouping: "class" },
  { intent: "income", client: EXAMPLE_CLIENT, period: relative("year_to_date") },
  { intent: "history", client: EXAMPLE_CLIENT, period: relative("month_to_date") },
  { intent: "risk", client: EXAMPLE_CLIENT, period: relative("12m") },
  { intent: "movers", period: relative("today") },
  { intent: "ranking", direction: "up", period: relative("month_to_date"), limit: 10 },
  { intent: "holders", asset: "VALE3" },
  { intent: "aum" },
  { intent: "quote", asset: "PETR4" },
  { intent: "clients" },
] as const satisfies readonly Asked[];

/** The example questions in the reader's language. */
export function exampleCommands(pen: Pen): readonly string[] {
  return EXAMPLES.map((example) => commandOf(example, pen.language));
}

/** What can be asked, each by an example that works as it stands. */
export function helpDraft(pen: Pen): Draft {
  const { words, language } = pen;
  return {
    headline: words.help.headline,
    blocks: [
      tableOf(
        {
          title: words.help.title,
          columns: [
            { label: words.help.ask, cell: (example) => commandOf(example, language) },
            { label: words.help.get, cell: ({ intent }) => words.help.examples[intent] },
          ],
          rows: EXAMPLES,
        },
        pen,
      ),
      textBlock(words.help.upload),
      {
        kind: "buttons",
        buttons: (["clients", "aum", "movers", "ranking"] as const).map((intent) => ({
          label: words.buttons[intent],
          command: commandOf({ intent, period: intent === "movers" ? relative("today") : null }, language),
        })),
      },
    ],
  };
}
