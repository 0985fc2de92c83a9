import type { IncomeData } from "../../answers/answer.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import type { ButtonsBlock } from "../message.ts";
import { clientEmphasis, clientTitle, type Draft, type OkAnswer, type Pen, tableOf } from "../page.ts";
import { duringPeriod, shownPeriod } from "../period.ts";
import { labelOf } from "../words.ts";
import { barsChart } from "./chart-blocks.ts";

const MONTHS_SHOWN = 12;
const ASSETS_SHOWN = 12;

/** Income credited in a period, net, by asset and by month. */
export function presentIncome(data: IncomeData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const when = duringPeriod(shownPeriod(data.period, answer.question.period), pen);
  const amount = format.money(data.total, data.baseCurrency);
  const nothing = data.byAsset.length === 0 && (data.total === null || data.total.sign() === 0);
  const said = nothing
    ? words.income.none
    : data.total === null
      ? words.income.unknown
      : words.income.of(amount);
  const assets = data.byAsset.toSorted((left, right) => right.total.compare(left.total));
  return {
    headline: `${clientTitle(data)} — ${said} ${when}`,
    emphasis: [clientEmphasis(data), { text: nothing || data.total === null ? said : amount }],
    blocks: [
      tableOf(
        {
          title: words.income.byAsset,
          columns: [
            { label: words.columns.asset, cell: ({ asset }) => asset },
            { label: words.columns.type, cell: ({ type }) => labelOf(words.operations, type) },
            {
              label: words.unit(words.columns.total, currencySymbol(data.baseCurrency)),
              align: "right",
              cell: ({ total }) => format.amount(total),
            },
          ],
          rows: assets.slice(0, ASSETS_SHOWN),
          more: assets.length - ASSETS_SHOWN,
        },
        pen,
      ),
      monthsChart(data, when, pen),
      nextQuestions(data, pen),
    ],
    notes: [
      !nothing && data.total === null ? words.income.noRate : null,
      data.period.shortened ? words.periods.shortened(format.day(data.period.from)) : null,
    ],
  };
}

/** The last twelve months that had a credit, oldest first. */
function monthsChart(data: IncomeData, when: string, pen: Pen) {
  const { words, format } = pen;
  const months = data.byMonth.toSorted((left, right) => (left.month < right.month ? -1 : 1));
  const shown = months.slice(-MONTHS_SHOWN);
  const span = shown.length < months.length ? words.income.lastMonths(format.count(shown.length)) : when;
  return barsChart(
    {
      title: words.income.chart,
      subtitle: `${data.clientName} · ${span} · ${currencySymbol(data.baseCurrency)}`,
      bars: shown.map(({ month, total }) => ({
        label: format.month(month),
        value: total,
        text: format.amount(total),
      })),
      style: "plain",
    },
    pen,
  );
}

function nextQuestions({ client }: IncomeData, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.month, ask: { intent: "income", client, period: relative("month_to_date") } },
      { label: buttons.year, ask: { intent: "income", client, period: relative("year_to_date") } },
      { label: buttons.twelveMonths, ask: { intent: "income", client, period: relative("12m") } },
      { label: buttons.history, ask: { intent: "history", client, period: relative("12m") } },
      { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
