import { allBankDays } from "../market/calendar.ts";
import { dayNumber, dayOf } from "../money/day.ts";
import { Decimal, divRound, pow10 } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { curveTerms } from "../portfolio/curve.ts";
import { CurveBook } from "../portfolio/curve-book.ts";
import {
  accruedTo,
  type CurveLot,
  type CurveOperation,
  CurvePosition,
  moneyOf,
} from "../portfolio/curve-position.ts";
import type { EventType } from "../portfolio/event.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { CurveExplanation, CurveLotData } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import type { Position } from "./positions.ts";
import { decimalOrNull, text, textOrNull } from "./rows.ts";

const FACTOR_SCALE = 16;

/**
 * How a deposit's price comes about: each purchase as far as it is still held, with its terms and factor. Worked out
 * again from the operations (rows of `fold_events`) and the index. Null for what has another price than its curve.
 */
export async function explainCurve(
  context: AnswerContext,
  position: Position,
  rows: readonly Row[],
): Promise<CurveExplanation | null> {
  if (position.priceKind !== "curve" || position.priceDate === null) return null;
  const book = await readCurveBook(context);
  const followed = new CurvePosition((terms) => book.seriesOf(terms));
  const operations = rows.filter((row) => text(row, "instrument_id") === position.asset).map(operationOf);
  for (const day of Map.groupBy(operations, (operation) => operation.day).values()) followed.takeDay(day);
  const asOf = context.asOf ?? context.today;
  const day = dayNumber(position.validFrom > asOf ? position.validFrom : asOf);
  return {
    lots: followed.lots.flatMap((lot) => lotOf(lot, day, book) ?? []),
    through: position.priceDate,
  };
}

async function readCurveBook(context: AnswerContext): Promise<CurveBook> {
  const rows = await context.market(CATALOGUE.indexLevels, {
    indexes: { type: "texts", value: ["CDI", "SELIC", "IPCA"] },
  });
  const points = rows.flatMap((row) => {
    const value = decimalOrNull(row, "value");
    return value === null
      ? []
      : [
          {
            index: text(row, "index_id"),
            day: dayNumber(text(row, "date")),
            valueE8: value.unitsAt(SCALE.price),
          },
        ];
  });
  return new CurveBook(
    Map.groupBy(points, (point) => point.index),
    () => allBankDays().map(dayNumber),
  );
}

function lotOf(lot: CurveLot, day: number, book: CurveBook): CurveLotData | null {
  const { terms, units } = lot;
  const series = book.seriesOf(terms);
  const bought = series.levelAt(accruedTo(terms, lot.day));
  const now = series.levelAt(accruedTo(terms, day));
  if (bought === null || now === null) return null;
  return {
    date: dayOf(lot.day),
    index: terms.index,
    basis: terms.basis,
    rate: new Decimal(terms.rateE8, SCALE.price),
    maturity: terms.maturity === null ? null : dayOf(terms.maturity),
    invested: new Decimal(moneyOf(units * bought), SCALE.money),
    factor: new Decimal(divRound(now * pow10(FACTOR_SCALE), bought), FACTOR_SCALE),
    value: new Decimal(moneyOf(units * now), SCALE.money),
  };
}

function operationOf(row: Row): CurveOperation {
  const e8 = (name: string): bigint | null => decimalOrNull(row, name)?.unitsAt(SCALE.money) ?? null;
  const maturity = textOrNull(row, "maturity");
  return {
    day: dayNumber(text(row, "date")),
    type: text(row, "type") as EventType,
    quantityE8: e8("quantity"),
    priceE8: e8("price"),
    amountE8: e8("amount"),
    terms: curveTerms({
      indexer: textOrNull(row, "indexer"),
      rateE8: e8("indexer_rate"),
      maturity: maturity === null ? null : dayNumber(maturity),
    }),
  };
}
