import type { HoldingData } from "../../answers/answer.ts";
import type { Decimal } from "../../money/decimal.ts";
import { buttonsOf, relative } from "../buttons.ts";
import { toCheckLine } from "../findings.ts";
import { currencySymbol } from "../format.ts";
import type { Block, ButtonsBlock, Cell } from "../message.ts";
import { clientEmphasis, type Draft, type Pen, signedCell } from "../page.ts";
import { labelOf } from "../words.ts";

/** One asset of one client: worth at the top, then cost, gains, income and weight. */
export function presentHolding(data: HoldingData, pen: Pen): Draft {
  return {
    ...firstLine(data, pen),
    blocks: [fields(data, pen), nextQuestions(data, pen)],
    notes: [...reasons(data, pen), toCheckLine(data, pen)],
  };
}

function firstLine(data: HoldingData, pen: Pen): Pick<Draft, "headline" | "emphasis"> {
  const { words, format } = pen;
  const parts: string[] = [];
  const emphasis: Cell[] = [clientEmphasis(data), { text: data.asset }];
  if (data.quantity.sign() === 0) parts.push(words.holding.closed);
  else {
    if (data.quantity.sign() < 0) parts.push(words.holding.short);
    if (data.value === null) parts.push(`${format.quantity(data.quantity)} · ${words.holding.noPrice}`);
    else {
      const value = format.money(data.value, data.currency);
      parts.push(
        `${value} (${format.quantity(data.quantity)} × ${format.priceIn(data.price, data.currency)})`,
      );
      emphasis.push({ text: value });
    }
    if (data.dayChangePercent !== null) {
      const percent = format.signedPercent(data.dayChangePercent);
      parts.push(`${todayLabel(pen.day.word, data, pen)} ${percent}`);
      emphasis.push(signedCell(percent, data.dayChangePercent));
    }
  }
  const owner = data.clientName === "" ? data.client : data.clientName;
  return { headline: `${owner} · ${data.asset} — ${parts.join(" · ")}`, emphasis };
}

function fields(data: HoldingData, pen: Pen): Block {
  const { words, format } = pen;
  const { holding } = words;
  const abroad = data.currency !== data.baseCurrency;
  const both = (amount: Decimal | null, base: Decimal | null) =>
    abroad
      ? `${format.money(amount, data.currency)} · ${format.money(base, data.baseCurrency)}`
      : format.money(amount, data.currency);
  const gain = (amount: Decimal | null, base: Decimal | null, percent: Decimal | null): Cell => {
    const texts = [
      format.signedMoney(amount, data.currency),
      ...(abroad ? [format.signedMoney(base, data.baseCurrency)] : []),
      ...(percent === null ? [] : [format.signedPercent(percent)]),
      ...(amount === null || amount.round(2).sign() === 0
        ? []
        : [amount.sign() > 0 ? holding.gain : holding.loss]),
    ];
    return signedCell(texts.join(" · "), amount);
  };
  const onCurve = data.priceSource === "curva";
  const said = onCurve ? holding.onCurve : labelOf(words.sources, data.priceSource ?? "");
  const source = data.priceSource === null ? "" : `, ${said}`;
  const at = data.priceAt === null ? "" : ` (${format.moment(data.priceAt)}${source})`;
  const today = todayLabel(pen.day.title, data, pen);
  const rows: [string, Cell | string][] = [
    [holding.class, `${data.name} · ${labelOf(words.classes, data.class)}`],
    [holding.quantity, format.quantity(data.quantity)],
    [holding.averageCost, format.averageIn(data.averageCost, data.currency)],
    [holding.averageCostGross, format.averageIn(data.averageCostGross, data.currency)],
    [holding.cost, both(data.cost, data.costBase)],
    [holding.price, `${format.priceIn(data.price, data.currency)}${at}`],
    [holding.value, both(data.value, data.valueBase)],
    ...(data.curve === undefined ? [] : [curveRow(data.curve, data.currency, pen)]),
    [holding.unrealized, gain(data.unrealizedGain, data.unrealizedGainBase, data.unrealizedPercent)],
    [holding.realized, gain(data.realizedGain, data.realizedGainBase, null)],
    [holding.income, both(data.income, data.incomeBase)],
    [holding.fees, both(data.fees, data.feesBase)],
    [holding.weight, format.percent(data.weightPercent)],
    [today, dayCell(data, pen)],
  ];
  // Of what is not held any more only its name, price and totals say something.
  const open: ReadonlySet<string> = new Set([
    holding.averageCost,
    holding.averageCostGross,
    holding.cost,
    holding.value,
    holding.unrealized,
    holding.weight,
    today,
  ]);
  const shown = data.quantity.sign() === 0 ? rows.filter(([label]) => !open.has(label)) : rows;
  return {
    kind: "fields",
    fields: shown.map(([label, value]) => ({
      label,
      value: typeof value === "string" ? { text: value } : value,
    })),
  };
}

/** The curve of a bond, beside its market value. */
function curveRow(curve: NonNullable<HoldingData["curve"]>, currency: string, pen: Pen): [string, string] {
  const { format, words } = pen;
  const value = format.money(curve.value, currency);
  return [words.holding.curveBeside, `${value} (${words.holding.curveUpTo(format.day(curve.through))})`];
}

/** The day of what is quoted abroad counts in the base currency, unlike its price: the label says so. */
function todayLabel(label: string, { currency, baseCurrency }: HoldingData, pen: Pen): string {
  return currency === baseCurrency ? label : pen.words.unit(label, currencySymbol(baseCurrency));
}

function dayCell(data: HoldingData, pen: Pen): Cell {
  const { words, format } = pen;
  if (data.dayChangePercent === null) return { text: format.percent(null) };
  const sign = data.dayChangePercent.round(2).sign();
  const word = sign > 0 ? words.up : sign < 0 ? words.down : words.flat;
  const amount = data.dayChange === null ? [] : [format.signedMoney(data.dayChange, data.baseCurrency)];
  return signedCell(
    [format.signedPercent(data.dayChangePercent), ...amount, word].join(" · "),
    data.dayChangePercent,
  );
}

function reasons(data: HoldingData, pen: Pen): readonly (string | null)[] {
  const { holding } = pen.words;
  const open = data.quantity.sign() !== 0;
  const priced = data.price !== null;
  const abroad = data.currency !== data.baseCurrency;
  const noRate =
    abroad &&
    ((data.value !== null && data.valueBase === null) || (data.cost !== null && data.costBase === null));
  return [
    open && data.cost === null ? holding.noCost : null,
    open && !priced ? holding.noPriceReason : null,
    open && priced && data.dayChangePercent === null ? holding.noDayChange : null,
    noRate ? holding.noRate(data.baseCurrency) : null,
  ];
}

function nextQuestions({ client, asset }: HoldingData, pen: Pen): ButtonsBlock {
  const { buttons } = pen.words;
  return buttonsOf(
    [
      { label: buttons.history, ask: { intent: "history", client, asset, period: relative("inception") } },
      { label: buttons.quote, ask: { intent: "quote", asset } },
      { label: buttons.holders, ask: { intent: "holders", asset } },
      { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
