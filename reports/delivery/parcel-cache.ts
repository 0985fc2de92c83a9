import { createHash } from "node:crypto";
import type { Asker } from "../../src/access/access.ts";
import type { DeliveryRow } from "../../src/state/index.ts";
import type { Composer, Parcel } from "./ports.ts";

type Composed = Parcel | { readonly skip: string };

/** Parcels that many recipients share, made once. */
export interface ParcelCache {
  compose(composer: Composer, row: DeliveryRow, asker: Asker): Promise<Composed>;
}

/** Scopes of one slot at once; beyond that the one that was used the longest ago is made anew. */
const PARCELS_MAX = 64;
const FILES_BYTES_MAX = 64_000_000;

/** In this process's memory, bounded by number and by the bytes of files. A failure is not kept. */
export function createParcelCache(most: number = PARCELS_MAX): ParcelCache {
  /** In the order of last use. */
  const kept = new Map<string, Promise<Composed>>();
  const bytes = new Map<string, number>();

  function trim(): void {
    const total = () => [...bytes.values()].reduce((sum, one) => sum + one, 0);
    for (const key of kept.keys()) {
      if (kept.size <= most && total() <= FILES_BYTES_MAX) return;
      kept.delete(key);
      bytes.delete(key);
    }
  }

  return {
    async compose(composer, row, asker) {
      const shared = composer.sharedBy(row);
      if (shared === null) return await composer.compose(row, asker);
      const key = keyOf(shared, row, asker);
      const found = kept.get(key);
      const making = found ?? composer.compose(row, asker);
      kept.delete(key);
      kept.set(key, making);
      try {
        const composed = await making;
        if (kept.get(key) === making) bytes.set(key, sizeOf(composed));
        trim();
        return composed;
      } catch (error) {
        if (kept.get(key) === making) kept.delete(key);
        throw error;
      }
    },
  };
}

/** The scope is the list of brokers and nothing else: two people who may see the same get the same. */
function keyOf(shared: string, { kind, slot, language, payload }: DeliveryRow, { brokers }: Asker): string {
  const said = JSON.stringify([kind, shared, slot, language, payload, [...brokers].sort()]);
  return createHash("sha256").update(said).digest("base64");
}

function sizeOf(composed: Composed): number {
  if ("skip" in composed) return 0;
  return (composed.attachments ?? []).reduce((sum, { body }) => sum + body.length, 0);
}
