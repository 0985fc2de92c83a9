import type { Briefing } from "../../../src/answers/briefing-data.ts";
import { type Pen, textBlock } from "../../../src/messages/page.ts";
import { movesTable, namedMoves, sessionTitle } from "../moved.ts";
import { ROWS_MAX, type Section } from "../section.ts";
import { waterfallChart } from "../waterfall.ts";

/** Which assets made the day, by what they did in money. */
export const assetsSection: Section = {
  line: ({ briefing }, pen) => {
    const said = ends(briefing, pen);
    return said.length === 0 ? null : textBlock(pen.words.digest.assets(said.join(" · ")));
  },
  draft: ({ briefing }, pen) => {
    const { words } = pen;
    const { assetMoves, client, currency, dayChange } = briefing;
    const said = ends(briefing, pen);
    if (said.length === 0) return { headline: words.digest.noAssetMoved(pen.day.word), blocks: [] };
    const shown = assetMoves
      .slice(0, ROWS_MAX)
      .toSorted((left, right) => right.change.compare(left.change) || (left.id < right.id ? -1 : 1));
    return {
      headline: `${words.digest.assetsTitle} ${pen.day.word} — ${said.join(" · ")}`,
      blocks: [
        movesTable(
          { idLabel: words.columns.asset, moves: shown, more: assetMoves.length - shown.length, currency },
          pen,
        ),
        dayChange === null
          ? null
          : waterfallChart(
              {
                title: words.digest.assetsChart,
                subtitle: [...(client === null ? [] : [client.clientName]), sessionTitle(briefing, pen)].join(
                  " · ",
                ),
                parts: assetMoves.map(({ id, change }) => ({ label: id, change })),
                total: dayChange,
                restLabel: words.digest.restOfAssets,
                currency,
              },
              pen,
            ),
      ],
    };
  },
};

function ends({ assetMoves, currency }: Briefing, pen: Pen): readonly string[] {
  const of = { currency, nameOf: ({ id }: Briefing["assetMoves"][number]) => id };
  return (["up", "down"] as const).flatMap((direction) => namedMoves(assetMoves, direction, of, pen) ?? []);
}
