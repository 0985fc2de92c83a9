import type { IsoDay } from "../money/day.ts";
import { Decimal, sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import { type AnswerContext, textParam } from "./context.ts";
import { percentOf } from "./percent.ts";
import { countOrNull, decimal, decimalOrNull, flag, text, textOrNull } from "./rows.ts";

/** Where a price comes from: a quote, the curve of the client's own terms, the client's own last trade, cash that is its own price, or nowhere. */
type PriceKind = "quote" | "curve" | "operation" | "cash" | "none";

/** What freshness is judged by, of anything that has a price. */
export interface Priced {
  readonly asset: string;
  readonly class: string;
  readonly priceKind: PriceKind;
  readonly priceDate: IsoDay | null;
  readonly priceAt: string | null;
  readonly source: string | null;
  readonly delayMinutes: number | null;
  /** When the source last told the price, UTC; null where that is not asked for (a past day). */
  readonly capturedAt: string | null;
  /** The newest day that anything of the same market has a price of. */
  readonly marketNewest: IsoDay | null;
  readonly tradeDay: IsoDay | null;
}

/** Where the exchange rate of a position comes from; all null where its currency is the base. */
export interface Rated {
  readonly rateDate: IsoDay | null;
  readonly rateAt: string | null;
  readonly rateSource: string | null;
  readonly rateDelayMinutes: number | null;
}

/** One position with its value and its day: a row of the query `client_positions`. Amounts as in docs/money.md. */
export interface Position extends Priced, Rated {
  readonly name: string;
  readonly sector: string | null;
  readonly issuer: string | null;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly validFrom: IsoDay;
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly costGross: Decimal;
  /** Null once a cost or price behind it was never stated. */
  readonly realizedGain: Decimal | null;
  readonly fees: Decimal;
  readonly income: Decimal;
  readonly costBase: Decimal | null;
  readonly realizedGainBase: Decimal | null;
  readonly feesBase: Decimal | null;
  readonly incomeBase: Decimal | null;
  readonly costKnown: boolean;
  readonly price: Decimal | null;
  /** Base currency for one unit of the position's; null where none is known. */
  readonly rate: Decimal | null;
  readonly rateBefore: Decimal | null;
  /** Whether the price is of the newest session, so that the position has a day change other than zero. */
  readonly moves: boolean;
  readonly value: Decimal | null;
  readonly valueBase: Decimal | null;
  readonly previousValue: Decimal | null;
  readonly previousBase: Decimal | null;
  readonly flowBase: Decimal | null;
  readonly dayChange: Decimal | null;
}

export interface ClientBook {
  readonly client: string;
  readonly clientName: string;
  readonly baseCurrency: string;
  /** Sold-out positions included, largest value first. */
  readonly positions: readonly Position[];
}

/**
 * A client's positions now, or at the answer's past day, or at the close of `on`; null where the asker has no such
 * client.
 */
export async function readClientBook(
  context: AnswerContext,
  client: string,
  on: IsoDay | null = null,
): Promise<ClientBook | null> {
  const rows = await context.value(
    { now: CATALOGUE.clientPositions, at: CATALOGUE.clientPositionsAt },
    { client: textParam(client) },
    on,
  );
  return bookOf(rows);
}

/** Reads the rows of `client_positions`. */
export function bookOf(rows: readonly Row[]): ClientBook | null {
  const first = rows[0];
  if (first === undefined) return null;
  return {
    client: text(first, "client_id"),
    clientName: text(first, "client_name"),
    baseCurrency: text(first, "client_base"),
    positions: rows.filter((row) => row["instrument_id"] !== null).map(positionOf),
  };
}

/** Reads what freshness needs of a row that has an asset and its price. */
export function pricedOf(row: Row, asset: string): Priced {
  return {
    asset,
    class: text(row, "class"),
    priceKind: text(row, "price_kind") as PriceKind,
    priceDate: textOrNull(row, "price_date"),
    priceAt: textOrNull(row, "price_at"),
    source: textOrNull(row, "source"),
    delayMinutes: countOrNull(row, "delay_minutes"),
    capturedAt: textOrNull(row, "captured_at"),
    marketNewest: textOrNull(row, "market_newest"),
    tradeDay: textOrNull(row, "trade_day"),
  };
}

/** Reads the source of a row's exchange rate. */
export function ratedOf(row: Row): Rated {
  return {
    rateDate: textOrNull(row, "rate_date"),
    rateAt: textOrNull(row, "rate_at"),
    rateSource: textOrNull(row, "rate_source"),
    rateDelayMinutes: countOrNull(row, "rate_delay_minutes"),
  };
}

function positionOf(row: Row): Position {
  const asset = text(row, "instrument_id");
  return {
    ...pricedOf(row, asset),
    ...ratedOf(row),
    name: textOrNull(row, "name") ?? asset,
    sector: textOrNull(row, "sector"),
    issuer: textOrNull(row, "issuer"),
    currency: text(row, "currency"),
    baseCurrency: text(row, "client_base"),
    validFrom: text(row, "valid_from"),
    quantity: decimal(row, "quantity"),
    cost: decimal(row, "cost"),
    costGross: decimal(row, "cost_gross"),
    realizedGain: decimalOrNull(row, "realized_gain"),
    fees: decimal(row, "fees"),
    income: decimal(row, "income"),
    costBase: decimalOrNull(row, "cost_base"),
    realizedGainBase: decimalOrNull(row, "realized_gain_base"),
    feesBase: decimalOrNull(row, "fees_base"),
    incomeBase: decimalOrNull(row, "income_base"),
    costKnown: flag(row, "cost_known"),
    price: decimalOrNull(row, "price"),
    rate: decimalOrNull(row, "rate"),
    rateBefore: decimalOrNull(row, "rate_before"),
    moves: flag(row, "moves"),
    value: decimalOrNull(row, "value"),
    valueBase: decimalOrNull(row, "value_base"),
    previousValue: decimalOrNull(row, "previous_value"),
    previousBase: decimalOrNull(row, "previous_base"),
    flowBase: decimalOrNull(row, "flow_base"),
    dayChange: decimalOrNull(row, "day_change"),
  };
}

/** Whether something is held now: a sold-out position only keeps its history. */
export function isOpen(position: Position): boolean {
  return position.quantity.sign() !== 0;
}

/**
 * The value of positions in base currency (docs/money.md, rule 1): exact products summed per currency, rounded once,
 * times the rate, rounded. Without what has no price; null where something is held and nothing has one.
 */
export function totalValue(positions: readonly Position[]): Decimal | null {
  const open = positions.filter(isOpen);
  const products = new Map<string, { exact: Decimal; rate: Decimal }>();
  for (const { currency, quantity, price, rate, valueBase } of open) {
    if (price === null || rate === null || valueBase === null) continue;
    const before = products.get(currency)?.exact ?? Decimal.ZERO;
    products.set(currency, { exact: before.plus(quantity.times(price)), rate });
  }
  if (open.length > 0 && products.size === 0) return null;
  const values = [...products.values()].map(({ exact, rate }) =>
    exact.round(SCALE.money).times(rate).round(SCALE.money),
  );
  return sum(values).round(SCALE.money);
}

/** The sum of all values without their signs: what weights are of, so that a short does not swell the others. */
export function grossValue(positions: readonly Position[]): Decimal {
  return sum(positions.flatMap(({ valueBase }) => (valueBase === null ? [] : [valueBase.abs()])));
}

export interface DayChange {
  readonly change: Decimal | null;
  readonly percent: Decimal | null;
}

/**
 * The day change of several positions in base currency (docs/money.md, rule 13), and in percent of what they were
 * worth before and the net of what came in. Positions whose change is not known are left out of both.
 */
export function dayChangeOf(positions: readonly Position[]): DayChange {
  const known = positions.flatMap(({ dayChange, previousBase, flowBase }) =>
    dayChange === null || previousBase === null || flowBase === null
      ? []
      : [{ dayChange, previousBase, flowBase }],
  );
  if (known.length === 0) return { change: null, percent: null };
  const change = sum(known.map((part) => part.dayChange));
  const previous = sum(known.map((part) => part.previousBase));
  return { change, percent: dayPercent({ change, previous, flow: sum(known.map((part) => part.flowBase)) }) };
}

/** change / (previous + max(flow, 0)) in percent; null where that is zero or less. */
export function dayPercent(day: { change: Decimal; previous: Decimal; flow: Decimal }): Decimal | null {
  const invested = day.flow.sign() > 0 ? day.previous.plus(day.flow) : day.previous;
  return invested.sign() <= 0 ? null : percentOf(day.change, invested);
}

/** How many positions the value leaves out. */
export function unpricedCount(positions: readonly Position[]): number {
  return positions.filter((position) => isOpen(position) && position.valueBase === null).length;
}
