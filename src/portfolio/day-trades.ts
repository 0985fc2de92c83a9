import { share, smaller } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { tradeValue } from "./terms.ts";

/** What of a sale was bought on the same day. */
interface DayTrade {
  quantity: bigint;
  proceeds: bigint;
  cost: bigint;
  /** Of both sides. */
  fees: bigint;
}

/** A trade less what day trades took of it. */
export interface TradeRest {
  quantity: bigint;
  value: bigint;
  fees: bigint;
  /** Only on sales. */
  readonly traded: DayTrade;
}

interface Sides {
  readonly buys: TradeRest[];
  readonly sells: TradeRest[];
}

/**
 * Matches the buys and sells of one day, in their order, by instrument and brokerage: first buy against first sell
 * (IN RFB 1585, art. 65). Value and fees follow pro rata by quantity.
 */
export function matchDayTrades(day: readonly PortfolioEvent[]): ReadonlyMap<PortfolioEvent, TradeRest> {
  const rests = new Map<PortfolioEvent, TradeRest>();
  const groups = new Map<string, Sides>();
  for (const event of day) {
    if (!event.dayTradable || (event.type !== "compra" && event.type !== "venda")) continue;
    const value = tradeValue(event, event.quantityE8 ?? 0n);
    if (event.quantityE8 === null || value === null) continue;
    const key = `${event.instrument}\n${event.brokerage}`;
    const sides = groups.get(key) ?? { buys: [], sells: [] };
    groups.set(key, sides);
    const traded: DayTrade = { quantity: 0n, proceeds: 0n, cost: 0n, fees: 0n };
    const rest: TradeRest = { quantity: event.quantityE8, value, fees: event.feesE8, traded };
    (event.type === "compra" ? sides.buys : sides.sells).push(rest);
    rests.set(event, rest);
  }
  for (const sides of groups.values()) matchSides(sides);
  return rests;
}

function matchSides({ buys, sells }: Sides): void {
  let buyAt = 0;
  let sellAt = 0;
  for (;;) {
    const buy = buys[buyAt];
    const sell = sells[sellAt];
    if (buy === undefined || sell === undefined) return;
    const units = smaller(buy.quantity, sell.quantity);
    if (units > 0n) {
      const bought = take(buy, units);
      const sold = take(sell, units);
      sell.traded.quantity += units;
      sell.traded.proceeds += sold.value;
      sell.traded.cost += bought.value;
      sell.traded.fees += sold.fees + bought.fees;
    }
    if (buy.quantity === 0n) buyAt += 1;
    if (sell.quantity === 0n) sellAt += 1;
  }
}

/** Takes units off a trade with their part of value and fees; the last units take all that is left, so nothing is lost. */
function take(rest: TradeRest, units: bigint): { value: bigint; fees: bigint } {
  const value = share({ amount: rest.value, part: units, whole: rest.quantity });
  const fees = share({ amount: rest.fees, part: units, whole: rest.quantity });
  rest.quantity -= units;
  rest.value -= value;
  rest.fees -= fees;
  return { value, fees };
}
