import { smaller } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { paidAmount } from "./terms.ts";

interface Move {
  readonly event: PortfolioEvent;
  rest: bigint;
}

/**
 * A transfer that came in without a declared cost and one of the same instrument that went out on the same day
 * are the client's own move between brokerages: they cancel out, and the cost stays where it is.
 *
 * @returns what is left of each such transfer; a transfer that is not listed stands as it is.
 */
export function matchOwnMoves(day: readonly PortfolioEvent[]): ReadonlyMap<PortfolioEvent, bigint> {
  const incoming = new Map<string, Move[]>();
  for (const event of day) {
    if (event.type !== "transferencia_entrada" || paidAmount(event) !== null) continue;
    const moves = incoming.get(event.instrument) ?? [];
    moves.push({ event, rest: event.quantityE8 ?? 0n });
    incoming.set(event.instrument, moves);
  }
  const rests = new Map<PortfolioEvent, bigint>();
  for (const event of day) {
    if (event.type !== "transferencia_saida") continue;
    let leaving = event.quantityE8 ?? 0n;
    for (const move of incoming.get(event.instrument) ?? []) {
      const units = smaller(leaving, move.rest);
      leaving -= units;
      move.rest -= units;
      rests.set(move.event, move.rest);
    }
    rests.set(event, leaving);
  }
  return rests;
}
