import { type GoldStore, readQuotesManifest } from "./manifests.ts";
import type { RedshiftLoads } from "./redshift-load.ts";
import {
  type CatalogueQuery,
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "./warehouse.ts";

/** Runs that are known to be there; beyond these the oldest is looked up again. */
const KNOWN_MAX = 100;

/**
 * Redshift, asked for nothing but what it holds: of a run that is not loaded it would find no rows, and an answer would say
 * that there is no such client. Quotes, of which there is a run each minute, are brought when the first query wants them,
 * since a workgroup that gets them every minute never sleeps.
 */
export class ReadyRedshift implements Warehouse {
  readonly #redshift: Warehouse;
  readonly #store: GoldStore;
  readonly #loads: Pick<RedshiftLoads, "has" | "loadQuotes">;
  /** Runs on their way, or there. */
  readonly #known = new Map<string, Promise<void>>();

  constructor(redshift: Warehouse, store: GoldStore, loads: Pick<RedshiftLoads, "has" | "loadQuotes">) {
    this.#redshift = redshift;
    this.#store = store;
    this.#loads = loads;
  }

  current(): Promise<Snapshot | null> {
    return this.#redshift.current();
  }

  async run(
    snapshot: Snapshot,
    query: CatalogueQuery,
    params: Readonly<Record<string, Param>>,
  ): Promise<readonly Row[]> {
    const { runId, quotesRunId } = snapshot;
    await this.#once(runId, () => this.#mustBeLoaded(runId));
    if (quotesRunId !== null && query.sql.includes("{quotes_latest}"))
      await this.#once(quotesRunId, () => this.#bringQuotes(quotesRunId));
    return await this.#redshift.run(snapshot, query, params);
  }

  close(): Promise<void> {
    return this.#redshift.close();
  }

  /** Looks one time at a run, for all who ask meanwhile; what failed is tried again by who asks next. */
  async #once(runId: string, look: () => Promise<void>): Promise<void> {
    const known = this.#known.get(runId) ?? look();
    this.#known.delete(runId);
    this.#known.set(runId, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KNOWN_MAX && oldest !== undefined) this.#known.delete(oldest);
    try {
      await known;
    } catch (error) {
      this.#known.delete(runId);
      throw error;
    }
  }

  async #mustBeLoaded(runId: string): Promise<void> {
    if (!(await this.#loads.has("gold", runId)))
      throw new WarehouseError("not_ready", `run ${runId} is not loaded into Redshift`);
  }

  async #bringQuotes(runId: string): Promise<void> {
    if (await this.#loads.has("quotes", runId)) return;
    await this.#loads.loadQuotes(await readQuotesManifest(this.#store, runId));
  }
}
