import type { Answer, SourceNote, StaleNote } from "../answers/answer.ts";
import type { Pen } from "./page.ts";
import { labelOf } from "./words.ts";

/** More names than these are counted, not listed. */
const LISTED_MAX = 5;
/** An exchange rate: two currency codes. Tickers of six letters do not exist on the markets that are read. */
const PAIR = /^[A-Z]{6}$/;
/** Prices that nobody quotes: the client's own last trade, and the curve of the client's own terms. */
const NOT_QUOTED: ReadonlySet<string> = new Set(["operacao", "curva"]);
const INDEXES = ["CDI", "IBOV", "IPCA"];

/** The lines under an answer: times and sources, what is stale or missing, and whether the book is a demo. */
export function footerOf(
  answer: Pick<Answer, "asOf" | "sources" | "stale" | "demo">,
  pen: Pen,
): readonly string[] {
  const times = timesLine(answer, pen);
  return [...(times === "" ? [] : [times]), ...staleLines(answer.stale, pen), ...demoLine(answer.demo, pen)];
}

/** What every screen of a demo book says. */
export function demoLine(demo: boolean, pen: Pen): readonly string[] {
  return demo ? [pen.words.demo] : [];
}

function timesLine({ asOf, sources }: Pick<Answer, "asOf" | "sources">, pen: Pen): string {
  const { words, format } = pen;
  const parts: string[] = [];
  // The age of a price taken from an operation, or of a curve without its index, is told by name, among what is stale.
  const prices = sources.filter(({ of, source }) => of === "prices" && !NOT_QUOTED.has(source));
  const priceTimes = timeRange(prices);
  if (priceTimes !== null) {
    const { first, last } = priceTimes;
    const text =
      first === last
        ? words.footer.prices(format.moment(last))
        : words.footer.pricesBetween(format.moment(first), format.moment(last));
    const delay = Math.max(0, ...prices.map(({ delayMinutes }) => delayMinutes ?? 0));
    parts.push(delay > 0 ? `${text} (${words.footer.delayed(format.count(delay))})` : text);
  }
  if (priceTimes === null && asOf !== null) parts.push(words.footer.dataThrough(format.moment(asOf)));
  const rates = timeRange(sources.filter(({ of }) => of === "fx"));
  if (rates !== null) parts.push(words.footer.rates(shortMoment(rates.last, pen)));
  for (const index of INDEXES) {
    const range = timeRange(sources.filter(({ of }) => of === index));
    if (range === null) continue;
    const at = index === "IPCA" ? format.month(range.last) : shortMoment(range.last, pen);
    parts.push(words.footer.index(index, at));
  }
  const names = [...new Set(sources.map(({ source }) => labelOf(words.sources, source)))];
  if (names.length === 1) parts.push(words.footer.source(names.join("")));
  if (names.length > 1) parts.push(words.footer.sources(names.join(", ")));
  return parts.join(" · ");
}

function timeRange(notes: readonly SourceNote[]): { first: string; last: string } | null {
  const times = notes.map(({ at }) => at).toSorted();
  const [first] = times;
  const last = times.at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}

function shortMoment(at: string, pen: Pen): string {
  return at.includes("T") ? pen.format.moment(at) : pen.format.shortDay(at);
}

function staleLines(stale: readonly StaleNote[], pen: Pen): readonly string[] {
  const { words } = pen;
  const of = (reason: StaleNote["reason"]) => stale.filter((note) => note.reason === reason);
  const missing = of("missing").filter(({ asset }) => !PAIR.test(asset));
  const rates = of("missing").filter(({ asset }) => PAIR.test(asset));
  const lines = [
    missing.length === 0 ? null : words.footer.missing(listed(missing, pen), missing.length > 1),
    rates.length === 0 ? null : words.footer.missingRate(listed(rates, pen)),
    of("old").length === 0 ? null : words.footer.old(listed(of("old"), pen)),
    of("late").length === 0 ? null : words.footer.late(listed(of("late"), pen)),
    of("operation_price").length === 0
      ? null
      : words.footer.operationPrice(listed(of("operation_price"), pen)),
  ];
  return lines.filter((line) => line !== null);
}

function listed(notes: readonly StaleNote[], pen: Pen): string {
  const { words, format } = pen;
  const names = notes
    .slice(0, LISTED_MAX)
    .map(({ asset, priceAt, reason }) =>
      priceAt === null
        ? asset
        : words.footer.datedAsset(
            asset,
            reason === "late" ? format.moment(priceAt) : format.day(priceAt.slice(0, 10)),
          ),
    );
  const rest = notes.length - names.length;
  return rest > 0 ? `${names.join(", ")} ${words.and} ${words.more(format.count(rest))}` : names.join(", ");
}
