import type { RankingData } from "../../answers/answer.ts";
import { buttonsOf, relative } from "../buttons.ts";
import type { ButtonsBlock } from "../message.ts";
import { type Draft, type OkAnswer, type Pen, signedCell, tableOf } from "../page.ts";
import { duringPeriod, shownPeriod } from "../period.ts";
import { barsChart } from "./chart-blocks.ts";

/** Clients by their return in a period, best or worst first. */
export function presentRanking(data: RankingData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const when = duringPeriod(shownPeriod(data.period, answer.question.period), pen);
  const [first] = data.clients;
  const title = `${data.direction === "up" ? words.ranking.best : words.ranking.worst} ${when}`;
  const figure = first === undefined ? "" : format.signedPercent(first.twrPercent);
  return {
    headline:
      first === undefined
        ? `${words.ranking.none} ${when}`
        : words.named(title, `${first.name} · ${first.client} ${figure}`),
    emphasis: first === undefined ? [] : [{ text: first.name }, signedCell(figure, first.twrPercent)],
    blocks: [
      tableOf(
        {
          columns: [
            { label: words.columns.rank, align: "right", cell: (_, index) => format.count(index + 1) },
            { label: words.columns.client, cell: ({ client }) => client },
            { label: words.columns.name, cell: ({ name }) => name },
            {
              label: words.columns.return,
              align: "right",
              cell: ({ twrPercent }) => signedCell(format.signedPercent(twrPercent), twrPercent),
            },
            {
              label: words.columns.assets,
              align: "right",
              cell: ({ value, baseCurrency }) => format.money(value, baseCurrency),
            },
          ],
          rows: data.clients,
        },
        pen,
      ),
      barsChart(
        {
          title: words.ranking.title,
          subtitle: when,
          bars: data.clients.map(({ name, twrPercent }) => ({
            label: name,
            value: twrPercent,
            text: format.signedPercent(twrPercent),
          })),
          style: "signed",
        },
        pen,
      ),
      nextQuestions(data, answer, pen),
    ],
    notes: [data.clients.some(({ value }) => value === null) ? words.clients.noValue : null],
  };
}

function nextQuestions(data: RankingData, answer: OkAnswer, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  const { direction } = data;
  const other = direction === "up" ? "down" : "up";
  const period = answer.question.period;
  const [first] = data.clients;
  return buttonsOf(
    [
      {
        label: other === "up" ? buttons.best : buttons.worst,
        ask: { intent: "ranking", direction: other, period },
      },
      { label: buttons.month, ask: { intent: "ranking", direction, period: relative("month_to_date") } },
      { label: buttons.twelveMonths, ask: { intent: "ranking", direction, period: relative("12m") } },
      ...(first === undefined
        ? []
        : [{ label: first.name, ask: { intent: "portfolio", client: first.client } as const }]),
    ],
    pen,
  );
}
