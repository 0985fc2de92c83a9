import { isSession, previousSession } from "../market/calendar.ts";
import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { dayReturn, linkIndex } from "../portfolio/returns.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import { type AnswerContext, dayParam, textParam } from "./context.ts";
import { newest } from "./freshness.ts";
import { type ClientBook, totalValue } from "./positions.ts";
import { decimal, flag, text, textOrNull } from "./rows.ts";

/** One session of a client: a row of portfolio_daily, amounts in base currency. */
export interface Session {
  readonly date: IsoDay;
  readonly value: Decimal;
  readonly flow: Decimal;
  readonly income: Decimal;
  readonly fees: Decimal;
  readonly priceGain: Decimal;
  readonly currencyGain: Decimal;
  readonly index: Decimal;
  /** Whether the session began without capital, so that it has no return. */
  readonly skipped: boolean;
}

export interface History {
  /** First session with a position; null for a client without history. */
  readonly firstDate: IsoDay | null;
  readonly controlsCash: boolean;
  readonly sessions: readonly Session[];
}

/** A client's sessions from one day to another, both included. The client must be known to be the asker's. */
export async function readHistory(
  context: AnswerContext,
  client: string,
  range: { readonly from: IsoDay; readonly to: IsoDay },
): Promise<History> {
  const rows = await context.run(CATALOGUE.clientDays, {
    client: textParam(client),
    from: dayParam(range.from),
    to: dayParam(range.to),
  });
  const first = rows[0];
  return {
    firstDate: first === undefined ? null : textOrNull(first, "first_date"),
    controlsCash: first !== undefined && flag(first, "controls_cash"),
    sessions: rows
      .filter((row) => row["date"] !== null)
      .map((row) => ({
        date: text(row, "date"),
        value: decimal(row, "value"),
        flow: decimal(row, "flow"),
        income: decimal(row, "income"),
        fees: decimal(row, "fees"),
        priceGain: decimal(row, "price_gain"),
        currencyGain: decimal(row, "currency_gain"),
        index: decimal(row, "twr_index"),
        skipped: flag(row, "skipped"),
      })),
  };
}

/**
 * The session that is running: quotes are newer than the history's last close, and no operation has come since,
 * whose flow would not be known yet. Null where the history's last session is also the quotes'.
 */
export function liveSession(book: ClientBook, context: AnswerContext): IsoDay | null {
  const { asOf, past, today } = context;
  if (past || asOf === null) return null;
  const day = newest(
    book.positions.map(({ moves, priceKind, priceDate }) =>
      moves && priceKind === "quote" ? priceDate : null,
    ),
  );
  if (day === null || day <= asOf || day > today || !isSession(day)) return null;
  return book.positions.some(({ validFrom }) => validFrom > asOf) ? null : day;
}

/** Links the running session to a history that ends with the last close (docs/money.md, rules 7 and 10). */
export function withLiveSession(history: History, book: ClientBook, live: IsoDay): History {
  const last = history.sessions.at(-1);
  const value = totalValue(book.positions);
  if (last === undefined || value === null || last.date !== previousSession(live)) return history;
  const r = dayReturn({
    previousE8: last.value.unitsAt(SCALE.money),
    endE8: value.unitsAt(SCALE.money),
    flowE8: 0n,
    incomeE8: 0n,
  });
  const indexE12 = last.index.unitsAt(SCALE.return);
  const priceGain = livePriceGain(book);
  const session: Session = {
    date: live,
    value,
    flow: Decimal.ZERO,
    income: Decimal.ZERO,
    fees: Decimal.ZERO,
    priceGain,
    currencyGain: value.minus(last.value).minus(priceGain),
    index: r === null ? last.index : new Decimal(linkIndex(indexE12, r), SCALE.return),
    skipped: r === null,
  };
  return { ...history, sessions: [...history.sessions, session] };
}

/** The price effect in each currency at its opening rate; what is left of the gain is the currency's. */
function livePriceGain(book: ClientBook): Decimal {
  return book.positions.reduce((total, { moves, value, previousValue, rateBefore }) => {
    if (!moves || value === null || previousValue === null || rateBefore === null) return total;
    return total.plus(value.minus(previousValue).times(rateBefore).round(SCALE.money));
  }, Decimal.ZERO);
}
