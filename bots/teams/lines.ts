/** Work that waits for one key at most, and keys with work at most. */
const MAX_WAITING = 5;
const MAX_LINES = 1_000;

/** Work in order: of one key one at a time, of several side by side. */
export class Lines {
  readonly #lines = new Map<string, { tail: Promise<void>; count: number }>();

  /** Puts work into a line. False where the line is full: then nothing was taken. The work must not reject. */
  run(key: string, work: () => Promise<void>): boolean {
    const line = this.#lines.get(key) ?? { tail: Promise.resolve(), count: 0 };
    if (line.count >= MAX_WAITING || this.#lines.size > MAX_LINES) return false;
    line.count += 1;
    line.tail = line.tail.then(work).finally(() => {
      line.count -= 1;
      if (line.count === 0) this.#lines.delete(key);
    });
    this.#lines.set(key, line);
    return true;
  }

  /** Resolves when all that was put in is done. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#lines.values()].map((line) => line.tail));
  }
}
