import type { Engine } from "../../../pipeline/engine.ts";
import type { UploadRecord } from "../../../pipeline/ports.ts";
import { createEffectiveAs } from "../../../pipeline/silver/effective.ts";
import type { Lake } from "../../lake/lake.ts";
import { type ActionRow, classifySplit } from "../../market/actions.ts";
import type { FoundDividend, FoundSplit, SymbolHistory } from "../../market/sources/source.ts";
import { dayNumber } from "../../money/day.ts";

/** A corporate action that a source told of, as it enters the ledger. */
export type FoundAction = ActionRow;

/** Days by which two sources may differ on when a split took effect. */
const SAME_EVENT_DAYS = 5;

/**
 * What the sources told of and the ledger does not have yet, as rows for it. What somebody confirmed, changed or refused before is
 * never brought up again: a split of the same instrument within days is the same event.
 */
export async function newActions(
  engine: Engine,
  lake: Lake,
  request: {
    readonly uploads: readonly UploadRecord[];
    readonly histories: readonly { readonly code: string; readonly history: SymbolHistory }[];
  },
): Promise<readonly FoundAction[]> {
  const { uploads, histories } = request;
  const told = histories.flatMap(({ code, history }) => [
    ...history.splits.flatMap((split) => splitRow(code, split)),
    ...history.dividends.map((dividend) => paymentRow(code, dividend)),
  ]);
  if (told.length === 0) return [];
  const known = await createEffectiveAs(engine, lake, { name: "known_actions", table: "actions", uploads });
  const rows = await engine.rows(
    `select instrument_id, cast(date as varchar) as day, type = 'provento' as is_payment from ${known}`,
  );
  const ledger = Map.groupBy(rows, (row) => String(row["instrument_id"]));
  return told.filter(
    (action) =>
      !(ledger.get(action.asset) ?? []).some((row) => {
        const apart = Math.abs(dayNumber(String(row["day"])) - dayNumber(action.date));
        const payment = action.type === "provento";
        return row["is_payment"] === payment && apart <= (payment ? 0 : SAME_EVENT_DAYS);
      }),
  );
}

const SOURCE = "yahoo";

/** What is no change of units is no action. */
function splitRow(asset: string, { day, newUnits, oldUnits }: FoundSplit): readonly FoundAction[] {
  const ratio = { newUnits, oldUnits };
  const kind = classifySplit(ratio);
  return kind === null
    ? []
    : [{ asset, date: day, ratio, ...kind, source: SOURCE, cost: null, amount: null }];
}

/** A payment a unit by its ex day: what was credited, and when, the client's own files say. */
function paymentRow(asset: string, { day, amount }: FoundDividend): FoundAction {
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
