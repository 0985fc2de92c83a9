import { layerOf } from "./layers.ts";
import {
  type CatalogueQuery,
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "./warehouse.ts";

/** How long an engine that did not answer in time, or let nobody in, is left alone: not every question is to wait for it. */
const AWAY_MS = 60_000;

interface Engines {
  /** Answers all that is not for the other, and what the other could not. */
  readonly speed: Warehouse;
  readonly batch: Warehouse;
  /** Told of each query that the other engine had to take over. */
  onAway(query: string, error: WarehouseError): void;
  readonly now?: () => number;
}

/**
 * Two engines as one. Both have every table of the same runs, so that a question of which one engine cannot be asked is
 * answered by the other, to the digit: a broker waits a little longer and hears no excuse. Which version is read is decided once,
 * by whoever asks for the snapshot, and both queries of an answer carry it.
 */
export function routeQueries({ speed, batch, onAway, now = Date.now }: Engines): Warehouse {
  let awayUntil = 0;
  const viaBatch = async (ask: (engine: Warehouse) => Promise<readonly Row[]>, query: string) => {
    if (now() < awayUntil) return await ask(speed);
    try {
      return await ask(batch);
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error;
      // One query that fails says nothing of the others, and whether a run is there is quickly told.
      if (error.code === "timeout" || error.code === "refused") awayUntil = now() + AWAY_MS;
      onAway(query, error);
      return await ask(speed);
    }
  };
  return {
    current: () => speed.current(),
    async run(snapshot: Snapshot, query: CatalogueQuery, params: Readonly<Record<string, Param>>) {
      const ask = (engine: Warehouse) => engine.run(snapshot, query, params);
      return layerOf(query) === "batch" ? await viaBatch(ask, query.name) : await ask(speed);
    },
    async close() {
      await Promise.all([speed.close(), batch.close()]);
    },
  };
}
