import { AthenaClient } from "@aws-sdk/client-athena";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { openAthenaWarehouse } from "../../../src/warehouse/athena.ts";
import { serveAthena } from "../../../src/warehouse/athena-service.testing.ts";
import type { AwsService } from "../../../src/warehouse/aws-service.testing.ts";
import type { GoldStore } from "../../../src/warehouse/manifests.ts";
import { openRedshiftWarehouse } from "../../../src/warehouse/redshift.ts";
import { serveRedshift } from "../../../src/warehouse/redshift-service.testing.ts";
import type { Warehouse } from "../../../src/warehouse/warehouse.ts";
import type { LoadedGold } from "./published-rows.testing.ts";

/** Services that speak as those of AWS do, and run what they are told on another engine. */

export const SERVICE_TIMEOUT_MS = 60_000;

export interface ServiceEngine {
  readonly service: AwsService;
  /** The warehouse over it, through the SDK's own client. */
  open(store: GoldStore): Promise<Warehouse>;
}

export const SERVICES = {
  async athena({ engine, schema }: LoadedGold): Promise<ServiceEngine> {
    const service = await serveAthena(engine);
    return {
      service,
      open: async (store) =>
        openAthenaWarehouse(store, {
          client: new AthenaClient(service.connection),
          workgroup: "carteira",
          database: schema,
          reuseMinutes: 60,
          timeoutMs: SERVICE_TIMEOUT_MS,
        }),
    };
  },
  async redshift({ engine, schema }: LoadedGold): Promise<ServiceEngine> {
    const service = await serveRedshift(engine);
    return {
      service,
      open: async (store) =>
        openRedshiftWarehouse(store, {
          client: new RedshiftDataClient(service.connection),
          place: { workgroup: "carteira", database: "carteira" },
          schema,
          timeoutMs: SERVICE_TIMEOUT_MS,
        }),
    };
  },
} as const;
