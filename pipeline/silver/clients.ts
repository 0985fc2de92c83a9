import type { Lake } from "../../src/lake/lake.ts";
import { type Engine, quote } from "../engine.ts";
import type { UploadRecord } from "../ports.ts";
import { createEffectiveAs } from "./effective.ts";

const TABLE = "allowed_clients";

/**
 * Makes the table of the clients (`client_id`) that somebody may load for, and returns its name. A client of
 * another broker is as unknown as one that does not exist.
 */
export async function allowClients(
  engine: Engine,
  lake: Lake,
  active: readonly UploadRecord[],
  brokers: readonly string[] | "all",
): Promise<string> {
  const clients = await createEffectiveAs(engine, lake, {
    name: "known_clients",
    table: "clients",
    uploads: active,
  });
  const list = brokers === "all" ? "" : brokers.map(quote).join(", ");
  const mine = brokers === "all" ? "true" : list === "" ? "false" : `broker_id in (${list})`;
  await engine.run(
    `create or replace temp table ${TABLE} as select distinct client_id from ${clients} where ${mine}`,
  );
  return TABLE;
}
