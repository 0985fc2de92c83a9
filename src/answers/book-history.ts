import { isSession, previousSession } from "../market/calendar.ts";
import type { IsoDay } from "../money/day.ts";
import { Decimal, sum } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { dayReturn, linkIndex, ONE_E12 } from "../portfolio/returns.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import { type AnswerContext, dayParam } from "./context.ts";
import { newest } from "./freshness.ts";
import type { History, Session } from "./history.ts";
import { decimal, decimalOrNull, text, textOrNull } from "./rows.ts";

/**
 * The sessions of a whole book as if it were one portfolio in BRL (docs/money.md, rule 17): the values, flows and income of all its
 * clients are added up by base currency, times the rate of that day, and each session's return is worked out of the sums by
 * rule 7: r = (V + max(-F, 0) + income) / (V_previous + max(F, 0)) - 1. It is what GIPS calls the aggregate
 * method for composites. A base currency without a rate on some session is left out of all of them, as it is of the total.
 *
 * @param from the base of the longest period: its index is 1, whatever happened on that day.
 */
export async function readBookHistory(
  context: AnswerContext,
  range: { readonly from: IsoDay; readonly to: IsoDay },
): Promise<History> {
  const rows = await context.run(CATALOGUE.bookDays, { from: dayParam(range.from), to: dayParam(range.to) });
  return bookHistoryOf(rows, range.from);
}

function bookHistoryOf(rows: readonly Row[], from: IsoDay): History {
  const unrated = new Set(
    rows.filter((row) => row["rate_brl"] === null).map((row) => text(row, "base_currency")),
  );
  const days = Map.groupBy(
    rows.filter((row) => !unrated.has(text(row, "base_currency"))),
    (row) => text(row, "date"),
  );
  let previousE8 = 0n;
  let indexE12 = ONE_E12;
  const sessions: Session[] = [];
  for (const [date, members] of days) {
    const amount = (name: string): Decimal => sum(members.map((row) => inBrl(row, name)));
    const day = { value: amount("value"), flow: amount("flow"), income: amount("income") };
    const r =
      date === from
        ? 0n
        : dayReturn({
            previousE8,
            endE8: day.value.unitsAt(SCALE.money),
            flowE8: day.flow.unitsAt(SCALE.money),
            incomeE8: day.income.unitsAt(SCALE.money),
          });
    if (r !== null) indexE12 = linkIndex(indexE12, r);
    sessions.push(sessionOf(date, day, { indexE12, skipped: r === null }));
    previousE8 = day.value.unitsAt(SCALE.money);
  }
  return { firstDate: sessions[0]?.date ?? null, controlsCash: false, sessions };
}

function sessionOf(
  date: IsoDay,
  amounts: Pick<Session, "value" | "flow" | "income">,
  { indexE12, skipped }: { readonly indexE12: bigint; readonly skipped: boolean },
): Session {
  const none = { fees: Decimal.ZERO, priceGain: Decimal.ZERO, currencyGain: Decimal.ZERO };
  return { date, ...amounts, ...none, index: new Decimal(indexE12, SCALE.return), skipped };
}

function inBrl(row: Row, name: string): Decimal {
  return decimal(row, name).round(SCALE.money).times(decimal(row, "rate_brl")).round(SCALE.money);
}

/**
 * The session that is running, as for one client: quotes are newer than the last close, and no operation of anybody's has come
 * since, whose flow would not be known yet. Null where there is none, or where it is not before `before`.
 *
 * @param rows of the query `book_instruments`.
 */
export function liveSessionOfBook(
  rows: readonly Row[],
  { asOf, past, today }: AnswerContext,
  before: IsoDay | null,
): IsoDay | null {
  if (past || asOf === null) return null;
  const day = newest(
    rows.map((row) => {
      const priced = textOrNull(row, "price_date");
      const moves = text(row, "price_kind") === "quote" && decimalOrNull(row, "day_change") !== null;
      return moves && priced !== null && priced >= (textOrNull(row, "market_newest") ?? priced)
        ? priced
        : null;
    }),
  );
  if (day === null || day <= asOf || day > today || !isSession(day)) return null;
  if (before !== null && day >= before) return null;
  return rows.some((row) => text(row, "changed_on") > asOf) ? null : day;
}

/** Links the running session, worth `value` by now, to a history that ends with the last close. */
export function withLiveSessionOfBook(history: History, value: Decimal | null, live: IsoDay): History {
  const last = history.sessions.at(-1);
  if (last === undefined || value === null || last.date !== previousSession(live)) return history;
  const r = dayReturn({
    previousE8: last.value.unitsAt(SCALE.money),
    endE8: value.unitsAt(SCALE.money),
    flowE8: 0n,
    incomeE8: 0n,
  });
  const indexE12 = last.index.unitsAt(SCALE.return);
  const amounts = { value, flow: Decimal.ZERO, income: Decimal.ZERO };
  const linked = { indexE12: r === null ? indexE12 : linkIndex(indexE12, r), skipped: r === null };
  return { ...history, sessions: [...history.sessions, sessionOf(live, amounts, linked)] };
}
