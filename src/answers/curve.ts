import { allBankDays } from "../market/calendar.ts";
import { BESIDE_CURVE_CLASSES } from "../market/classes.ts";
import { dayNumber, dayOf } from "../money/day.ts";
import { Decimal, divRound, pow10, sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { curveTerms } from "../portfolio/curve.ts";
import { CurveBook } from "../portfolio/curve-book.ts";
import {
  accruedTo,
  type CurveLot,
  type CurveOperation,
  CurvePosition,
  knownThrough,
  moneyOf,
} from "../portfolio/curve-position.ts";
import type { EventType } from "../portfolio/event.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { CurveExplanation, CurveLotData, HoldingData } from "./answer.ts";
import { type AnswerContext, dayParam, textParam } from "./context.ts";
import type { Position } from "./positions.ts";
import { decimalOrNull, text, textOrNull } from "./rows.ts";

const FACTOR_SCALE = 16;

const BESIDE: ReadonlySet<string> = new Set(BESIDE_CURVE_CLASSES);

/** Whether a position is valued at the market and has a curve to show beside it, if its operations state terms. */
function mayHaveCurveBeside(position: Position): boolean {
  return BESIDE.has(position.class) && position.quantity.sign() > 0;
}

/**
 * The curve of a position: each purchase as far as it is still held, with its terms and factor. Worked out again from the operations
 * (rows of `fold_events`) and the index. It is the price of a deposit, and stands beside the market's of a bond; null for
 * everything else, and where a bond's terms do not tell all of what is held.
 */
export async function explainCurve(
  context: AnswerContext,
  position: Position,
  rows: readonly Row[],
): Promise<CurveExplanation | null> {
  const isPrice = position.priceKind === "curve" && position.priceDate !== null;
  if (!isPrice && !mayHaveCurveBeside(position)) return null;
  const book = await readCurveBook(context);
  const followed = new CurvePosition((terms) => book.seriesOf(terms));
  const operations = rows.filter((row) => text(row, "instrument_id") === position.asset).map(operationOf);
  for (const day of Map.groupBy(operations, (operation) => operation.day).values()) followed.takeDay(day);
  const asOf = context.asOf ?? context.today;
  const day = dayNumber(position.validFrom > asOf ? position.validFrom : asOf);
  const lots = followed.lots.flatMap((lot) => lotOf(lot, day, book) ?? []);
  if (isPrice) return { lots, through: position.priceDate ?? asOf };
  const whole = followed.known && followed.quantityE8 === position.quantity.unitsAt(SCALE.quantity);
  if (!whole || lots.length < followed.lots.length) return null;
  const throughs = followed.lots.map(({ terms, day: since }) =>
    Math.max(knownThrough(book.seriesOf(terms), terms, day), since),
  );
  return { lots, through: dayOf(Math.min(...throughs)) };
}

/** What the curve of a bond makes of it, gross, beside its market value; undefined where there is none to show. */
export async function curveBeside(
  context: AnswerContext,
  position: Position,
  client: string,
): Promise<HoldingData["curve"]> {
  if (!mayHaveCurveBeside(position)) return undefined;
  const day = context.past ? context.today : "9999-12-31";
  const rows = await context.run(CATALOGUE.foldEvents, { client: textParam(client), day: dayParam(day) });
  const curve = await explainCurve(context, position, rows);
  return curve === null
    ? undefined
    : { value: sum(curve.lots.map(({ value }) => value)), through: curve.through };
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
