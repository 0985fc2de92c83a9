import type { StatementData, StatementReturn } from "../../../src/answers/answer.ts";
import { currencySymbol } from "../../../src/messages/format.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { returnsChart } from "../../../src/messages/present/chart-blocks.ts";
import { returnReason } from "../../../src/messages/present/performance.ts";
import type { Decimal } from "../../../src/money/decimal.ts";
import { sum } from "../../../src/money/decimal.ts";
import type { SheetBlock, SheetRow, SheetTable, SheetText } from "../sheet.ts";
import { left, plain, right, signed } from "./cells.ts";

/** The returns of the usual periods and their course as a chart. */
export function returnsBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { returns } = pen.words.statement;
  const reason = returnReason(data.performance, pen);
  const reasons = reason === null ? [] : [note(reason)];
  if (data.months.length === 0) return [note(returns.none)];
  return [returnsTable(data, pen), ...reasons, ...chartOf(data, pen)];
}

/** The months one by one. */
export function monthsBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  return data.months.length === 0 ? [] : [{ ...monthsTable(data, pen), notes: monthsNotes(data, pen) }];
}

function note(text: string): SheetText {
  return { kind: "text", paragraphs: [text], style: "warning" };
}

function returnsTable(data: StatementData, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { returns } = words.statement;
  const percent = (value: Decimal | null) => signed(format.signedPercent(value), value);
  return {
    kind: "table",
    title: returns.title,
    columns: [
      left("", "fill"),
      right(returns.portfolio),
      right("CDI"),
      right(returns.ofCdi),
      right("IBOV"),
      right("IPCA"),
    ],
    rows: data.returns.map((one, place) => ({
      cells: [
        { ...plain(nameOf(one, place, pen), fromNote(one, pen)), strong: place === 0 },
        { ...percent(one.twrPercent), strong: true },
        plain(format.signedPercent(one.cdiPercent)),
        plain(format.percent(one.percentOfCdi, 0)),
        plain(format.signedPercent(one.ibovPercent)),
        plain(
          format.signedPercent(one.ipcaPercent),
          one.ipcaThrough === null ? undefined : words.periods.until(format.month(one.ipcaThrough)),
        ),
      ],
    })),
  };
}

function nameOf({ period: { kind } }: StatementReturn, place: number, { words }: Pen): string {
  const { returns } = words.statement;
  if (place === 0) return returns.period;
  if (kind === "12m") return returns.twelveMonths;
  return kind === "inception" ? returns.inception : returns.year;
}

function fromNote({ period: { from, to, shortened } }: StatementReturn, { words, format }: Pen): string {
  return shortened
    ? words.periods.since(format.day(from))
    : words.statement.returns.chartFrom(format.day(from), format.day(to));
}

function chartOf(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { returns } = pen.words.statement;
  const block = returnsChart(data.series, { title: "", subtitle: "" }, pen);
  const to = data.months.at(-1)?.to;
  if (block === null || to === undefined) return [];
  const subtitle = returns.chartFrom(pen.format.day(data.seriesFrom), pen.format.day(to));
  return [{ kind: "chart", title: returns.chart, subtitle, chart: block.chart }];
}

function monthsTable(data: StatementData, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { returns } = words.statement;
  const symbol = currencySymbol(data.baseCurrency);
  const row = (
    one: Pick<
      StatementData["months"][number],
      "moved" | "gain" | "twrPercent" | "cdiPercent" | "ibovPercent"
    >,
  ) => [
    plain(format.signedAmount(one.moved)),
    signed(format.signedAmount(one.gain), one.gain),
    signed(format.signedPercent(one.twrPercent), one.twrPercent),
    plain(format.signedPercent(one.cdiPercent)),
    plain(format.signedPercent(one.ibovPercent)),
  ];
  const rows: readonly SheetRow[] = data.months.map((one) => ({
    cells: [plain(format.month(one.month)), plain(format.amount(one.value)), ...row(one)],
  }));
  const end = data.series.at(-1);
  const total: readonly SheetRow[] =
    rows.length < 2 || end === undefined
      ? []
      : [
          {
            role: "total",
            cells: [
              plain(words.total),
              plain(""),
              ...row({
                moved: sum(data.months.map(({ moved }) => moved)),
                gain: sum(data.months.map(({ gain }) => gain)),
                twrPercent: end.portfolio,
                cdiPercent: end.cdi,
                ibovPercent: end.ibov,
              }),
            ],
          },
        ];
  return {
    kind: "table",
    title: returns.months,
    columns: [
      left(returns.month, "fill"),
      right(words.unit(returns.value, symbol)),
      right(words.unit(returns.moved, symbol)),
      right(words.unit(returns.gain, symbol)),
      right(returns.portfolio),
      right("CDI"),
      right("IBOV"),
    ],
    rows: [...rows, ...total],
  };
}

/** What the table's value is, and why it is not the cover's where the two differ. */
function monthsNotes(data: StatementData, pen: Pen): SheetText {
  const { returns } = pen.words.statement;
  const last = data.months.at(-1);
  const differs =
    last !== undefined && data.value !== null && !last.value.round(2).equals(data.value.round(2));
  const why = differs ? [returns.weekend(pen.format.day(last.to), pen.format.day(data.day))] : [];
  return { kind: "text", paragraphs: [returns.monthsNote, ...why], style: "small" };
}
