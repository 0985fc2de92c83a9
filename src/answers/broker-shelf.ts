import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Snapshot, Warehouse } from "../warehouse/warehouse.ts";
import { text } from "./rows.ts";

/**
 * The brokers that the published clients have, read once for each version: every turn of a talk asks whether somebody is
 * one, before anything else, which in a service of AWS takes longer than the question.
 */
export class BrokerShelf {
  readonly #warehouse: Warehouse;
  #kept: { readonly runId: string; readonly read: Promise<readonly string[]> } | null = null;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  async of(snapshot: Snapshot): Promise<readonly string[]> {
    if (this.#kept?.runId !== snapshot.runId)
      this.#kept = { runId: snapshot.runId, read: this.#read(snapshot) };
    const kept = this.#kept;
    try {
      return await kept.read;
    } catch (error) {
      if (this.#kept === kept) this.#kept = null;
      throw error;
    }
  }

  async #read(snapshot: Snapshot): Promise<readonly string[]> {
    const rows = await this.#warehouse.run(snapshot, CATALOGUE.brokers, {});
    return rows.map((row) => text(row, "broker_id"));
  }
}
