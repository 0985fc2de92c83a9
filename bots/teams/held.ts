import { randomUUID } from "node:crypto";

interface Entry<T> {
  readonly who: string;
  readonly value: T;
  readonly untilMs: number;
}

/** Things kept for a person who must first press a button: in memory, for a while, so many of them. */
export class Held<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #limits: { readonly keepMs: number; readonly max: number; readonly now: () => Date };

  constructor(limits: { readonly keepMs: number; readonly max: number; readonly now: () => Date }) {
    this.#limits = limits;
  }

  /** Keeps something and returns the id that its button carries; the oldest makes room. */
  put(who: string, value: T): string {
    const { keepMs, max, now } = this.#limits;
    const id = randomUUID();
    this.#entries.set(id, { who, value, untilMs: now().getTime() + keepMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= max) break;
      this.#entries.delete(oldest);
    }
    return id;
  }

  /** Takes it out. Null where it is another's, was taken before, or lay too long. */
  take(who: string, id: unknown): T | null {
    if (typeof id !== "string") return null;
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.who !== who) return null;
    this.#entries.delete(id);
    return this.#limits.now().getTime() > entry.untilMs ? null : entry.value;
  }
}
