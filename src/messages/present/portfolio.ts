import type { HoldingData, PerformanceData, PortfolioData } from "../../answers/answer.ts";
import type { Decimal } from "../../money/decimal.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { toCheckLine } from "../findings.ts";
import { currencySymbol } from "../format.ts";
import type { Block, ButtonsBlock, Cell, ChartBlock } from "../message.ts";
import {
  clientEmphasis,
  clientTitle,
  type Draft,
  type Pen,
  signedCell,
  tableOf,
  textBlock,
  toneOf,
} from "../page.ts";
import { periodName } from "../period.ts";
import { labelOf } from "../words.ts";
import { allocationChart, returnsChart } from "./chart-blocks.ts";
import { returnReason } from "./performance.ts";

/** The table shows this many positions, the largest. */
const POSITIONS_SHOWN = 8;

type Headline = NonNullable<PortfolioData["headline"]>;

/** A client's portfolio: worth, day and twelve months at the top, then positions and a picture. */
export function presentPortfolio(data: PortfolioData, pen: Pen): Draft {
  const held = data.positions.filter(({ quantity }) => quantity.sign() !== 0);
  const shown = held.toSorted(bySize).slice(0, POSITIONS_SHOWN);
  const { headline, emphasis } = firstLine(data, held, pen);
  return {
    headline,
    emphasis,
    blocks: [
      data.headline === null ? null : returnsLine(data.headline, pen),
      positionsTable(data, shown, held.length - shown.length, pen),
      chartOf(data, pen),
      nextQuestions(data.client, pen),
    ],
    notes: [
      ...(held.length === 0 ? [] : [returnsNote(data.headline, pen), ...reasons(shown, pen)]),
      toCheckLine(data, pen),
    ],
  };
}

function firstLine(data: PortfolioData, held: readonly HoldingData[], pen: Pen) {
  const { words, format } = pen;
  const parts: string[] = [];
  const emphasis: Cell[] = [clientEmphasis(data)];
  if (held.length === 0) parts.push(words.portfolio.empty);
  else if (data.value === null) parts.push(words.portfolio.noPrice);
  else {
    parts.push(format.money(data.value, data.baseCurrency));
    emphasis.push({ text: format.money(data.value, data.baseCurrency) });
    if (data.dayChangePercent !== null) {
      const percent = format.signedPercent(data.dayChangePercent);
      const amount =
        data.dayChange === null ? "" : ` (${format.signedMoney(data.dayChange, data.baseCurrency)})`;
      parts.push(`${pen.day.word} ${percent}${amount}`);
      emphasis.push(signedCell(percent, data.dayChangePercent));
    }
    if (data.unpriced > 0) {
      parts.push(words.portfolio.partial(format.count(data.unpriced), data.unpriced > 1));
    }
  }
  return { headline: `${clientTitle(data)} — ${parts.join(" · ")}`, emphasis };
}

/** `12 meses +14,20% · 112% do CDI · +3,1 p.p. vs IBOV`. */
function returnsLine(headline: Headline, pen: Pen): Block | null {
  const { format } = pen;
  if (headline.twrPercent === null) return null;
  return textBlock(
    [
      `${periodName(headline.period, pen)} ${format.signedPercent(headline.twrPercent)}`,
      ...comparisons(headline, headline.twrPercent, pen),
    ].join(" · "),
    toneOf(headline.twrPercent),
  );
}

/** Why there is no return, or which sessions it leaves out. */
function returnsNote(headline: PortfolioData["headline"], pen: Pen): string | null {
  return headline === null ? pen.words.portfolio.noHistory : returnReason(headline, pen);
}

/** Against CDI as a percentage of it, in points where that would be negative; against IBOV in points. */
function comparisons(headline: Omit<PerformanceData, "series" | "gain">, twr: Decimal, pen: Pen): string[] {
  const { words, format } = pen;
  const points = (benchmark: string, percent: Decimal) =>
    words.portfolio.points(format.points(twr.minus(percent)), benchmark);
  const ofCdi =
    headline.percentOfCdi !== null && headline.percentOfCdi.sign() >= 0
      ? words.portfolio.ofCdi(format.percent(headline.percentOfCdi, 0))
      : headline.cdiPercent !== null
        ? points("CDI", headline.cdiPercent)
        : null;
  const ofIbov = headline.ibovPercent === null ? null : points("IBOV", headline.ibovPercent);
  return [ofCdi, ofIbov].filter((part) => part !== null);
}

/** Largest first; what has no price comes last. */
function bySize(left: HoldingData, right: HoldingData): number {
  if (left.valueBase === null || right.valueBase === null) {
    return Number(left.valueBase === null) - Number(right.valueBase === null);
  }
  return right.valueBase.abs().compare(left.valueBase.abs());
}

function positionsTable(
  data: PortfolioData,
  shown: readonly HoldingData[],
  more: number,
  pen: Pen,
): Block | null {
  const { words, format } = pen;
  const { columns } = words;
  const symbol = currencySymbol(data.baseCurrency);
  // Prices bear their currency only where it is another one than the columns' own.
  const price = (holding: HoldingData, text: string) =>
    holding.currency === data.baseCurrency || text === format.price(null)
      ? text
      : `${currencySymbol(holding.currency)} ${text}`;
  return tableOf(
    {
      columns: [
        { label: columns.asset, cell: ({ asset }) => asset },
        { label: columns.quantity, align: "right", cell: ({ quantity }) => format.quantity(quantity) },
        {
          label: columns.averageCost,
          align: "right",
          cell: (holding) => price(holding, format.average(holding.averageCost)),
        },
        {
          label: columns.price,
          align: "right",
          cell: (holding) => price(holding, format.price(holding.price)),
        },
        {
          label: words.unit(columns.value, symbol),
          align: "right",
          cell: ({ valueBase }) => format.amount(valueBase),
        },
        {
          label: columns.weight,
          align: "right",
          cell: ({ weightPercent }) => format.percent(weightPercent, 1),
        },
        {
          label: pen.day.word,
          align: "right",
          cell: ({ dayChangePercent }) =>
            signedCell(format.signedPercent(dayChangePercent), dayChangePercent),
        },
        {
          label: words.unit(columns.gain, symbol),
          align: "right",
          cell: ({ unrealizedGainBase }) =>
            signedCell(format.signedAmount(unrealizedGainBase), unrealizedGainBase),
        },
      ],
      rows: shown,
      more,
    },
    pen,
  );
}

/** Returns where there is enough history, the allocation otherwise. */
function chartOf(data: PortfolioData, pen: Pen): ChartBlock | null {
  const { words, format } = pen;
  const through = data.headline?.period.to ?? null;
  if (data.headline !== null) {
    const subtitle = [
      data.clientName,
      periodName(data.headline.period, pen),
      words.periods.until(format.day(data.headline.period.to)),
    ].join(" · ");
    const chart = returnsChart(data.series, { title: words.performance.chartTitle, subtitle }, pen);
    if (chart !== null) return chart;
  }
  return allocationChart(
    {
      title: words.portfolio.allocationTitle,
      subtitle: [data.clientName, through === null ? null : format.day(through)].filter(Boolean).join(" · "),
      slices: data.allocation,
      currency: data.baseCurrency,
      centreLabel: words.allocation.centre,
      labelOf: (key) => labelOf(words.classes, key),
    },
    pen,
  );
}

/** Why a dash stands in the table, each reason once. */
function reasons(shown: readonly HoldingData[], pen: Pen): readonly (string | null)[] {
  const { words } = pen;
  const priced = shown.filter(({ valueBase }) => valueBase !== null);
  return [
    shown.some(({ cost }) => cost === null) ? words.portfolio.noCost : null,
    priced.some(({ cost, unrealizedGainBase }) => cost !== null && unrealizedGainBase === null)
      ? words.portfolio.noRate
      : null,
    priced.some(({ dayChangePercent }) => dayChangePercent === null) ? words.portfolio.noDayChange : null,
  ];
}

function nextQuestions(client: string, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.month, ask: { intent: "performance", client, period: relative("month_to_date") } },
      { label: buttons.year, ask: { intent: "performance", client, period: relative("year_to_date") } },
      { label: buttons.twelveMonths, ask: { intent: "performance", client, period: relative("12m") } },
      { label: buttons.income, ask: { intent: "income", client, period: relative("12m") } },
      { label: buttons.allocation, ask: { intent: "allocation", client } },
      { label: buttons.movers, ask: { intent: "movers", client, period: relative("today") } },
      { label: buttons.risk, ask: { intent: "risk", client } },
    ],
    pen,
  );
}
