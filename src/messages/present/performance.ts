import type { PerformanceData } from "../../answers/answer.ts";
import { addMonths } from "../../money/day.ts";
import type { Decimal } from "../../money/decimal.ts";
import type { Benchmark } from "../../questions/question.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import type { Block, ButtonsBlock, Cell } from "../message.ts";
import {
  clientEmphasis,
  clientTitle,
  type Draft,
  type OkAnswer,
  type Pen,
  signedCell,
  tableOf,
  textBlock,
} from "../page.ts";
import { duringPeriod, type NamedPeriod, periodName, shownPeriod } from "../period.ts";
import { returnsChart } from "./chart-blocks.ts";

/** A return over a period against its benchmark, and where the gain came from. */
export function presentPerformance(data: PerformanceData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const period = shownPeriod(data.period, answer.question.period);
  const subtitle = [
    data.clientName,
    periodName(period, pen),
    words.periods.until(format.day(data.period.to)),
  ].join(" · ");
  return {
    ...firstLine(data, period, pen),
    blocks: [
      textBlock(words.performance.between(format.day(data.period.from), format.day(data.period.to))),
      fields(data, pen),
      gainTable(data, pen),
      returnsChart(data.series, { title: words.performance.chartTitle, subtitle }, pen),
      nextQuestions(data, answer.question.period, pen),
    ],
    notes: reasons(data, pen),
  };
}

function firstLine(
  data: PerformanceData,
  period: NamedPeriod,
  pen: Pen,
): Pick<Draft, "headline" | "emphasis"> {
  const { words, format } = pen;
  const twr = data.twrPercent;
  const when = duringPeriod(period, pen);
  if (twr === null) {
    return {
      headline: `${clientTitle(data)} — ${data.skippedSessions > 0 ? words.performance.notDefined : words.performance.unknown} ${when}`,
      emphasis: [clientEmphasis(data)],
    };
  }
  const percent = format.signedPercent(twr);
  const verb = twr.round(2).sign() < 0 ? words.performance.lost(percent) : words.performance.earned(percent);
  return {
    headline: [`${clientTitle(data)} — ${verb} ${when}`, ...compared(data, pen)].join(" · "),
    emphasis: [clientEmphasis(data), signedCell(percent, twr)],
  };
}

/** `112% do CDI`, or `+3,1 p.p. vs IBOV`. */
function compared(data: PerformanceData, pen: Pen): string[] {
  const { words, format } = pen;
  if (data.benchmark === "CDI" && data.percentOfCdi !== null && data.percentOfCdi.sign() >= 0) {
    return [words.portfolio.ofCdi(format.percent(data.percentOfCdi, 0))];
  }
  return data.differencePercent === null
    ? []
    : [words.portfolio.points(format.points(data.differencePercent), data.benchmark)];
}

function fields(data: PerformanceData, pen: Pen): Block {
  const { words, format } = pen;
  const { performance } = words;
  const signed = (value: Decimal | null) => signedCell(format.signedPercent(value), value);
  const ipca = data.ipcaThrough === null ? "IPCA" : performance.ipcaThrough(format.month(data.ipcaThrough));
  const difference: Cell =
    data.differencePercent === null
      ? { text: format.points(null) }
      : signedCell(performance.pp(format.points(data.differencePercent)), data.differencePercent);
  const xirr: [string, Cell] = [performance.xirr, signed(data.xirrPercent)];
  const rows: [string, Cell][] = [
    [performance.twr, signed(data.twrPercent)],
    ...(isOfAYear(data.period) ? [xirr] : []),
    ["CDI", { text: format.signedPercent(data.cdiPercent) }],
    [performance.ofCdi, { text: format.percent(data.percentOfCdi, 0) }],
    ["IBOV", { text: format.signedPercent(data.ibovPercent) }],
    [ipca, { text: format.signedPercent(data.ipcaPercent) }],
    [performance.against(data.benchmark), difference],
  ];
  return { kind: "fields", fields: rows.map(([label, value]) => ({ label, value })) };
}

/** A rate a year that is worked out of less than a year would be a projection: one good day is not +65% a year. */
function isOfAYear({ from, to }: NamedPeriod): boolean {
  return from !== null && addMonths(from, 12) <= to;
}

/** The parts of the gain; fees take away from it, so they stand with a minus, and the parts add up to the total. */
function gainTable({ gain, baseCurrency }: PerformanceData, pen: Pen): Block | null {
  const { words, format } = pen;
  const rows: readonly { label: string; amount: Decimal }[] = [
    { label: words.performance.price, amount: gain.price },
    { label: words.performance.income, amount: gain.income },
    { label: words.performance.currency, amount: gain.currency },
    { label: words.performance.fees, amount: gain.fees.negated() },
    { label: words.total, amount: gain.total },
  ];
  return tableOf(
    {
      title: words.performance.gainTitle,
      columns: [
        { label: words.columns.part, cell: ({ label }) => label },
        {
          label: words.unit(words.columns.gain, currencySymbol(baseCurrency)),
          align: "right",
          cell: ({ amount }) => signedCell(format.signedAmount(amount), amount),
        },
      ],
      rows,
    },
    pen,
  );
}

function reasons(data: PerformanceData, pen: Pen): readonly (string | null)[] {
  const { words, format } = pen;
  const indexes = [
    { name: "CDI", percent: data.cdiPercent },
    { name: "IBOV", percent: data.ibovPercent },
  ].filter(({ percent }) => percent === null);
  return [
    data.period.shortened ? words.periods.shortened(format.day(data.period.from)) : null,
    returnReason(data, pen),
    data.twrPercent !== null && data.xirrPercent === null ? words.performance.noXirr : null,
    indexes.length === 0 ? null : words.performance.noIndex(indexes.map(({ name }) => name).join(", ")),
    data.ipcaPercent === null ? words.performance.noIpca : null,
  ];
}

/** Why there is no return, or which sessions it leaves out. */
export function returnReason(
  { twrPercent, skippedSessions }: Pick<PerformanceData, "twrPercent" | "skippedSessions">,
  { words, format }: Pen,
): string | null {
  const { noReturn, noCapital, skipped } = words.performance;
  if (twrPercent === null) return skippedSessions === 0 ? noReturn : noCapital;
  return skippedSessions === 0 ? null : skipped(format.count(skippedSessions), skippedSessions > 1);
}

function nextQuestions(
  { client, benchmark }: PerformanceData,
  asked: NamedPeriod | null,
  pen: Pen,
): ButtonsBlock {
  const { buttons } = pen.words;
  const periods = [
    { label: buttons.month, period: relative("month_to_date") },
    { label: buttons.year, period: relative("year_to_date") },
    { label: buttons.twelveMonths, period: relative("12m") },
    { label: buttons.inception, period: relative("inception") },
  ].filter(({ period }) => period.kind !== asked?.kind);
  const others = (["CDI", "IBOV", "IPCA"] as const satisfies readonly Benchmark[]).filter(
    (name) => name !== benchmark,
  );
  return buttonsOf(
    [
      ...periods.map(({ label, period }) => ({
        label,
        ask: { intent: "performance", client, period } as const,
      })),
      ...others.map((name) => ({
        label: buttons.versus(name),
        ask: { intent: "performance", client, period: asked, benchmark: name } as const,
      })),
      { label: buttons.portfolio, ask: { intent: "portfolio", client } as const },
    ],
    pen,
  );
}
