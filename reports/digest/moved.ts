import type { Briefing, BriefingMove } from "../../src/answers/briefing-data.ts";
import { currencySymbol } from "../../src/messages/format.ts";
import type { Block } from "../../src/messages/message.ts";
import { type Pen, signedCell, tableOf } from "../../src/messages/page.ts";

/** What the first message names at either end. */
const NAMED = 2;

/** `Ana Souza +R$ 1.234,56, …` of the moves in one direction; null where there is none. */
export function namedMoves(
  moves: readonly BriefingMove[],
  direction: "up" | "down",
  of: { readonly currency: string; readonly nameOf: (move: BriefingMove) => string },
  pen: Pen,
): string | null {
  const sign = direction === "up" ? 1 : -1;
  const named = moves
    .filter(({ change }) => change.round(2).sign() === sign)
    .toSorted((left, right) => right.change.abs().compare(left.change.abs()) || (left.id < right.id ? -1 : 1))
    .slice(0, NAMED)
    .map((move) => `${of.nameOf(move)} ${pen.format.signedMoney(move.change, of.currency)}`);
  return named.length === 0 ? null : named.join(", ");
}

/** Moves with their effect in money first: a percentage alone says nothing of what it is of. */
export function movesTable(
  shape: {
    readonly idLabel: string;
    readonly moves: readonly BriefingMove[];
    readonly more: number;
    readonly currency: string;
  },
  pen: Pen,
): Block | null {
  const { words, format } = pen;
  return tableOf(
    {
      columns: [
        { label: shape.idLabel, cell: ({ id }) => id },
        { label: words.columns.name, cell: ({ name }) => name },
        {
          label: words.unit(words.columns.effect, currencySymbol(shape.currency)),
          align: "right",
          cell: ({ change }) => signedCell(format.signedAmount(change), change),
        },
        {
          label: words.columns.change,
          align: "right",
          cell: ({ changePercent }) => signedCell(format.signedPercent(changePercent), changePercent),
        },
      ],
      rows: shape.moves,
      more: shape.more,
    },
    pen,
  );
}

/** Which session the moves are of, by its date: a picture is forwarded, and `today` does not travel. */
export function sessionTitle({ session, lastSession }: Briefing, pen: Pen): string {
  const day = session === null ? lastSession : session;
  return day === null || day === "several" ? pen.day.title : pen.words.digest.sessionOf(pen.format.day(day));
}
