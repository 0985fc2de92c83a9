import type { Briefing, BriefingReturn } from "../../../src/answers/briefing-data.ts";
import type { Block } from "../../../src/messages/message.ts";
import { type Draft, type Pen, signedCell, tableOf, textBlock, toneOf } from "../../../src/messages/page.ts";
import { returnsChart } from "../../../src/messages/present/chart-blocks.ts";
import type { Decimal } from "../../../src/money/decimal.ts";
import { enlarged } from "../enlarged.ts";
import type { Section } from "../section.ts";

type Span = "day" | "month" | "year";
const SPANS: readonly Span[] = ["day", "month", "year"];

/** The return of the whole beside CDI and IBOV over the session, the month and the year. */
export const returnsSection: Section = {
  line: ({ briefing: { returns } }, pen) => {
    if (returns === null) return null;
    const spans = (["month", "year"] as const).filter((span) => returns[span].twrPercent !== null);
    return textBlock(spans.map((span) => spanText(span, returns[span], pen)).join(" · "));
  },
  draft: ({ briefing }, pen) => {
    const { returns } = briefing;
    const { words } = pen;
    if (returns === null) return { headline: words.digest.returnsUnknown, blocks: [] };
    return {
      ...firstLine(returns.year, pen),
      blocks: [
        table(returns, pen),
        briefing.client === null ? textBlock(words.digest.howMeasured) : null,
        chart(briefing, pen),
      ],
      notes: notes(returns.year, pen),
    };
  },
};

function spanText(span: Span, { twrPercent, cdiPercent, ibovPercent }: BriefingReturn, pen: Pen): string {
  const { words, format } = pen;
  const others = [
    { name: "CDI", percent: cdiPercent },
    { name: "IBOV", percent: ibovPercent },
  ]
    .filter(({ percent }) => percent !== null)
    .map(({ name, percent }) => words.digest.against(name, format.signedPercent(percent)))
    .join(", ");
  const percent = format.signedPercent(twrPercent);
  const period = words.digest.periods[span];
  return others === "" ? `${period} ${percent}` : words.digest.returnsLine(period, percent, others);
}

function firstLine(year: BriefingReturn, pen: Pen): Pick<Draft, "headline" | "emphasis"> {
  const { words, format } = pen;
  const percent = format.signedPercent(year.twrPercent);
  const ofCdi =
    year.percentOfCdi === null || year.percentOfCdi.sign() < 0
      ? []
      : [words.portfolio.ofCdi(format.percent(year.percentOfCdi, 0))];
  const said = [`${words.digest.during.year} ${percent}`, ...ofCdi].join(" · ");
  return {
    headline: words.named(words.digest.returns, said),
    emphasis: [signedCell(percent, year.twrPercent)],
  };
}

function table(returns: NonNullable<Briefing["returns"]>, pen: Pen): Block | null {
  const { words, format } = pen;
  const { columns } = words.digest;
  const signed = (value: Decimal | null) => signedCell(format.signedPercent(value), value);
  const plain = (value: Decimal | null) => format.signedPercent(value);
  return tableOf(
    {
      columns: [
        { label: columns.period, cell: ({ span }) => words.digest.periods[span] },
        { label: words.columns.return, align: "right", cell: ({ span }) => signed(returns[span].twrPercent) },
        { label: "CDI", align: "right", cell: ({ span }) => plain(returns[span].cdiPercent) },
        { label: "IBOV", align: "right", cell: ({ span }) => plain(returns[span].ibovPercent) },
        {
          label: words.digest.versus("IBOV"),
          align: "right",
          cell: ({ span }) => {
            const { twrPercent, ibovPercent } = returns[span];
            const difference =
              twrPercent === null || ibovPercent === null ? null : twrPercent.minus(ibovPercent);
            return { text: format.points(difference), tone: toneOf(difference) };
          },
        },
      ],
      rows: SPANS.map((span) => ({ span })),
    },
    pen,
  );
}

function chart({ series, client, returns }: Briefing, pen: Pen): Block | null {
  const { words, format } = pen;
  const to = returns === null ? "" : words.periods.until(format.day(returns.year.period.to));
  const subtitle = [client === null ? words.digest.book : client.clientName, to].filter(
    (part) => part !== "",
  );
  return enlarged(
    returnsChart(series, { title: words.digest.chartYear, subtitle: subtitle.join(" · ") }, pen),
  );
}

function notes({ period, skippedSessions }: BriefingReturn, pen: Pen): readonly (string | null)[] {
  const { words, format } = pen;
  return [
    period.shortened ? words.digest.shortened(format.day(period.from)) : null,
    skippedSessions > 0 ? words.digest.skipped(format.count(skippedSessions), skippedSessions > 1) : null,
  ];
}
