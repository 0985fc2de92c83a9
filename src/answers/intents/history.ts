import { CATALOGUE } from "../../warehouse/catalogue.ts";
import { countParam, dayParam, type Intent, textParam } from "../context.ts";
import { basisOfOperations } from "../freshness.ts";
import { dayInfo, daysOf } from "../period.ts";
import { count, decimal, decimalOrNull, text, textOrNull } from "../rows.ts";
import { clientOf } from "./required.ts";

const LISTED = 20;

/** A client's operations in a period, newest first. */
export const history: Intent = async (context) => {
  const { question } = context;
  const period = daysOf(context);
  const rows = await context.run(CATALOGUE.operations, {
    client: textParam(clientOf(question)),
    asset: textParam(question.asset ?? ""),
    from: dayParam(period.from),
    to: dayParam(period.to),
    limit: countParam(question.limit ?? LISTED),
  });
  const first = rows[0];
  if (first === undefined) return null;
  const listed = rows.filter((row) => row["date"] !== null);
  const operations = listed.map((row) => ({
    date: text(row, "date"),
    type: text(row, "type"),
    asset: textOrNull(row, "instrument_id"),
    quantity: decimalOrNull(row, "quantity"),
    price: decimalOrNull(row, "price"),
    amount: decimalOrNull(row, "amount"),
    fees: decimal(row, "fees"),
    currency: text(row, "currency"),
  }));
  const all = listed[0] === undefined ? 0 : count(listed[0], "operations");
  return {
    result: {
      intent: "history",
      data: {
        client: text(first, "client_id"),
        clientName: text(first, "client_name"),
        asset: question.asset,
        period: dayInfo(period, textOrNull(first, "first_date")),
        operations,
        more: all - operations.length,
      },
    },
    basis: basisOfOperations(period.to),
  };
};
