import type { Briefing, BriefingMove } from "../../../src/answers/briefing-data.ts";
import { buttonsOf, relative } from "../../../src/messages/buttons.ts";
import type { Block } from "../../../src/messages/message.ts";
import { type Pen, textBlock } from "../../../src/messages/page.ts";
import { movesTable, namedMoves, sessionTitle } from "../moved.ts";
import { ROWS_MAX, type Section } from "../section.ts";
import { waterfallChart } from "../waterfall.ts";

/** Whose portfolios made the day, by what they gained or lost in money; not of one client. */
export const clientsSection: Section = {
  line: ({ briefing }, pen) => {
    const said = ends(briefing, pen);
    return said.length === 0 ? null : textBlock(pen.words.digest.clientsLine(said.join(" · ")));
  },
  draft: ({ briefing }, pen) => {
    const { words } = pen;
    const { clientMoves, currency, dayChange } = briefing;
    if (clientMoves === null) return null;
    const said = ends(briefing, pen);
    if (said.length === 0) return { headline: words.digest.nobodyMoved(pen.day.word), blocks: [] };
    const shown = bothEnds(clientMoves.listed);
    return {
      headline: `${words.digest.clients} ${pen.day.word} — ${said.join(" · ")}`,
      blocks: [
        movesTable(
          {
            idLabel: words.columns.client,
            moves: shown,
            more: clientMoves.moved - shown.length,
            currency,
          },
          pen,
        ),
        dayChange === null
          ? null
          : waterfallChart(
              {
                title: words.digest.clientsChart,
                subtitle: sessionTitle(briefing, pen),
                parts: clientMoves.listed.map(({ name, id, change }) => ({
                  label: name === "" ? id : name,
                  change,
                })),
                total: dayChange,
                restLabel: words.digest.restOfClients,
                currency,
              },
              pen,
            ),
        nextQuestions(shown, pen),
      ],
    };
  },
};

function ends({ clientMoves, currency }: Briefing, pen: Pen): readonly string[] {
  const { words } = pen;
  const of = { currency, nameOf: ({ name, id }: BriefingMove) => (name === "" ? id : name) };
  const listed = clientMoves?.listed ?? [];
  const up = namedMoves(listed, "up", of, pen);
  const down = namedMoves(listed, "down", of, pen);
  return [
    ...(up === null ? [] : [words.digest.helped(up)]),
    ...(down === null ? [] : [words.digest.hurt(down)]),
  ];
}

/** The best and the worst of a list that is sorted best first, half of the rows each where there are more. */
function bothEnds(listed: readonly BriefingMove[]): readonly BriefingMove[] {
  if (listed.length <= ROWS_MAX) return listed;
  const losers = listed.filter(({ change }) => change.sign() < 0).length;
  const half = ROWS_MAX / 2;
  const worst = Math.min(losers, Math.max(half, ROWS_MAX - (listed.length - losers)));
  return [...listed.slice(0, ROWS_MAX - worst), ...listed.slice(listed.length - worst)];
}

function nextQuestions(shown: readonly BriefingMove[], pen: Pen): Block {
  const { buttons } = pen.words;
  const [first, last] = [shown[0], shown.at(-1)];
  const named = [
    ...new Map([first, last].flatMap((move) => (move === undefined ? [] : [[move.id, move]]))).values(),
  ];
  return buttonsOf(
    [
      ...named.map(({ id, name }) => ({
        label: name === "" ? id : name,
        ask: { intent: "portfolio", client: id } as const,
      })),
      {
        label: buttons.best,
        ask: { intent: "ranking", direction: "up", period: relative("month_to_date") } as const,
      },
    ],
    pen,
  );
}
