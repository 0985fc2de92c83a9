import type { Briefing } from "../../../src/answers/briefing-data.ts";
import { currencySymbol } from "../../../src/messages/format.ts";
import { type Pen, tableOf } from "../../../src/messages/page.ts";
import { allocationChart } from "../../../src/messages/present/chart-blocks.ts";
import { labelOf } from "../../../src/messages/words.ts";
import { enlarged } from "../enlarged.ts";
import { ROWS_MAX, type Section } from "../section.ts";

/** The headline names this many of the largest parts. */
const NAMED = 3;

/** What the whole is made of, by class. It changes slowly, so that the first message leaves it out. */
export const allocationSection: Section = {
  line: () => null,
  draft: ({ briefing }, pen) => {
    const { words, format } = pen;
    const { allocation, currency } = briefing;
    if (allocation.length === 0) return null;
    const name = (key: string) => labelOf(words.classes, key);
    const largest = allocation
      .slice(0, NAMED)
      .map(({ key, weightPercent }) => `${name(key)} ${format.percent(weightPercent, 1)}`);
    return {
      headline: words.named(words.digest.allocation, largest.join(", ")),
      emphasis: largest.map((text) => ({ text })),
      blocks: [
        tableOf(
          {
            columns: [
              { label: words.columns.class, cell: ({ key }) => name(key) },
              {
                label: words.unit(words.columns.value, currencySymbol(currency)),
                align: "right",
                cell: ({ value }) => format.amount(value),
              },
              {
                label: words.columns.weight,
                align: "right",
                cell: ({ weightPercent }) => format.percent(weightPercent, 1),
              },
            ],
            rows: allocation.slice(0, ROWS_MAX),
            more: allocation.length - ROWS_MAX,
          },
          pen,
        ),
        chart(briefing, pen),
      ],
    };
  },
};

function chart({ allocation, client, clients, currency }: Briefing, pen: Pen) {
  const { words, format } = pen;
  return enlarged(
    allocationChart(
      {
        title: words.allocation.titleBy.class,
        subtitle:
          client === null ? words.clients.count(format.count(clients), clients !== 1) : client.clientName,
        slices: allocation,
        currency,
        centreLabel: words.total,
        labelOf: (key) => labelOf(words.classes, key),
      },
      pen,
    ),
  );
}
