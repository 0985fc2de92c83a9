import type { StatementData } from "../../../src/answers/answer.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { toneOf } from "../../../src/messages/page.ts";
import type { Issuer } from "../issuer.ts";
import { periodTitle } from "../period-title.ts";
import type { Sheet, SheetTile } from "../sheet.ts";
import { plain, signed } from "./cells.ts";

/** Who, when, by whom, and the four figures that are looked for first. */
export function coverOf(data: StatementData, issuer: Issuer, asOf: string, pen: Pen): Sheet["cover"] {
  const { statement } = pen.words;
  const { cover } = statement;
  const currency = pen.words.currencies;
  return {
    kind: statement.kind,
    name: data.clientName === "" ? data.client : data.clientName,
    period: periodTitle({ ...data.period, live: data.live }, pen),
    fields: [
      { label: cover.code, value: data.client },
      { label: cover.broker, value: issuer.broker },
      { label: cover.intermediary, value: issuer.intermediary },
      {
        label: cover.currency,
        value:
          data.baseCurrency in currency
            ? currency[data.baseCurrency as keyof typeof currency]
            : data.baseCurrency,
      },
      { label: cover.asOf, value: asOf },
    ],
    tiles: tilesOf(data, pen),
    notice: statement.cover.notice,
  };
}

function tilesOf(data: StatementData, pen: Pen): readonly SheetTile[] {
  const { words, format } = pen;
  const { tiles } = words.statement;
  const { performance, movement, baseCurrency, unpriced } = data;
  const gain = movement === null ? null : performance.gain.total;
  const partial = unpriced === 0 ? undefined : tiles.partial(format.count(unpriced), unpriced > 1);
  const moved = movement === null ? undefined : tiles.moved(format.signedMoney(movement.moved, baseCurrency));
  return [
    {
      label: tiles.value(format.day(data.day)),
      value: plain(format.money(data.value, baseCurrency), partial),
    },
    {
      label: tiles.gain,
      value: signed(format.signedMoney(gain, baseCurrency), gain, moved),
    },
    {
      label: tiles.return,
      value: {
        text: format.signedPercent(performance.twrPercent),
        tone: toneOf(performance.twrPercent),
        ...comparedNote(data, pen),
      },
    },
    {
      label: tiles.cdi,
      value: plain(
        format.signedPercent(performance.cdiPercent),
        tiles.beside("IBOV", format.signedPercent(performance.ibovPercent)),
      ),
    },
  ];
}

/** `112% do CDI`, or the difference in points where the portfolio lost. */
function comparedNote({ performance }: StatementData, { words, format }: Pen): { readonly note?: string } {
  const { percentOfCdi, differencePercent } = performance;
  if (percentOfCdi !== null && percentOfCdi.sign() >= 0) {
    return { note: words.statement.tiles.ofCdi(format.percent(percentOfCdi, 0)) };
  }
  return differencePercent === null
    ? {}
    : { note: words.portfolio.points(format.points(differencePercent), "CDI") };
}
