import type { QuoteData } from "../../answers/answer.ts";
import type { Decimal } from "../../money/decimal.ts";
import { buttonsOf, relative } from "../buttons.ts";
import type { Cell } from "../message.ts";
import { type Draft, type Pen, signedCell } from "../page.ts";

/** Exchange rates are codes of two currencies, as the prices contract names them. */
const RATE = /^[A-Z]{3}BRL$/;
const INDEXES: ReadonlySet<string> = new Set(["IBOV", "CDI", "IPCA"]);

/** The last price of an asset, the last rate of a currency, or the last point of an index. */
export function presentQuote(data: QuoteData, pen: Pen): Draft {
  const { words, format } = pen;
  const price = levelText(data, data.price, pen);
  const title = data.name === "" || data.name === data.asset ? data.asset : `${data.asset} · ${data.name}`;
  const change = data.dayChangePercent;
  const moved = change === null ? [] : [changeText(change, pen)];
  const fields: [string, Cell][] = [
    [words.quote.price, { text: price }],
    [words.quote.at, { text: format.moment(data.priceAt) }],
    [words.quote.previous, { text: levelText(data, data.previousClose, pen) }],
    [words.quote.change, signedCell(format.signedPercent(change), change)],
  ];
  const isAsset = !INDEXES.has(data.asset) && !RATE.test(data.asset);
  return {
    headline: [`${title} — ${price}`, ...moved].join(" · "),
    emphasis: [
      { text: data.asset },
      { text: price },
      ...(change === null ? [] : [signedCell(format.signedPercent(change), change)]),
    ],
    blocks: [
      { kind: "fields", fields: fields.map(([label, value]) => ({ label, value })) },
      buttonsOf(
        [
          ...(isAsset
            ? [{ label: words.buttons.holders, ask: { intent: "holders", asset: data.asset } as const }]
            : []),
          { label: words.buttons.movers, ask: { intent: "movers", period: relative("today") } },
        ],
        pen,
      ),
    ],
    notes: [change === null ? words.quote.noPrevious : null],
  };
}

function changeText(change: Decimal, pen: Pen): string {
  const { words, format } = pen;
  const sign = change.round(2).sign();
  const say = sign > 0 ? words.quote.up : sign < 0 ? words.quote.down : words.quote.flat;
  return say(pen.day.word, format.signedPercent(change));
}

/** A price in its currency; points for IBOV, percent a day for CDI, percent a month for IPCA. */
function levelText(data: QuoteData, level: Decimal | null, pen: Pen): string {
  const { words, format } = pen;
  if (level === null || !INDEXES.has(data.asset)) return format.priceIn(level, data.currency);
  if (data.asset === "IBOV") return words.quote.points(format.amount(level));
  const text = format.exact(level);
  return data.asset === "CDI" ? words.quote.perDay(text) : words.quote.perMonth(text);
}
