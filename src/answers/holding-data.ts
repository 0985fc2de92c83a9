import { Decimal, sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import type { Grouping } from "../questions/question.ts";
import type { AllocationSlice, HoldingData } from "./answer.ts";
import { OPERATION_SOURCE } from "./freshness.ts";
import { percentOf } from "./percent.ts";
import { type ClientBook, dayPercent, grossValue, isOpen, type Position } from "./positions.ts";

/** One position as answers show it; `gross` is the portfolio's value without signs, which weights are of. */
export function holdingOf(book: ClientBook, position: Position, gross: Decimal): HoldingData {
  const { quantity, value, valueBase, costKnown } = position;
  const cost = costKnown ? position.cost : null;
  const costBase = costKnown ? position.costBase : null;
  const unrealizedGain = value === null || cost === null ? null : value.minus(cost);
  return {
    client: book.client,
    clientName: book.clientName,
    asset: position.asset,
    name: position.name,
    class: position.class,
    sector: position.sector,
    currency: position.currency,
    baseCurrency: book.baseCurrency,
    quantity,
    averageCost: cost?.dividedBy(quantity, SCALE.price) ?? null,
    averageCostGross: costKnown ? position.costGross.dividedBy(quantity, SCALE.price) : null,
    cost,
    costBase,
    price: position.price,
    ...priceNote(position),
    value,
    valueBase,
    unrealizedGain,
    unrealizedGainBase: valueBase === null || costBase === null ? null : valueBase.minus(costBase),
    unrealizedPercent:
      unrealizedGain === null || cost === null ? null : percentOf(unrealizedGain, cost.abs()),
    realizedGain: position.realizedGain,
    realizedGainBase: position.realizedGain === null ? null : position.realizedGainBase,
    fees: position.fees,
    feesBase: position.feesBase,
    income: position.income,
    incomeBase: position.incomeBase,
    dayChange: position.dayChange,
    dayChangePercent: positionDayPercent(position),
    weightPercent: valueBase === null || !isOpen(position) ? null : percentOf(valueBase, gross),
  };
}

function priceNote(position: Position): Pick<HoldingData, "priceAt" | "priceSource"> {
  if (position.priceKind === "quote" || position.priceKind === "curve") {
    return { priceAt: position.priceAt ?? position.priceDate, priceSource: position.source };
  }
  if (position.priceKind === "operation")
    return { priceAt: position.tradeDay, priceSource: OPERATION_SOURCE };
  return { priceAt: null, priceSource: null };
}

function positionDayPercent({ dayChange, previousBase, flowBase }: Position): Decimal | null {
  if (dayChange === null || previousBase === null || flowBase === null) return null;
  return dayPercent({ change: dayChange, previous: previousBase.abs(), flow: flowBase });
}

/** The key of a position in a grouping; an empty one stands for "no sector". */
function keyOf(position: Position, grouping: Grouping): string {
  return grouping === "sector" ? (position.sector ?? "") : position[grouping];
}

/** What a portfolio is made of: values in base currency and their weights of the gross value, largest first. */
export function allocationOf(positions: readonly Position[], grouping: Grouping): readonly AllocationSlice[] {
  const gross = grossValue(positions);
  const priced = positions.filter((position) => isOpen(position) && position.valueBase !== null);
  const groups = Map.groupBy(priced, (position) => keyOf(position, grouping));
  return [...groups]
    .map(([key, members]) =>
      sliceOf(key, sum(members.map(({ valueBase }) => valueBase ?? Decimal.ZERO)), gross),
    )
    .toSorted((left, right) => right.value.compare(left.value) || (left.key < right.key ? -1 : 1));
}

/** One part of an allocation; of a gross value of zero its weight is zero. */
export function sliceOf(key: string, value: Decimal, gross: Decimal): AllocationSlice {
  return { key, value, weightPercent: percentOf(value, gross) ?? Decimal.ZERO };
}
