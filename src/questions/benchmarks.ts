import type { Benchmark } from "./question.ts";
import type { Sheet } from "./sheet.ts";

/** An index or rate that the text names: what a return is compared with, or what is asked about itself. */
export interface BenchmarkMention {
  readonly at: number;
  readonly benchmark: Benchmark;
  /** `bolsa` and `inflação` mean the index only where something is compared or quoted. */
  readonly loose: boolean;
}

const WORDS: ReadonlyMap<string, Benchmark> = new Map(
  Object.entries<Benchmark>({
    cdi: "CDI",
    ibov: "IBOV",
    ibovespa: "IBOV",
    bovespa: "IBOV",
    bvsp: "IBOV",
    ipca: "IPCA",
    inflacao: "IPCA",
    inflation: "IPCA",
  }),
);
const LOOSE_WORDS: ReadonlyMap<string, Benchmark> = new Map([["bolsa", "IBOV"]]);

/** Takes the words that name CDI, IBOV or IPCA. */
export function takeBenchmarks(sheet: Sheet): BenchmarkMention[] {
  const found: BenchmarkMention[] = [];
  for (let at = 0; at < sheet.length; at += 1) {
    const word = sheet.word(at);
    const benchmark = WORDS.get(word) ?? LOOSE_WORDS.get(word);
    if (benchmark === undefined || !sheet.isFree(at)) continue;
    sheet.take(at, 1, "asset");
    found.push({ at, benchmark, loose: LOOSE_WORDS.has(word) });
  }
  return found;
}
