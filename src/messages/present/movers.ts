import type { MoversData } from "../../answers/answer.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import type { ButtonsBlock, Cell } from "../message.ts";
import {
  clientEmphasis,
  clientTitle,
  type Draft,
  type OkAnswer,
  type Pen,
  signedCell,
  tableOf,
  toneOf,
} from "../page.ts";
import { duringPeriod, shownPeriod } from "../period.ts";
import { barsChart } from "./chart-blocks.ts";

type Mover = MoversData["movers"][number];

/** What rose and what fell the most in a portfolio, or in all of the asker's. */
export function presentMovers(data: MoversData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const period = shownPeriod(data.period, answer.question.period);
  const when = duringPeriod(period, pen);
  const client = data.client === null ? null : { client: data.client, clientName: data.clientName ?? "" };
  const subject = client === null ? words.movers.subject : clientTitle(client);
  const sorted = data.movers.toSorted((left, right) => right.changePercent.compare(left.changePercent));
  const { direction } = answer.question;
  const shown = direction === "down" ? sorted.toReversed() : sorted;
  const title = { both: words.movers.title, up: words.movers.titleUp, down: words.movers.titleDown }[
    direction ?? "both"
  ];
  const said = extremes(sorted, direction, pen);
  return {
    headline: `${subject} — ${words.named(when, said.map(({ text }) => text).join(" · "))}`,
    emphasis: [
      client === null ? { text: subject } : clientEmphasis(client),
      ...said.flatMap(({ figure }) => (figure === null ? [] : [figure])),
    ],
    blocks: [
      tableOf(
        {
          columns: [
            { label: words.columns.asset, cell: ({ asset }) => asset },
            { label: words.columns.name, cell: ({ name }) => name },
            {
              label: words.columns.change,
              align: "right",
              cell: ({ changePercent }) => signedCell(format.signedPercent(changePercent), changePercent),
            },
            {
              label: words.unit(words.columns.effect, currencySymbol(data.baseCurrency)),
              align: "right",
              cell: ({ change }) => signedCell(format.signedAmount(change), change),
            },
          ],
          rows: shown,
        },
        pen,
      ),
      barsChart(
        {
          title,
          subtitle: `${subject} · ${when}`,
          bars: shown.map(({ asset, changePercent }) => ({
            label: asset,
            value: changePercent,
            text: format.signedPercent(changePercent),
          })),
          style: "signed",
        },
        pen,
      ),
      nextQuestions(data, pen),
    ],
    notes: [data.period.shortened ? words.periods.shortened(format.day(data.period.from)) : null],
  };
}

/** `maior alta PETR4 +3,20%` and `maior queda VALE3 -2,10%`: only what did rise or fall. */
function extremes(
  sorted: readonly Mover[],
  direction: "up" | "down" | null,
  pen: Pen,
): readonly { text: string; figure: Cell | null }[] {
  const { words, format } = pen;
  const first = sorted[0];
  const last = sorted.at(-1);
  const figure = ({ asset, changePercent }: Mover) =>
    signedCell(`${asset} ${format.signedPercent(changePercent)}`, changePercent);
  const found: { text: string; figure: Cell | null }[] = [];
  if (first !== undefined && direction !== "down" && toneOf(first.changePercent) === "up") {
    found.push({ text: words.movers.highest(figure(first).text), figure: figure(first) });
  }
  if (last !== undefined && direction !== "up" && toneOf(last.changePercent) === "down") {
    found.push({ text: words.movers.lowest(figure(last).text), figure: figure(last) });
  }
  if (found.length > 0) return found;
  const none = { both: words.movers.none, up: words.movers.noneUp, down: words.movers.noneDown }[
    direction ?? "both"
  ];
  return [{ text: none, figure: null }];
}

function nextQuestions({ client }: MoversData, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.day, ask: { intent: "movers", client, period: relative("today") } },
      { label: buttons.month, ask: { intent: "movers", client, period: relative("month_to_date") } },
      { label: buttons.year, ask: { intent: "movers", client, period: relative("year_to_date") } },
      client === null
        ? { label: buttons.aum, ask: { intent: "aum" } }
        : { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
