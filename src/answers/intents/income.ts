import { Decimal, sum } from "../../money/decimal.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import type { IncomeData } from "../answer.ts";
import { dayParam, type Intent, textParam } from "../context.ts";
import { basisOfOperations } from "../freshness.ts";
import { dayInfo, daysOf } from "../period.ts";
import { count, decimalOrNull, text, textOrNull } from "../rows.ts";
import { clientOf } from "./required.ts";

/** What a client received in a period, net and in base currency (docs/money.md, rule 14). */
export const income: Intent = async (context) => {
  const { question } = context;
  const period = daysOf(context);
  const rows = await context.run(CATALOGUE.income, {
    client: textParam(clientOf(question)),
    asset: textParam(question.asset ?? ""),
    from: dayParam(period.from),
    to: dayParam(period.to),
  });
  const first = rows[0];
  if (first === undefined) return null;
  const received = rows.filter((row) => row["instrument_id"] !== null);
  const starts = received.map((row) => text(row, "first_date")).toSorted();
  const unknown = received.some((row) => count(row, "unknown") > 0);
  const data: IncomeData = {
    client: text(first, "client_id"),
    clientName: text(first, "client_name"),
    baseCurrency: text(first, "client_base"),
    period: dayInfo(period, starts[0] ?? null),
    total: unknown ? null : sum(received.map(totalOf)),
    byAsset: groupsOf(received, (row) => `${text(row, "instrument_id")}\n${text(row, "type")}`)
      .map(({ rows: members, total }) => ({
        asset: textOf(members, "instrument_id"),
        type: textOf(members, "type"),
        total,
      }))
      .toSorted((left, right) => right.total.compare(left.total) || (left.asset < right.asset ? -1 : 1)),
    byMonth: groupsOf(received, (row) => text(row, "paid_in"))
      .map(({ key, total }) => ({ month: key, total }))
      .toSorted((left, right) => (left.month < right.month ? -1 : 1)),
  };
  return { result: { intent: "income", data }, basis: basisOfOperations(period.to) };
};

function totalOf(row: Row): Decimal {
  return decimalOrNull(row, "total") ?? Decimal.ZERO;
}

function textOf(rows: readonly Row[], name: string): string {
  return rows.map((row) => textOrNull(row, name) ?? "")[0] ?? "";
}

function groupsOf(rows: readonly Row[], keyOf: (row: Row) => string) {
  return [...Map.groupBy(rows, keyOf)].map(([key, members]) => ({
    key,
    rows: members,
    total: sum(members.map(totalOf)),
  }));
}
