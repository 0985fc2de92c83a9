import { SILVER_TABLES, type SilverTableName } from "../../src/contracts/silver.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { RENAMED_CODES } from "../../src/market/ticker-changes.ts";
import { type Engine, identifier, quote } from "../engine.ts";
import type { UploadRecord } from "../ports.ts";
import { createEffectiveAs } from "../silver/effective.ts";

/**
 * Silver keeps the code that a file states, so that its rows stay recognisable for ever; gold goes by the codes of
 * today. Resolving them here makes one position of what was loaded under VVAR3 and BHIA3, whenever that was.
 */

/** Makes the view `effective_<table>` of the rows that count, under the codes of today. */
export async function createPresent(
  engine: Engine,
  lake: Lake,
  table: SilverTableName,
  uploads: readonly UploadRecord[],
): Promise<void> {
  const stated = await createEffectiveAs(engine, lake, { name: `stated_${table}`, table, uploads });
  const replaced = SILVER_TABLES[table].columns.flatMap(({ name }) => {
    if (name === "instrument_id" || name === "to_instrument_id") return [`${renamed(name)} as ${name}`];
    return name === "yahoo_symbol" ? [`${renamed(name, ".SA")} as ${name}`] : [];
  });
  const columns = replaced.length === 0 ? "*" : `* replace (${replaced.join(", ")})`;
  await engine.run(
    `create or replace temp view ${identifier(`effective_${table}`)} as
     select ${columns} from ${identifier(stated)} s ${table === "instruments" ? ONE_A_CODE : ""}`,
  );
}

/** An instrument may be registered under a former code, too: the row of the present one counts. */
const ONE_A_CODE = `qualify row_number() over (partition by ${renamed("s.instrument_id")}
  order by s.instrument_id <> ${renamed("s.instrument_id")}, s.instrument_id, s.row_hash) = 1`;

function renamed(column: string, suffix = ""): string {
  const cases = [...RENAMED_CODES].map(
    ([old, now]) => `when ${quote(old + suffix)} then ${quote(now + suffix)}`,
  );
  return `case ${column} ${cases.join(" ")} else ${column} end`;
}
