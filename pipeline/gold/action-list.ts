import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lake } from "../../src/lake/lake.ts";
import type { ActionRow, ActionStatus, ActionType } from "../../src/market/actions.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { openEngine } from "../engine.ts";
import type { UploadRecord } from "../ports.ts";
import { createEffective } from "../silver/effective.ts";
import { readManifest, registerFiles } from "./publish.ts";

/** An action of the ledger with the row that says so. */
export interface LedgerAction extends ActionRow {
  /** Clients who hold the instrument at the start of that day, in the published book. */
  readonly holders: number;
  readonly sourceFile: string;
  /** Line of the file, 1 = first line. */
  readonly rowNumber: number;
}

/** The ledger as these uploads make it, the newest action first. */
export async function readLedger(
  lake: Lake,
  uploads: readonly UploadRecord[],
): Promise<readonly LedgerAction[]> {
  const scratchDir = await mkdtemp(join(tmpdir(), "carteira-actions-"));
  const engine = await openEngine(scratchDir);
  try {
    await createEffective(engine, lake, "actions", uploads);
    const published = await readManifest(lake);
    const spans = published?.manifest.tables.position_spans;
    if (spans === undefined) {
      await engine.run(
        "create view spans as select null as client_id, null as instrument_id, null as valid_from, null as valid_to, 0 as quantity where false",
      );
    } else await registerFiles(engine, lake, "spans", spans);
    const rows = await engine.rows(`
      select a.*, coalesce(h.holders, 0) as holders from (
        select instrument_id, cast(date as varchar) as day, type, factor_new, factor_old, status, source,
               cast(cost as varchar) as cost, cast(amount as varchar) as amount, source_file, row_number
        from effective_actions
      ) a left join (
        select e.instrument_id, cast(e.date as varchar) as day, e.type, count(distinct s.client_id) as holders
        from effective_actions e
        join spans s on s.instrument_id = e.instrument_id and s.valid_from < e.date and s.valid_to >= e.date and s.quantity <> 0
        group by all
      ) h using (instrument_id, day, type)
      order by day desc, instrument_id, type`);
    return rows.map(actionOf);
  } finally {
    engine.close();
    await rm(scratchDir, { recursive: true, force: true });
  }
}

function actionOf(row: Readonly<Record<string, unknown>>): LedgerAction {
  const decimal = (name: string): Decimal | null =>
    typeof row[name] === "string" ? Decimal.parse(row[name]) : null;
  const newUnits = row["factor_new"];
  const oldUnits = row["factor_old"];
  return {
    asset: String(row["instrument_id"]),
    date: String(row["day"]),
    // Silver holds only words that the contract knows.
    type: row["type"] as ActionType,
    status: row["status"] as ActionStatus,
    ratio: typeof newUnits === "bigint" && typeof oldUnits === "bigint" ? { newUnits, oldUnits } : null,
    source: String(row["source"]),
    cost: decimal("cost"),
    amount: decimal("amount"),
    holders: Number(row["holders"]),
    sourceFile: String(row["source_file"]),
    rowNumber: Number(row["row_number"]),
  };
}
