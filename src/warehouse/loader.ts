import type { GoldManifest } from "../contracts/gold.ts";

/** Brings published runs into an engine that keeps their rows itself. Both can be repeated, also by several at once. */
export interface WarehouseLoader {
  /** All tables of a run; whoever asks for the run before this ends finds none of it. Throws WarehouseError. */
  load(manifest: GoldManifest): Promise<void>;
  /** Deletes the rows of runs that nobody asks for any more. Throws WarehouseError. */
  forget(runIds: readonly string[]): Promise<void>;
}
