import { matchDayTrades, type TradeRest } from "./day-trades.ts";
import type { PortfolioEvent } from "./event.ts";
import { matchOwnMoves } from "./own-moves.ts";

/** What was matched within one day of one client. */
export interface DayMatches {
  /** What day trades left of each trade that may be one. */
  readonly trades: ReadonlyMap<PortfolioEvent, TradeRest>;
  /** What the client's own moves between brokerages left of a transfer. */
  readonly moves: ReadonlyMap<PortfolioEvent, bigint>;
}

/** Matches the events of a day, in their order; null on the many days that hold nothing to match. */
export function matchDay(day: readonly PortfolioEvent[]): DayMatches | null {
  let buys = false;
  let sells = false;
  let incoming = false;
  let outgoing = false;
  for (const { type, dayTradable } of day) {
    if (type === "compra") buys ||= dayTradable;
    else if (type === "venda") sells ||= dayTradable;
    else if (type === "transferencia_entrada") incoming = true;
    else if (type === "transferencia_saida") outgoing = true;
  }
  const trading = buys && sells;
  const moving = incoming && outgoing;
  if (!trading && !moving) return null;
  return {
    trades: trading ? matchDayTrades(day) : new Map(),
    moves: moving ? matchOwnMoves(day) : new Map(),
  };
}
