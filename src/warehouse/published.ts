import { GOLD_POINTER, QUOTES_POINTER } from "../contracts/gold.ts";
import { type GoldStore, readGoldManifest } from "./manifests.ts";
import type { Snapshot } from "./warehouse.ts";

/** The version that the lake's pointers name, for engines that do not read the lake's files themselves. */
export class Published {
  readonly #store: GoldStore;
  /** The last one read: a manifest never changes. */
  #known: Pick<Snapshot, "runId" | "asOf" | "demo"> | null = null;

  constructor(store: GoldStore) {
    this.#store = store;
  }

  /** Null before the first run. Throws WarehouseError where the pointer names what cannot be read. */
  async current(): Promise<Snapshot | null> {
    const [gold, quotes] = await Promise.all([
      this.#store.readPointer(GOLD_POINTER),
      this.#store.readPointer(QUOTES_POINTER),
    ]);
    if (gold === null) return null;
    const known = await this.#manifestOf(gold.content.trim());
    return { ...known, quotesRunId: quotes?.content.trim() ?? null };
  }

  async #manifestOf(runId: string): Promise<Pick<Snapshot, "runId" | "asOf" | "demo">> {
    if (this.#known?.runId === runId) return this.#known;
    const { asOf, demo } = await readGoldManifest(this.#store, runId);
    this.#known = { runId, asOf, demo };
    return this.#known;
  }
}
