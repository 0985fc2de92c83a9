import { readFile } from "node:fs/promises";
import { GOLD_TABLES, type GoldManifest, type QuotesManifest } from "../contracts/gold.ts";
import { WarehouseError } from "./warehouse.ts";

/** What the warehouse needs of the lake: pointers, and a local path to read an object from. */
export interface GoldStore {
  readPointer(key: string): Promise<{ readonly content: string } | null>;
  /** A local path to read the object from. Rejects where there is no such object. */
  stage(key: string): Promise<string>;
}

export async function readGoldManifest(store: GoldStore, runId: string): Promise<GoldManifest> {
  const manifest = (await readJson(store, `gold/manifests/${runId}.json`)) as GoldManifest;
  const tables = manifest.tables ?? {};
  const absent = Object.keys(GOLD_TABLES).find(
    (name) => !Array.isArray((tables as Record<string, unknown>)[name]),
  );
  if (manifest.version !== 1 || absent !== undefined) {
    throw new WarehouseError(
      "failed",
      `gold run ${runId} has another format: load a file again to build a new run`,
    );
  }
  return manifest;
}

export async function readQuotesManifest(store: GoldStore, runId: string): Promise<QuotesManifest> {
  const manifest = (await readJson(store, `speed/manifests/${runId}.json`)) as QuotesManifest;
  if (manifest.version !== 1 || typeof manifest.file?.key !== "string") {
    throw new WarehouseError("failed", `quotes run ${runId} has another format: refresh the prices`);
  }
  return manifest;
}

async function readJson(store: GoldStore, key: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(await store.stage(key), "utf8"));
  } catch (error) {
    throw new WarehouseError("failed", `cannot read ${key}, which the published pointer names`, error);
  }
}
