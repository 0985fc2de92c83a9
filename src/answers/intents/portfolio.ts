import { sum } from "../../money/decimal.ts";
import type { Holdings, PerformanceData, PortfolioData } from "../answer.ts";
import type { Intent } from "../context.ts";
import { readClientFindings, toCheckOf } from "../findings.ts";
import { allocationOf, holdingOf } from "../holding-data.ts";
import { basisOfPeriod, measure, performanceIn } from "../measure.ts";
import { twelveMonths } from "../period.ts";
import {
  type ClientBook,
  dayChangeOf,
  grossValue,
  isOpen,
  type Position,
  totalValue,
  unpricedCount,
} from "../positions.ts";
import { clientOf } from "./required.ts";

/** A client's portfolio now: positions by value, allocation by class, the day, and twelve months of returns. */
export const portfolio: Intent = async (context) => {
  const { question, today } = context;
  const client = clientOf(question);
  const [measured, findings] = await Promise.all([
    measure(context, client, twelveMonths(today)),
    readClientFindings(context, client),
  ]);
  if (measured === null) return null;
  const { book } = measured;
  const day = dayChangeOf(book.positions);
  const {
    series,
    gain: _gain,
    ...headline
  } = await performanceIn(context, measured, question.benchmark ?? "CDI");
  const data: PortfolioData = {
    client: book.client,
    clientName: book.clientName,
    baseCurrency: book.baseCurrency,
    ...holdingsOf(book),
    dayChange: day.change,
    dayChangePercent: day.percent,
    headline: hasHistory(headline) ? headline : null,
    series,
    toCheck: toCheckOf(findings ?? []),
  };
  return { result: { intent: "portfolio", data }, basis: await basisOfPeriod(context, measured) };
};

/** What is held and what it comes to: positions by value, and their allocation by class. */
export function holdingsOf(book: ClientBook): Holdings {
  const open = book.positions.filter(isOpen);
  const gross = grossValue(open);
  return {
    value: totalValue(open),
    cost: costOf(open),
    unrealizedGain: unrealizedOf(open),
    positions: open.map((position) => holdingOf(book, position, gross)),
    allocation: allocationOf(open, "class"),
    unpriced: unpricedCount(open),
  };
}

/** History without any capital counts: its return is not defined, which is worth saying. */
function hasHistory(headline: Omit<PerformanceData, "series" | "gain">): boolean {
  return headline.twrPercent !== null || headline.skippedSessions > 0;
}

/** What all positions cost; null where one cost is not known, since a part of it would mislead. */
function costOf(open: readonly Position[]): PortfolioData["cost"] {
  const costs = open.flatMap(({ costKnown, costBase }) => (costKnown && costBase !== null ? [costBase] : []));
  return costs.length < open.length ? null : sum(costs);
}

/** Value less cost of those positions of which both are known; null where there is none. */
function unrealizedOf(open: readonly Position[]): PortfolioData["unrealizedGain"] {
  const known = open.filter(
    ({ costKnown, costBase, valueBase }) => costKnown && costBase !== null && valueBase !== null,
  );
  const value = totalValue(known);
  const cost = costOf(known);
  return value === null || cost === null || (open.length > 0 && known.length === 0)
    ? null
    : value.minus(cost);
}
