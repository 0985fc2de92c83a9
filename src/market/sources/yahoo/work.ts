import type PQueue from "p-queue";
import type { Fetched, ProblemCode } from "../source.ts";

/** What Yahoo's symbols look like. Others are not sent: they would become part of an address. */
const SYMBOL = /^[A-Za-z0-9^][A-Za-z0-9.^=_-]{0,31}$/;

export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

/** Works through all items. After the first exception nothing more is begun; it is thrown when the rest has ended. */
export async function each<T>(
  pool: PQueue,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const thrown: unknown[] = [];
  const guarded = async (item: T): Promise<void> => {
    if (thrown.length > 0) return;
    try {
      await work(item);
    } catch (error) {
      thrown.push(error);
    }
  };
  await Promise.all(items.map((item) => pool.add(() => guarded(item))));
  if (thrown.length > 0) throw thrown[0];
}

/** The results in the order of the symbols asked for. */
export function collect<T extends object>(
  symbols: readonly string[],
  results: ReadonlyMap<string, T | ProblemCode>,
): Fetched<T> {
  const found: T[] = [];
  const problems: Fetched<T>["problems"][number][] = [];
  for (const symbol of symbols) {
    const result = results.get(symbol) ?? "no_answer";
    if (typeof result === "string") problems.push({ source: "yahoo", subject: symbol, code: result });
    else found.push(result);
  }
  return { found, problems };
}
