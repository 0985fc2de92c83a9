import { createHash } from "node:crypto";
import type { ChartPool } from "./pool.ts";

type Draw = ChartPool["draw"];

/** A digest has four or five pictures, and goes out to many within a few minutes. */
const KEPT_MAX = 64;

/**
 * Draws each picture once while it is asked for again and again: a digest that goes to many has the same ones. The last 64 are
 * kept, about 10 MB. What could not be drawn is tried anew.
 */
export function drawOnce(draw: Draw, keptMax: number = KEPT_MAX): Draw {
  /** In the order of last use. */
  const kept = new Map<string, Promise<Uint8Array>>();
  return async (spec, options) => {
    const key = createHash("sha256")
      .update(JSON.stringify([spec, options ?? null]))
      .digest("base64");
    const drawing = kept.get(key) ?? draw(spec, options);
    kept.delete(key);
    kept.set(key, drawing);
    for (const oldest of kept.keys()) {
      if (kept.size <= keptMax) break;
      kept.delete(oldest);
    }
    try {
      return await drawing;
    } catch (error) {
      if (kept.get(key) === drawing) kept.delete(key);
      throw error;
    }
  };
}
