/** Sessions that are kept at once; the service allows 500 for all its users. */
const KEPT_MAX = 16;
/** A session is not used in its last moments, which may be over when the statement arrives. */
const MARGIN_MS = 5_000;

/** Sessions of a database that are open and used by nobody. A session runs one statement at a time. */
export class IdleSessions {
  readonly #keptMs: number;
  readonly #now: () => number;
  readonly #idle: { readonly id: string; readonly until: number }[] = [];

  /** `keptMs`: how long the service keeps a session after its last statement. */
  constructor(keptMs: number, now: () => number = Date.now) {
    this.#keptMs = keptMs;
    this.#now = now;
  }

  /** The one that was used last, which is taken out; null where there is none. */
  take(): string | null {
    const session = this.#idle.pop();
    if (session !== undefined && session.until > this.#now()) return session.id;
    // The others were used before that one.
    this.#idle.length = 0;
    return null;
  }

  /** A session whose statement has ended. One too many is left to its end. */
  give(id: string): void {
    if (this.#idle.length < KEPT_MAX) this.#idle.push({ id, until: this.#now() + this.#keptMs - MARGIN_MS });
  }
}
