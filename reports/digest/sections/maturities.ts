import type { Maturity } from "../../../src/answers/briefing-data.ts";
import { type Pen, tableOf, textBlock } from "../../../src/messages/page.ts";
import { sum } from "../../../src/money/decimal.ts";
import { type Contents, ROWS_MAX, type Section } from "../section.ts";

/** What matures within 30 days, today's first. */
export const maturitiesSection: Section = {
  line: (contents, pen) => {
    const said = parts(contents, pen);
    return said.length === 0
      ? null
      : textBlock(pen.words.named(pen.words.digest.maturities, said.join(" · ")));
  },
  draft: (contents, pen) => {
    const { words, format } = pen;
    const { maturities, client } = contents.briefing;
    if (maturities.length === 0) return null;
    return {
      headline: words.named(words.digest.maturities, parts(contents, pen).join(" · ")),
      blocks: [
        tableOf(
          {
            columns: [
              { label: words.digest.columns.maturity, cell: ({ day }) => format.day(day) },
              ...(client === null
                ? [
                    { label: words.columns.client, cell: ({ client: id }: Maturity) => id },
                    { label: words.columns.name, cell: ({ clientName }: Maturity) => clientName },
                  ]
                : []),
              { label: words.columns.asset, cell: ({ asset }: Maturity) => asset },
              {
                label: words.columns.value,
                align: "right",
                cell: ({ value, currency }: Maturity) => format.money(value, currency),
              },
            ],
            rows: maturities.slice(0, ROWS_MAX),
            more: maturities.length - ROWS_MAX,
          },
          pen,
        ),
        textBlock(words.digest.worthNow),
      ],
    };
  },
};

function parts({ briefing: { maturities }, told }: Contents, pen: Pen): readonly string[] {
  const { words, format } = pen;
  if (maturities.length === 0) return [];
  const today = maturities.filter(({ day }) => day === told.day);
  return [
    ...(today.length === 0
      ? []
      : [words.digest.maturingToday(format.count(today.length), today.length > 1, worth(today, pen))]),
    words.digest.maturing(format.count(maturities.length), maturities.length > 1),
  ];
}

/** One amount a currency: values of two are not added up here. */
function worth(maturities: readonly Maturity[], { format }: Pen): string {
  return [...Map.groupBy(maturities, ({ currency }) => currency)]
    .map(([currency, members]) => {
      const known = members.flatMap(({ value }) => (value === null ? [] : [value]));
      return format.money(known.length < members.length ? null : sum(known), currency);
    })
    .join(" + ");
}
