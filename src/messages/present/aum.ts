import type { AumData } from "../../answers/answer.ts";
import { Decimal } from "../../money/decimal.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import type { ButtonsBlock, Cell } from "../message.ts";
import { type Draft, type Pen, signedCell, tableOf } from "../page.ts";
import { labelOf } from "../words.ts";
import { allocationChart } from "./chart-blocks.ts";

/** Digits of a share before it is shown as a percentage. */
const SHARE_SCALE = 8;
const HUNDRED = Decimal.of(100);

/** All that the asker looks after: the total, the day, the largest clients, the allocation. */
export function presentAum(data: AumData, pen: Pen): Draft {
  const { words, format } = pen;
  return {
    ...firstLine(data, pen),
    blocks: [
      tableOf(
        {
          title: words.aum.largest,
          columns: [
            { label: words.columns.client, cell: ({ client }) => client },
            { label: words.columns.name, cell: ({ name }) => name },
            {
              label: words.unit(words.columns.assets, currencySymbol(data.currency)),
              align: "right",
              cell: ({ value }) => format.amount(value),
            },
            { label: words.columns.weight, align: "right", cell: ({ value }) => share(data, value, pen) },
          ],
          rows: data.largest,
        },
        pen,
      ),
      allocationChart(
        {
          title: words.aum.title,
          subtitle: words.aum.clients(format.count(data.clients), data.clients !== 1),
          slices: data.allocation,
          currency: data.currency,
          centreLabel: words.total,
          labelOf: (key) => labelOf(words.classes, key),
        },
        pen,
      ),
      nextQuestions(pen),
    ],
  };
}

function firstLine(data: AumData, pen: Pen): Pick<Draft, "headline" | "emphasis"> {
  const { words, format } = pen;
  if (data.clients === 0) return { headline: words.named(words.aum.headline, words.aum.none) };
  if (data.value === null) return { headline: words.named(words.aum.headline, words.aum.unknown) };
  const value = format.money(data.value, data.currency);
  const emphasis: Cell[] = [{ text: value }];
  const parts = [`${value} ${words.aum.clients(format.count(data.clients), data.clients !== 1)}`];
  if (data.dayChangePercent !== null) {
    const percent = format.signedPercent(data.dayChangePercent);
    const amount = data.dayChange === null ? "" : ` (${format.signedMoney(data.dayChange, data.currency)})`;
    parts.push(`${pen.day.word} ${percent}${amount}`);
    emphasis.push(signedCell(percent, data.dayChangePercent));
  }
  return { headline: words.named(words.aum.headline, parts.join(" · ")), emphasis };
}

function share(data: AumData, value: AumData["largest"][number]["value"], pen: Pen): string {
  const fraction = data.value === null ? null : value.dividedBy(data.value, SHARE_SCALE);
  return pen.format.percent(fraction === null ? null : fraction.times(HUNDRED), 1);
}

function nextQuestions(pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.clients, ask: { intent: "clients" } },
      { label: buttons.movers, ask: { intent: "movers", period: relative("today") } },
      { label: buttons.best, ask: { intent: "ranking", direction: "up", period: relative("month_to_date") } },
      {
        label: buttons.worst,
        ask: { intent: "ranking", direction: "down", period: relative("month_to_date") },
      },
    ],
    pen,
  );
}
