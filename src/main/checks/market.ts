import { dayIn } from "../../money/day.ts";
import type { MarketLog } from "../../state/index.ts";
import { gapLines } from "../market/present.ts";
import { REFRESH_RUN } from "../market/refresh.ts";
import type { Words } from "../words/words.ts";
import { type Check, ok, warning } from "./check.ts";

/** When prices were last fetched, and what has had no answer since when. */
export async function checkMarket(market: MarketLog, words: Words): Promise<readonly Check[]> {
  const [last, problems] = await Promise.all([market.lastRun(REFRESH_RUN), market.problems()]);
  if (last === null) return [ok(words.doctor.marketNever)];
  const gaps = gapLines(
    problems,
    ({ subject, since }) => words.doctor.since(subject, words.day(dayIn(new Date(since)))),
    words,
  );
  return [
    ok(words.doctor.marketLast(words.moment(last.toISOString()))),
    ...gaps.map((line) => warning(words.doctor.marketGap(line))),
  ];
}
