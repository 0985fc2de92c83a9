import { statedCode } from "../../market/instruments.ts";
import { mergedInto } from "../../market/ticker-changes.ts";
import type { Words } from "../words/words.ts";
import type { MarketGap, RefreshReport } from "./report.ts";

/** More names than these are counted, not listed. */
const LISTED_MAX = 12;

/** What a refresh came to, in lines for a person: what is new, what had no answer, and what to do about it. */
export function presentRefresh(report: RefreshReport, words: Words): readonly string[] {
  const { market } = words;
  const { closes, quotes } = report;
  const lines = [
    market.closes({
      asked: closes.asked,
      answered: closes.answered,
      fresh: closes.fresh,
      newest: closes.newest === null ? null : words.day(closes.newest),
    }),
    market.quotes(
      quotes.asked,
      quotes.answered,
      quotes.newestAt === null ? null : words.moment(quotes.newestAt),
    ),
    market.series(report.series.map(({ code, newest }) => `${code} ${words.day(newest)}`)),
    market.requests(report.requests),
  ];
  const confirmed = report.actions.filter(
    ({ type, status }) => type !== "provento" && status === "confirmado",
  );
  const inferred = report.actions.filter(({ type, status }) => type !== "provento" && status === "inferido");
  const name = (action: RefreshReport["actions"][number]): string =>
    `${action.asset} ${action.type} ${words.day(action.date)}`;
  if (confirmed.length > 0) lines.push(market.actionsTaken(listed(confirmed.map(name), words)));
  if (inferred.length > 0) lines.push(market.actionsToConfirm(listed(inferred.map(name), words)));
  if (report.rejected > 0) lines.push(market.rejected(report.rejected));
  lines.push(...gapLines(report.gaps, ({ subject }) => subject, words), ...mergers(report.gaps, words));
  if (report.gaps.length > 0) lines.push(market.lastGood);
  return lines;
}

/** Of codes without an answer, those that ended in a merger: what the position became is for the file to say. */
function mergers(gaps: readonly MarketGap[], words: Words): readonly string[] {
  return gaps.flatMap(({ subject }) => {
    const code = statedCode(subject);
    const successor = mergedInto(code);
    return successor === null ? [] : [words.market.merged(code, successor)];
  });
}

/** A refresh as JSON: ratios as files write them, old to new. */
export function refreshJson(report: RefreshReport): object {
  const actions = report.actions.map(({ ratio, ...action }) => ({
    ...action,
    factor: ratio === null ? null : `${ratio.oldUnits}:${ratio.newUnits}`,
  }));
  return { ...report, actions };
}

/** Why symbols and series have no new price: a line for each source and reason, with what to do. */
export function gapLines<Gap extends { readonly source: string; readonly code: string }>(
  gaps: readonly Gap[],
  nameOf: (gap: Gap) => string,
  words: Words,
): readonly string[] {
  const { gap: reasons, sources } = words.market;
  return [...Map.groupBy(gaps, ({ source, code }) => `${source} ${code}`).values()].map((alike) => {
    const { source = "", code = "" } = alike[0] ?? {};
    const reason = Object.hasOwn(reasons, code) ? reasons[code as MarketGap["code"]] : reasons.unreadable;
    const name = source === "bcb" ? sources.bcb : sources.yahoo;
    return `${name} · ${reason(listed(alike.map(nameOf), words))}`;
  });
}

function listed(names: readonly string[], words: Words): string {
  const shown = names.slice(0, LISTED_MAX).join(", ");
  const rest = names.length - LISTED_MAX;
  return rest > 0 ? `${shown} ${words.andMore(rest)}` : shown;
}
