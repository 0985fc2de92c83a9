import { createHash } from "node:crypto";

/** Statements whose attempts are remembered; an older one begins again and finds its used tokens one by one. */
const REMEMBERED_MAX = 1_000;

/**
 * Tokens that make one query of several equal requests. Athena gives the query of a token's first use to every later one,
 * whatever else that asks, so that a token is made of all that a query depends on; and a token whose query ended badly
 * stays used, so that the attempt is part of it as well.
 */
export class Tokens {
  readonly #attempts = new Map<string, number>();

  /** The token for the attempt that is next. `parts` are all that the query depends on. */
  next(parts: readonly unknown[]): Token {
    const hash = sha256(JSON.stringify(parts));
    const attempt = this.#attempts.get(hash) ?? 0;
    return { hash, attempt, text: sha256(`${hash}:${attempt}`) };
  }

  /** The token's query is of no use: the next one is another attempt's. */
  spend({ hash, attempt }: Token): void {
    const next = Math.max(attempt + 1, this.#attempts.get(hash) ?? 0);
    this.#attempts.delete(hash);
    this.#attempts.set(hash, next);
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > REMEMBERED_MAX && oldest !== undefined) this.#attempts.delete(oldest);
  }
}

export interface Token {
  readonly hash: string;
  readonly attempt: number;
  readonly text: string;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
