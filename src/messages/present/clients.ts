import type { ClientsData } from "../../answers/answer.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { type Draft, type Pen, tableOf, textBlock } from "../page.ts";

/** The asker's clients. */
export function presentClients(data: ClientsData, pen: Pen): Draft {
  const { words, format } = pen;
  const total = data.clients.length + data.more;
  const count = words.clients.count(format.count(total), total !== 1);
  return {
    headline: total === 0 ? words.clients.none : words.clients.have(count),
    emphasis: total === 0 ? [] : [{ text: count }],
    blocks: [
      total === 0 ? textBlock(words.clients.upload) : null,
      tableOf(
        {
          columns: [
            { label: words.columns.client, cell: ({ client }) => client },
            { label: words.columns.name, cell: ({ name }) => name },
            {
              label: words.columns.assets,
              align: "right",
              cell: ({ value, baseCurrency }) => format.money(value, baseCurrency),
            },
          ],
          rows: data.clients,
          more: data.more,
        },
        pen,
      ),
      total === 0
        ? null
        : buttonsOf(
            [
              { label: words.buttons.aum, ask: { intent: "aum" } },
              {
                label: words.buttons.ranking,
                ask: { intent: "ranking", direction: "up", period: relative("12m") },
              },
              { label: words.buttons.movers, ask: { intent: "movers", period: relative("today") } },
            ],
            pen,
          ),
    ],
    notes: [data.clients.some(({ value }) => value === null) ? words.clients.noValue : null],
  };
}
