import type { RiskData } from "../../answers/answer.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import type { Block, ButtonsBlock, Cell } from "../message.ts";
import { clientEmphasis, clientTitle, type Draft, type OkAnswer, type Pen, tableOf } from "../page.ts";
import { duringPeriod, shownPeriod } from "../period.ts";
import { barsChart } from "./chart-blocks.ts";

/** How much a portfolio swings, its deepest fall, and what it leans on. */
export function presentRisk(data: RiskData, pen: Pen, answer: OkAnswer): Draft {
  const { words, format } = pen;
  const when = duringPeriod(shownPeriod(data.period, answer.question.period), pen);
  const volatility =
    data.volatilityPercent === null
      ? words.risk.noVolatility
      : words.risk.volatility(format.percent(data.volatilityPercent, 1));
  const fell = data.drawdown === null ? [] : [drawdownText(data.drawdown, pen)];
  return {
    headline: `${clientTitle(data)} — ${[volatility, ...fell].join(" · ")} ${when}`,
    emphasis: [clientEmphasis(data), { text: volatility }],
    blocks: [
      fields(data, pen),
      fgcTable(data, pen),
      barsChart(
        {
          title: words.risk.chart,
          subtitle: `${data.clientName} · ${words.unit(words.columns.weight, "%")}`,
          bars: data.largest.map(({ asset, weightPercent }) => ({
            label: asset,
            value: weightPercent,
            text: format.percent(weightPercent, 1),
          })),
          style: data.largest.some(({ weightPercent }) => weightPercent.sign() < 0) ? "signed" : "plain",
        },
        pen,
      ),
      nextQuestions(data, pen),
    ],
    notes: [
      data.volatilityPercent === null ? words.risk.tooShort(format.count(data.sessions)) : null,
      data.drawdown === null ? words.risk.noDrawdown : null,
      data.period.shortened ? words.periods.shortened(format.day(data.period.from)) : null,
    ],
  };
}

type Drawdown = NonNullable<RiskData["drawdown"]>;

function drawdownText(drawdown: Drawdown, pen: Pen): string {
  const { words, format } = pen;
  // A fall is a fall whichever sign it is stored with: the word says the direction, the sign repeats it.
  const depth = drawdown.percent.abs();
  return depth.round(1).sign() === 0
    ? words.risk.noFall
    : words.risk.fell(format.percent(depth.negated(), 1));
}

function fields(data: RiskData, pen: Pen): Block {
  const { words, format } = pen;
  const [largest] = data.largest;
  const rows: [string, Cell][] = [
    [words.risk.volatilityLabel, { text: format.percent(data.volatilityPercent, 1) }],
    [words.risk.drawdownLabel, drawdownCell(data.drawdown, pen)],
    ...(largest === undefined
      ? []
      : [
          [
            words.risk.concentrationLabel,
            { text: `${largest.asset} · ${format.percent(largest.weightPercent, 1)}` },
          ] satisfies [string, Cell],
        ]),
    [words.risk.herfindahlLabel, { text: format.amount(data.herfindahl) }],
    [
      words.risk.window,
      {
        text: `${words.periods.range(format.day(data.period.from), format.day(data.period.to))} · ${words.risk.sessions(format.count(data.sessions))}`,
      },
    ],
  ];
  return { kind: "fields", fields: rows.map(([label, value]) => ({ label, value })) };
}

function drawdownCell(drawdown: Drawdown | null, pen: Pen): Cell {
  const { words, format } = pen;
  if (drawdown === null) return { text: format.percent(null) };
  const depth = drawdown.percent.abs();
  if (depth.round(1).sign() === 0) return { text: words.risk.noFall };
  const span = words.risk.fromPeak(format.day(drawdown.peak), format.day(drawdown.trough));
  const back =
    drawdown.recovery === null
      ? words.risk.notRecovered
      : words.risk.recovered(format.day(drawdown.recovery));
  return { text: `${format.percent(depth.negated(), 1)} ${span} · ${back}`, tone: "down" };
}

function fgcTable(data: RiskData, pen: Pen): Block | null {
  const { words, format } = pen;
  return tableOf(
    {
      title: words.risk.fgcTitle,
      columns: [
        { label: words.columns.issuer, cell: ({ issuer }) => issuer },
        {
          label: words.unit(words.columns.value, currencySymbol(data.baseCurrency)),
          align: "right",
          cell: ({ value }) => ({ text: format.amount(value), tone: "warning" }),
        },
      ],
      rows: data.aboveFgc,
    },
    pen,
  );
}

function nextQuestions({ client }: RiskData, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.twelveMonths, ask: { intent: "risk", client, period: relative("12m") } },
      { label: buttons.inception, ask: { intent: "risk", client, period: relative("inception") } },
      { label: buttons.allocation, ask: { intent: "allocation", client } },
      { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
