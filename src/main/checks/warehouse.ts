import type { Config } from "../../config.ts";
import type { Lake } from "../../lake/lake.ts";
import { EVERY_TABLE } from "../../warehouse/every-table.ts";
import { type Warehouse, WarehouseError } from "../../warehouse/warehouse.ts";
import { openAthena, openRedshift } from "../warehouse.ts";
import type { Words } from "../words/words.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/**
 * Whether the engines of AWS let us in and have the tables of what is published; nothing where there are none. Athena
 * answers for Redshift, so that the latter's trouble is worth knowing and no more.
 */
export async function checkWarehouse(config: Config, lake: Lake, words: Words): Promise<readonly Check[]> {
  const { warehouse } = config;
  if (warehouse === null) return [];
  const { athena, redshift } = warehouse;
  const place = `${athena.workgroup}, ${athena.database}`;
  const fault = await faultOf(await openAthena(warehouse, lake));
  const checks = [
    fault === null
      ? ok(words.doctor.engine("Athena", place))
      : broken(words.engineAway[fault]("Athena", place)),
  ];
  const opened = await openRedshift(config, lake);
  if (opened === null || redshift === null) return checks;
  return [
    ...checks,
    redshiftCheck(await faultOf(opened), `${redshift.workgroup}, ${redshift.database}`, words),
  ];
}

function redshiftCheck(fault: WarehouseError["code"] | null, place: string, words: Words): Check {
  return fault === null
    ? ok(words.doctor.engine("Redshift", place))
    : warning(`${words.engineAway[fault]("Redshift", place)} ${words.doctor.engineReplaced}`);
}

/** What asking for all tables of the published run fails with; null where it does not. */
async function faultOf(engine: Warehouse): Promise<WarehouseError["code"] | null> {
  try {
    const snapshot = await engine.current();
    if (snapshot !== null) await engine.run(snapshot, EVERY_TABLE, {});
    return null;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return error.code;
  } finally {
    await engine.close();
  }
}
