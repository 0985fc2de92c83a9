import { readLedger } from "../../../pipeline/gold/action-list.ts";
import type { Announced } from "../../../reports/alerts/watched.ts";
import { GOLD_POINTER } from "../../contracts/gold.ts";
import type { Store } from "../store.ts";

/** The payments of the ledger of corporate actions, read once for each published book: a file changes them, and publishes one. */
export function announcedIncome({
  lake,
  state,
}: Pick<Store, "lake" | "state">): () => Promise<readonly Announced[]> {
  let kept: { readonly key: string; readonly rows: readonly Announced[] } | null = null;
  return async () => {
    const key = (await lake.readPointer(GOLD_POINTER))?.content ?? "";
    if (kept?.key !== key) kept = { key, rows: await read(lake, state) };
    return kept.rows;
  };
}

async function read(lake: Store["lake"], state: Store["state"]): Promise<readonly Announced[]> {
  const ledger = await readLedger(lake, await state.uploads.active());
  return ledger
    .filter(({ type, status }) => type === "provento" && status !== "recusado")
    .map(({ asset, date, amount }) => ({ asset, date, amount }));
}
