import { createAnswers } from "../../answers/answers.ts";
import type { Lake } from "../../lake/lake.ts";
import { DEFAULT_HOURS } from "../../market/hours.ts";
import { WarehouseError } from "../../warehouse/warehouse.ts";
import type { Shell } from "../shell.ts";
import { openWarehouse } from "../warehouse.ts";
import { type Check, warning } from "./check.ts";

/**
 * How many warnings a person has yet to look at; null where there is none. Files that are there but cannot be read
 * are told as such: which one, only a deep look knows.
 */
export async function checkFindings(lake: Lake, shell: Shell): Promise<Check | null> {
  const { words, io } = shell;
  const warehouse = await openWarehouse(shell, lake);
  try {
    const answers = createAnswers({ warehouse, now: io.now, hours: DEFAULT_HOURS });
    const found = await answers.findings(await answers.brokers(), null);
    const count = (found?.findings ?? []).filter(({ severity }) => severity === "warning").length;
    return count === 0 ? null : warning(words.doctor.toCheck(count));
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return warning(words.doctor.toCheckUnread);
  } finally {
    await warehouse.close();
  }
}
