import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { GoldManifest } from "../../src/contracts/gold.ts";
import { openEngine } from "../engine.ts";
import type { UploadRecord } from "../ports.ts";
import { makeSplits } from "./market-tables.ts";
import { createPresent } from "./present-codes.ts";
import { registerFiles } from "./publish.ts";
import { publishClosedQuotes, type SpeedDeps } from "./speed.ts";
import { MACROS } from "./sql.ts";

/**
 * Publishes the closes of a run that another engine has built, together with the live prices that are newer: the same
 * quotes as a build of ours publishes. `actions` are the uploads that tell of corporate actions; what clients' operations tell
 * of splits is read from gold, where the ledger's own are marked. Returns the run of the quotes.
 */
export async function publishRunQuotes(
  deps: SpeedDeps,
  { tables }: GoldManifest,
  actions: readonly UploadRecord[],
): Promise<string> {
  await mkdir(deps.scratchDir, { recursive: true });
  const folder = await mkdtemp(join(deps.scratchDir, "quotes-"));
  const engine = await openEngine(folder);
  try {
    await engine.run(MACROS);
    await registerFiles(engine, deps.lake, "prices", tables.prices_daily);
    await registerFiles(engine, deps.lake, "fx", tables.fx_daily);
    await registerFiles(engine, deps.lake, "indexes", tables.index_daily);
    await registerFiles(engine, deps.lake, "instruments", tables.instruments);
    await registerFiles(engine, deps.lake, "g_operations", tables.operations);
    await createPresent(engine, deps.lake, "actions", actions);
    await engine.run(
      "create or replace view effective_operations as select * from g_operations where origin <> 'ledger'",
    );
    await makeSplits(engine);
    return await publishClosedQuotes(engine, deps);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
