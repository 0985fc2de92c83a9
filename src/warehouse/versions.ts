/** Superseded versions that stay although nobody reads them: an answer's second query may still come. */
const KEPT = 1;

/** A published version of data that is loaded, and how many queries read it at this moment. */
interface Entry<T> {
  readonly loaded: Promise<T>;
  users: number;
}

/**
 * The versions of gold, or of quotes, that are loaded. A version that a query reads is never dropped; an old one goes
 * once it is unused, and is loaded again should somebody still hold its snapshot.
 */
export class Versions<T> {
  /** The most recently used come last. */
  readonly #entries = new Map<string, Entry<T>>();
  readonly #load: (runId: string) => Promise<T>;
  readonly #drop: (loaded: T) => Promise<void>;

  constructor(load: (runId: string) => Promise<T>, drop: (loaded: T) => Promise<void>) {
    this.#load = load;
    this.#drop = drop;
  }

  /** Runs `work` on a version, loading it first where it is not; concurrent first uses load it once. */
  async use<R>(runId: string, work: (loaded: T) => Promise<R>): Promise<R> {
    const entry = this.#entries.get(runId) ?? { loaded: this.#load(runId), users: 0 };
    this.#entries.delete(runId);
    this.#entries.set(runId, entry);
    entry.users++;
    try {
      return await work(await entry.loaded.catch((error: unknown) => this.#failed(runId, entry, error)));
    } finally {
      entry.users--;
      await this.#sweep();
    }
  }

  /** A version that could not be loaded is not remembered: the next use tries again. */
  #failed(runId: string, entry: Entry<T>, error: unknown): never {
    if (this.#entries.get(runId) === entry) this.#entries.delete(runId);
    throw error;
  }

  async #sweep(): Promise<void> {
    const old = [...this.#entries].slice(0, -(KEPT + 1)).filter(([, entry]) => entry.users === 0);
    for (const [runId] of old) this.#entries.delete(runId);
    for (const [, entry] of old) await this.#drop(await entry.loaded);
  }
}
