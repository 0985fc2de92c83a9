import type { AnnouncedPayment, Briefing, BriefingIncome } from "../../../src/answers/briefing-data.ts";
import { currencySymbol } from "../../../src/messages/format.ts";
import type { Block } from "../../../src/messages/message.ts";
import { type Pen, tableOf, textBlock } from "../../../src/messages/page.ts";
import { ROWS_MAX, type Section } from "../section.ts";

/** What was credited with the session and in the month, and what is announced. */
export const incomeSection: Section = {
  line: ({ briefing: { income, announced, currency } }, pen) => {
    const { words, format } = pen;
    const { total } = income.session;
    const parts = [
      ...(total === null || total.sign() === 0 ? [] : [words.digest.credited(format.money(total, currency))]),
      ...(announced.length === 0 ? [] : [announcedCount(announced, pen)]),
    ];
    return parts.length === 0 ? null : textBlock(words.named(words.digest.income, parts.join(" · ")));
  },
  draft: ({ briefing }, pen) => {
    const { words } = pen;
    const { income, announced } = briefing;
    if (income.month.byAsset.length === 0 && income.session.byAsset.length === 0 && announced.length === 0)
      return null;
    return {
      headline: words.named(words.digest.income, said(briefing, pen).join(" · ")),
      blocks: [receivedTable(briefing, pen), announcedTable(announced, pen)],
      notes: [announced.length === 0 ? null : words.digest.announcedOnly],
    };
  },
};

function said({ income, announced, currency }: Briefing, pen: Pen): readonly string[] {
  const { words, format } = pen;
  const { digest } = words;
  const part = ({ total }: BriefingIncome, when: string) =>
    total === null
      ? digest.receivedUnknown(when)
      : total.sign() === 0
        ? digest.noneReceived(when)
        : digest.received(format.money(total, currency), when);
  return [
    part(income.session, digest.during.day),
    part(income.month, digest.during.month),
    ...(announced.length === 0 ? [] : [announcedCount(announced, pen)]),
  ];
}

function announcedCount(announced: readonly AnnouncedPayment[], pen: Pen): string {
  return pen.words.digest.announcedCount(pen.format.count(announced.length), announced.length > 1);
}

function receivedTable({ income, currency }: Briefing, pen: Pen): Block | null {
  const { words, format } = pen;
  const session = new Map(income.session.byAsset.map(({ asset, total }) => [asset, total]));
  const month = new Map(income.month.byAsset.map(({ asset, total }) => [asset, total]));
  // A month that has just begun may hold less than the session before it.
  const assets = [...new Set([...month.keys(), ...session.keys()])];
  const unit = (label: string) => words.unit(label, currencySymbol(currency));
  return tableOf(
    {
      title: words.digest.receivedTitle,
      columns: [
        { label: words.columns.asset, cell: (asset) => asset },
        {
          label: unit(words.digest.columns.session),
          align: "right",
          cell: (asset) => format.amount(session.get(asset) ?? null),
        },
        {
          label: unit(words.digest.columns.month),
          align: "right",
          cell: (asset) => format.amount(month.get(asset) ?? null),
        },
      ],
      rows: assets.slice(0, ROWS_MAX),
      more: assets.length - ROWS_MAX,
    },
    pen,
  );
}

function announcedTable(announced: readonly AnnouncedPayment[], pen: Pen): Block | null {
  const { words, format } = pen;
  const { columns } = words.digest;
  return tableOf(
    {
      title: words.digest.announcedTitle,
      columns: [
        { label: words.columns.asset, cell: ({ asset }) => asset },
        { label: columns.exDay, cell: ({ exDay }) => format.day(exDay) },
        {
          label: columns.each,
          align: "right",
          cell: ({ amount, currency }) => format.exactIn(amount, currency),
        },
        { label: words.columns.quantity, align: "right", cell: ({ quantity }) => format.quantity(quantity) },
        {
          label: words.columns.total,
          align: "right",
          cell: ({ total, currency }) => format.money(total, currency),
        },
      ],
      rows: announced.slice(0, ROWS_MAX),
      more: announced.length - ROWS_MAX,
    },
    pen,
  );
}
