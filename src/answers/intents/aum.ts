import { Decimal } from "../../money/decimal.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import type { AumData } from "../answer.ts";
import { allocationOfBook, CURRENCY } from "../book-totals.ts";
import { countParam, type Intent } from "../context.ts";
import { basisOfBook } from "../freshness.ts";
import { dayPercent } from "../positions.ts";
import { count, decimalOrNull, text } from "../rows.ts";

const LARGEST = 5;

/** What all of the asker's portfolios are worth together, in BRL. */
export const aum: Intent = async (context) => {
  const [rows, instruments] = await Promise.all([
    context.value(
      { now: CATALOGUE.bookClientsByValue, at: CATALOGUE.bookClientsByValueAt },
      { limit: countParam(context.question.limit ?? LARGEST) },
    ),
    context.value({ now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt }, {}),
  ]);
  const first = rows[0];
  const amount = (name: string): Decimal | null => (first === undefined ? null : decimalOrNull(first, name));
  const change = amount("day_change_brl");
  const previous = amount("previous_brl");
  const flow = amount("flow_brl");
  const data: AumData = {
    value: first === undefined ? Decimal.ZERO : amount("total_brl"),
    currency: CURRENCY,
    clients: first === undefined ? 0 : count(first, "clients"),
    dayChange: change,
    dayChangePercent:
      change === null || previous === null || flow === null ? null : dayPercent({ change, previous, flow }),
    allocation: allocationOfBook(instruments),
    largest: rows.flatMap((row) => {
      const value = decimalOrNull(row, "value_brl");
      return value === null ? [] : [{ client: text(row, "client_id"), name: text(row, "name"), value }];
    }),
  };
  return { result: { intent: "aum", data }, basis: basisOfBook(instruments, context) };
};
