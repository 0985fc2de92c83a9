import type { MarketLog } from "../../state/index.ts";
import { gapLine } from "../market/present.ts";
import { REFRESH_RUN } from "../market/refresh.ts";
import type { Words } from "../words/words.ts";
import { type Check, ok, warning } from "./check.ts";

/** When prices were last fetched, and what has had no answer since when. */
export async function checkMarket(market: MarketLog, words: Words): Promise<readonly Check[]> {
  const [last, problems] = await Promise.all([market.lastRun(REFRESH_RUN), market.problems()]);
  if (last === null) return [warning(words.doctor.marketNever)];
  const byCode = Map.groupBy(problems, ({ code }) => code);
  return [
    ok(words.doctor.marketLast(words.moment(last.toISOString()))),
    ...[...byCode].map(([code, found]) =>
      warning(
        words.doctor.marketGap(
          gapLine(
            code,
            found.map(({ subject, since }) => words.doctor.since(subject, words.day(since.slice(0, 10)))),
            words,
          ),
        ),
      ),
    ),
  ];
}
