import type { StatementData } from "../../../src/answers/answer.ts";
import { currencySymbol } from "../../../src/messages/format.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { barsChart } from "../../../src/messages/present/chart-blocks.ts";
import { labelOf } from "../../../src/messages/words.ts";
import type { SheetBlock, SheetRow, SheetTable } from "../sheet.ts";
import { capital, left, plain, right } from "./cells.ts";

/** More bars than these no picture takes. */
const BARS_MAX = 12;

/** Income by month and by instrument, net, in base currency; as a chart where months can be compared. */
export function incomeBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { words } = pen;
  const { income } = words.statement;
  const { byAsset, total } = data.income;
  if (byAsset.length === 0) {
    return [{ kind: "text", title: income.title, paragraphs: [income.none], style: "body" }];
  }
  const unknown =
    total !== null ? [] : [{ kind: "text", paragraphs: [income.noRate], style: "warning" } as const];
  return [
    { kind: "pair", left: [monthsTable(data, pen)], right: [assetsTable(data, pen)] },
    ...unknown,
    ...chartOf(data, pen),
  ];
}

function totalRow(data: StatementData, before: number, { words, format }: Pen): SheetRow {
  const blanks = Array.from({ length: before - 1 }, () => plain(""));
  return { role: "total", cells: [plain(words.total), ...blanks, plain(format.amount(data.income.total))] };
}

function monthsTable(data: StatementData, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { income, returns } = words.statement;
  return {
    kind: "table",
    title: `${income.title} · ${income.byMonth}`,
    columns: [left(returns.month, "fill"), right(words.unit(income.net, currencySymbol(data.baseCurrency)))],
    rows: [
      ...data.income.byMonth.map(({ month, total }) => ({
        cells: [plain(format.month(month)), plain(format.amount(total))],
      })),
      totalRow(data, 1, pen),
    ],
  };
}

function assetsTable(data: StatementData, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { income } = words.statement;
  return {
    kind: "table",
    title: income.byAsset,
    columns: [
      left(capital(words.columns.asset), "fill"),
      left(capital(words.columns.type)),
      right(words.unit(income.net, currencySymbol(data.baseCurrency))),
    ],
    rows: [
      ...data.income.byAsset.map(({ asset, type, total }) => ({
        cells: [
          { text: asset, strong: true },
          plain(labelOf(words.operations, type)),
          plain(format.amount(total)),
        ],
      })),
      totalRow(data, 2, pen),
    ],
  };
}

function chartOf(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { format, words } = pen;
  const bars = data.income.byMonth.slice(-BARS_MAX).map(({ month, total }) => ({
    label: format.month(month),
    value: total,
    text: format.amount(total),
  }));
  const block = barsChart({ title: "", subtitle: "", bars, style: "plain" }, pen);
  if (block === null) return [];
  const subtitle = words.unit(words.statement.income.net, currencySymbol(data.baseCurrency));
  return [{ kind: "chart", title: words.income.chart, subtitle, chart: block.chart }];
}
