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

/** The examples in the reader's language, questions first. */
export function exampleCommands(pen: Pen): readonly string[] {
  return [
    ...EXAMPLES.map((example) => commandOf(example, pen.language)),
    ...serviceExamples(pen).map(({ say }) => say),
  ];
}

/** What can be told, or asked about the service itself, each by an example that works as it stands. */
function serviceExamples({ words }: Pen): readonly { readonly say: string; readonly get: string }[] {
  const { help, upkeep, uploads, settings, importing } = words;
  return [
    { say: upkeep.command, get: help.service.upkeep },
    { say: uploads.command, get: help.service.uploads },
    { say: importing.form.command(EXAMPLE_CLIENT), get: help.service.importing },
    { say: help.service.alertExample, get: help.service.alert },
    { say: help.service.alertsExample, get: help.service.alerts },
    { say: help.service.digestExample, get: help.service.digest },
    { say: help.service.statementExample(EXAMPLE_CLIENT), get: help.service.statement },
    { say: settings.command, get: help.service.settings },
    { say: help.service.languageExample, get: help.service.language },
  ];
}

/** What can be asked, each by an example that works as it stands. */
export function helpDraft(pen: Pen): Draft {
  const { words, language } = pen;
  const questions = EXAMPLES.map((example) => ({
    say: commandOf(example, language),
    get: words.help.examples[example.intent],
  }));
  return {
    headline: words.help.headline,
    blocks: [
      tableOf(
        {
          title: words.help.title,
          columns: [
            { label: words.help.ask, cell: ({ say }) => say },
            { label: words.help.get, cell: ({ get }) => get },
          ],
          rows: [...questions, ...serviceExamples(pen)],
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
