import type { HoldingData, StatementData } from "../../../src/answers/answer.ts";
import { currencySymbol, UNKNOWN } from "../../../src/messages/format.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { allocationChart } from "../../../src/messages/present/chart-blocks.ts";
import { labelOf } from "../../../src/messages/words.ts";
import { sum } from "../../../src/money/decimal.ts";
import type { SheetBlock, SheetCell, SheetRow, SheetTable, SheetText } from "../sheet.ts";
import { left, plain, right, signed } from "./cells.ts";

/** What is held at the end of the period, by class, and its allocation as a chart. */
export function positionsBlocks(data: StatementData, asOf: string, pen: Pen): readonly SheetBlock[] {
  const { positions } = pen.words.statement;
  if (data.positions.length === 0) {
    return [{ kind: "text", title: titleOf(data, asOf, pen), paragraphs: [positions.none], style: "body" }];
  }
  const notes = notesOf(data, pen);
  const table = positionsTable(data, asOf, pen);
  return [...allocationOf(data, pen), notes === null ? table : { ...table, notes }];
}

function titleOf({ live, day }: StatementData, asOf: string, { words, format }: Pen): string {
  const { positions } = words.statement;
  return live ? positions.titleLive(asOf) : positions.title(format.day(day));
}

/** One class alone is all of it: the table says as much. */
function allocationOf(data: StatementData, pen: Pen): readonly SheetBlock[] {
  if (data.allocation.length < 2) return [];
  const { words } = pen;
  const block = allocationChart(
    {
      title: "",
      subtitle: "",
      slices: data.allocation,
      currency: data.baseCurrency,
      centreLabel: words.allocation.centre,
      labelOf: (key) => labelOf(words.classes, key),
    },
    pen,
  );
  if (block === null) return [];
  const subtitle = words.unit(words.statement.positions.value, currencySymbol(data.baseCurrency));
  return [{ kind: "chart", title: words.statement.positions.allocation, subtitle, chart: block.chart }];
}

function positionsTable(data: StatementData, asOf: string, pen: Pen): SheetTable {
  const { words, format } = pen;
  const { positions } = words.statement;
  const symbol = currencySymbol(data.baseCurrency);
  const byClass = Map.groupBy(data.positions, (holding) => holding.class);
  const known = data.allocation.filter(({ key }) => byClass.has(key));
  const priced = new Set(known.map(({ key }) => key));
  const groups = [
    ...known,
    ...[...byClass.keys()]
      .filter((key) => !priced.has(key))
      .map((key) => ({ key, value: null, weightPercent: null })),
  ];
  const rows = groups.flatMap(({ key, value, weightPercent }): readonly SheetRow[] => [
    {
      role: "group",
      cells: [
        plain(labelOf(words.classes, key)),
        ...[plain(""), plain(""), plain("")],
        plain(format.amount(value)),
        plain(format.percent(weightPercent, 1)),
        plain(""),
      ],
    },
    ...(byClass.get(key) ?? []).map((holding) => ({ cells: cellsOf(holding, pen) })),
  ]);
  // Less than 100% where a short takes away from what weights are of.
  const weight = sum(data.allocation.map(({ weightPercent }) => weightPercent));
  const total: SheetRow = {
    role: "total",
    cells: [
      plain(positions.total),
      ...[plain(""), plain(""), plain("")],
      plain(format.amount(data.value)),
      plain(data.allocation.length === 0 ? "" : format.percent(weight, 1)),
      signed(format.signedAmount(data.unrealizedGain), data.unrealizedGain),
    ],
  };
  return {
    kind: "table",
    title: titleOf(data, asOf, pen),
    columns: [
      left(positions.asset, "fill"),
      right(positions.quantity),
      right(positions.average),
      right(positions.price),
      right(words.unit(positions.value, symbol)),
      right(positions.weight),
      right(words.unit(positions.gain, symbol)),
    ],
    rows: [...rows, total],
  };
}

function cellsOf(holding: HoldingData, pen: Pen): readonly SheetCell[] {
  const { format } = pen;
  const { currency, baseCurrency, unrealizedGainBase: gain } = holding;
  const inCurrency = (text: string) =>
    currency === baseCurrency || text === UNKNOWN ? text : `${currencySymbol(currency)} ${text}`;
  const name = holding.name === holding.asset ? undefined : holding.name;
  return [
    { ...plain(holding.asset, name), strong: true },
    plain(format.quantity(holding.quantity)),
    plain(inCurrency(format.average(holding.averageCost))),
    plain(inCurrency(format.price(holding.price)), priceNote(holding, pen)),
    plain(format.amount(holding.valueBase)),
    plain(format.percent(holding.weightPercent, 1)),
    signed(
      format.signedAmount(gain),
      gain,
      holding.unrealizedPercent === null ? undefined : format.signedPercent(holding.unrealizedPercent),
    ),
  ];
}

/** The day of the price, and what kind of price it is where nobody quotes it. */
function priceNote({ price, priceAt, priceSource }: HoldingData, { words, format }: Pen): string | undefined {
  const { positions } = words.statement;
  if (price === null) return positions.noPrice;
  if (priceAt === null) return undefined;
  const at = format.moment(priceAt);
  if (priceSource === "curva") return `${at} · ${positions.onCurve}`;
  return priceSource === "operacao" ? `${at} · ${positions.byOperation}` : at;
}

function notesOf({ positions: held }: StatementData, { words }: Pen): SheetText | null {
  const { positions } = words.statement;
  const namesOf = (wanted: (holding: HoldingData) => boolean) =>
    held
      .filter(wanted)
      .map(({ asset }) => asset)
      .join(", ");
  const unpriced = namesOf(({ valueBase }) => valueBase === null);
  const noCost = namesOf(({ cost }) => cost === null);
  const paragraphs = [
    unpriced === "" ? null : positions.unpriced(unpriced),
    noCost === "" ? null : positions.noCost(noCost),
    held.some(({ quantity }) => quantity.sign() < 0) ? positions.shortSale : null,
  ].filter((text) => text !== null);
  return paragraphs.length === 0 ? null : { kind: "text", paragraphs, style: "warning" };
}
