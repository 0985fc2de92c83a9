import { Decimal, sum } from "../../money/decimal.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import type { HoldersData } from "../answer.ts";
import { type Intent, textParam } from "../context.ts";
import { basisOfPrice, newest } from "../freshness.ts";
import { percentOf } from "../percent.ts";
import { pricedOf } from "../positions.ts";
import { readQuote } from "../quoted.ts";
import { decimal, decimalOrNull, text } from "../rows.ts";
import { assetOf } from "./required.ts";

/** Which of the asker's clients hold an asset, the largest first. */
export const holders: Intent = async (context) => {
  const asset = assetOf(context.question);
  const [rows, quoted] = await Promise.all([
    context.value({ now: CATALOGUE.holders, at: CATALOGUE.holdersAt }, { asset: textParam(asset) }),
    readQuote(context, asset),
  ]);
  if (quoted === null) return null;
  const held = rows.map((row) => {
    const valueBase = decimalOrNull(row, "value_base");
    const gross = decimalOrNull(row, "gross_base");
    return {
      client: text(row, "client_id"),
      name: text(row, "client_name"),
      quantity: decimal(row, "quantity"),
      value: decimalOrNull(row, "value"),
      weightPercent: valueBase === null || gross === null ? null : percentOf(valueBase, gross),
    };
  });
  const values = held.flatMap(({ value }) => (value === null ? [] : [value]));
  const listed = context.question.limit === null ? held : held.slice(0, context.question.limit);
  const data: HoldersData = {
    asset,
    name: quoted.name,
    currency: quoted.currency,
    holders: listed,
    more: held.length - listed.length,
    totalQuantity: held.reduce((total, { quantity }) => total.plus(quantity), Decimal.ZERO),
    totalValue: values.length === 0 && held.length > 0 ? null : sum(values),
    unpriced: held.length - values.length,
  };
  const bases = rows.map((row) => basisOfPrice(pricedOf(row, asset), context));
  // One price serves all, but for deposits, which are worth what each holder's own terms make of them.
  const first = bases.find(({ stale }) => stale.length > 0) ?? bases[0] ?? basisOfPrice(quoted, context);
  return {
    result: { intent: "holders", data },
    basis: { ...first, asOf: newest(bases.map(({ asOf }) => asOf)) ?? first.asOf },
  };
};
