import type PQueue from "p-queue";
import { addDays, dayIn, type IsoDay } from "../../../money/day.ts";
import type { ProblemCode, SymbolHistory } from "../source.ts";
import type { Asker } from "./ask.ts";
import { readChart } from "./read-chart.ts";
import { collect, each, isSymbol } from "./work.ts";
import type { YahooSource } from "./yahoo.ts";

/** Days asked for before the first one wanted: the close before it lies in them, over any row of holidays. */
const DAYS_BEFORE = 10;

export interface HistoriesNeeds {
  readonly asker: Asker;
  readonly now: () => Date;
  readonly pool: PQueue;
}

/** One chart a symbol. A symbol that is wanted twice is asked once, from the earlier day on. */
export function createHistories({ asker, now, pool }: HistoriesNeeds): YahooSource["histories"] {
  const one = async (symbol: string, from: IsoDay): Promise<SymbolHistory | ProblemCode> => {
    if (!isSymbol(symbol)) return "no_answer";
    const today = dayIn(now(), "UTC");
    // Two days on, today is over in every zone.
    const range = { from: addDays(from < today ? from : today, -DAYS_BEFORE), to: addDays(today, 2) };
    const outcome = await asker.chart(symbol, range);
    return "problem" in outcome ? outcome.problem : readChart(outcome.body, { symbol, from, now: now() });
  };

  return async (wanted, onDone = () => undefined) => {
    const days = new Map<string, IsoDay>();
    for (const { symbol, from } of wanted) {
      const known = days.get(symbol);
      if (known === undefined || from < known) days.set(symbol, from);
    }
    const results = new Map<string, SymbolHistory | ProblemCode>();
    await each(pool, [...days], async ([symbol, from]) => {
      results.set(symbol, await one(symbol, from));
      onDone(results.size);
    });
    return collect([...days.keys()], results);
  };
}
