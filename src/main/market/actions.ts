import { type ActionRow, classifySplit } from "../../market/actions.ts";
import type { FoundDividend, FoundSplit, SymbolHistory } from "../../market/sources/source.ts";

const SOURCE = "yahoo";

/** What the sources told of, as rows of the ledger of corporate actions: splits as what they most likely are, and payments. */
export function toldActions(
  histories: readonly { readonly code: string; readonly history: SymbolHistory }[],
): readonly ActionRow[] {
  return histories.flatMap(({ code, history }) => [
    ...history.splits.flatMap((split) => splitRow(code, split)),
    ...history.dividends.map((dividend) => paymentRow(code, dividend)),
  ]);
}

/** What is no change of units is no action. */
function splitRow(asset: string, { day, newUnits, oldUnits }: FoundSplit): readonly ActionRow[] {
  const ratio = { newUnits, oldUnits };
  const kind = classifySplit(ratio);
  return kind === null
    ? []
    : [{ asset, date: day, ratio, ...kind, source: SOURCE, cost: null, amount: null }];
}

/** A payment a unit by its ex day: what was credited, and when, the client's own files say. */
function paymentRow(asset: string, { day, amount }: FoundDividend): ActionRow {
  return {
    asset,
    date: day,
    type: "provento",
    ratio: null,
    status: "confirmado",
    source: SOURCE,
    cost: null,
    amount,
  };
}
