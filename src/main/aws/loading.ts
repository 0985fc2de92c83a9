import type { PipelineDeps } from "../../../pipeline/lambda/ports.ts";
import { type Logger, reportFailure } from "../../conversation/failure.ts";
import type { WarehouseLoader } from "../../warehouse/loader.ts";
import { WarehouseError } from "../../warehouse/warehouse.ts";

/**
 * Loads runs into Redshift, of which a publication never waits for long: one that is paused, refuses or fails is reported, and Athena
 * answers about the run until a later one is loaded. Rows that could not be deleted go with the next load.
 */
export function loadWhereItCan(loader: WarehouseLoader, logger: Logger): PipelineDeps["loader"] {
  const done = async (event: string, work: Promise<void>): Promise<boolean> => {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error;
      reportFailure(logger, event, error);
      return false;
    }
  };
  return {
    load: (manifest) => done("redshift_not_loaded", loader.load(manifest)),
    async forget(runIds) {
      await done("redshift_not_cleared", loader.forget(runIds));
    },
  };
}
