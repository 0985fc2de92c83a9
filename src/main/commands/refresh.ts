import { isIsoDay } from "../../money/day.ts";
import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { homePaths, readHome } from "../home.ts";
import { openIntake } from "../intake.ts";
import { presentRefresh, refreshJson } from "../market/present.ts";
import { refreshMarket } from "../market/refresh.ts";
import { openSources } from "../market/sources.ts";
import type { Shell } from "../shell.ts";
import { showSteps } from "../steps.ts";
import { openStore } from "../store.ts";

const OPTIONS = { history: { type: "string" }, json: { type: "boolean" } } as const;

/** Fetches closes, rates and quotes of what the book holds, and says what had no answer. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, config, io } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const historyFrom = values.history?.trim() ?? null;
  if (historyFrom !== null && !isIsoDay(historyFrom)) {
    throw new Refusal(EXIT.badUsage, words.market.badHistory(historyFrom));
  }
  const home = await readHome(config.home);
  if (home?.demo === true) throw new Refusal(EXIT.badInput, words.market.notInDemo(config.home));
  const store = await openStore(shell);
  const report = await refreshMarket(
    {
      store,
      intake: openIntake(store, shell),
      sources: openSources(config.sources, { lake: store.lake, now: io.now }),
      scratchDir: homePaths(config.home).market,
      now: io.now,
      language: words.language,
    },
    historyFrom,
    {
      fetched: (done, total) => terminal.progress(words.market.fetching, total === 0 ? null : done / total),
      pipeline: showSteps(shell, words.market.subject),
    },
  );
  if (report === null) throw new Refusal(EXIT.notSetUp, words.emptyBook(config.home));
  if (values.json === true) terminal.json(refreshJson(report));
  else for (const line of presentRefresh(report, words)) terminal.print(line);
  const nothing = report.closes.answered === 0 && report.quotes.answered === 0 && report.series.length === 0;
  return nothing ? EXIT.badInput : EXIT.answered;
}
