import type { HoldersData } from "../../answers/answer.ts";
import { buttonsOf } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import { type Draft, type Pen, tableOf } from "../page.ts";
import { barsChart } from "./chart-blocks.ts";

const HOLDERS_SHOWN = 15;

/** Which of the asker's clients hold an asset, and how much. */
export function presentHolders(data: HoldersData, pen: Pen): Draft {
  const { words, format } = pen;
  const count = data.holders.length + data.more;
  const holders = data.holders.toSorted((left, right) => right.quantity.compare(left.quantity));
  const shown = holders.slice(0, HOLDERS_SHOWN);
  const title = data.name === "" || data.name === data.asset ? data.asset : `${data.asset} · ${data.name}`;
  const held = words.holders.held(format.count(count), count > 1);
  const units = words.holders.units(format.quantity(data.totalQuantity));
  const total = data.totalValue === null ? [] : [format.money(data.totalValue, data.currency)];
  const partial =
    total.length > 0 && data.unpriced > 0
      ? [words.portfolio.partial(format.count(data.unpriced), data.unpriced > 1)]
      : [];
  const valued = holders.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  return {
    headline: `${title} — ${count === 0 ? words.holders.none : [`${held} ${units}`, ...total, ...partial].join(" · ")}`,
    emphasis: [
      { text: data.asset },
      ...(count === 0 ? [] : [{ text: held }, ...total.map((text) => ({ text }))]),
    ],
    blocks: [
      tableOf(
        {
          columns: [
            { label: words.columns.client, cell: ({ client }) => client },
            { label: words.columns.name, cell: ({ name }) => name },
            {
              label: words.columns.quantity,
              align: "right",
              cell: ({ quantity }) => format.quantity(quantity),
            },
            {
              label: words.unit(words.columns.value, currencySymbol(data.currency)),
              align: "right",
              cell: ({ value }) => format.amount(value),
            },
            {
              label: words.columns.weight,
              align: "right",
              cell: ({ weightPercent }) => format.percent(weightPercent, 1),
            },
          ],
          rows: shown,
          more: count - shown.length,
        },
        pen,
      ),
      barsChart(
        {
          title: words.holders.title(data.asset),
          subtitle: words.unit(words.columns.value, currencySymbol(data.currency)),
          bars: valued.map(({ name, value }) => ({ label: name, value, text: format.amount(value) })),
          style: valued.some(({ value }) => value.sign() < 0) ? "signed" : "plain",
        },
        pen,
      ),
      buttonsOf(
        [
          { label: words.buttons.quote, ask: { intent: "quote", asset: data.asset } },
          ...holders
            .slice(0, 2)
            .map(({ client, name }) => ({ label: name, ask: { intent: "portfolio", client } as const })),
        ],
        pen,
      ),
    ],
    notes: [count > 0 && valued.length === 0 ? words.holders.noPrice : null],
  };
}
