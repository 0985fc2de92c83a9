import { absolute, share, timesE8 } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { type Ledger, positionOf, report, touchMoney } from "./ledger.ts";
import { type Position, rememberPrice, touch } from "./position.ts";
import { chargeFees } from "./settlement.ts";
import { marketValue, tradeValue } from "./terms.ts";
import { addDayFlow, book, costOf, release, setDeal } from "./units.ts";

/** How many units become how many. A rational, so that 9 x 1/3 is 3. */
interface Ratio {
  readonly part: bigint;
  readonly whole: bigint;
}

/**
 * desdobramento, grupamento: the quantity is multiplied, the cost stays. Of rows without a factor, a split's
 * quantity comes on top and a reverse split's is what results.
 * 9 units at a cost of 90 become 3 at 1:3; their cost is 90, the price of the last trade is three times as high.
 */
export function applySplit(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const held = position.quantity;
  if (held === 0n) {
    report(ledger, event, "nothing_held");
    return;
  }
  const ratio = splitRatio(event, held);
  if (ratio === null || share({ amount: held, ...ratio }) === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  touch(ledger, position, event);
  position.quantity = share({ amount: held, ...ratio });
  position.openingQuantity = share({ amount: position.openingQuantity, ...ratio });
  if (position.tradePrice !== null) {
    position.tradePrice = share({ amount: position.tradePrice, part: ratio.whole, whole: ratio.part });
  }
  chargeFees(ledger, position, event, event.feesE8);
}

function splitRatio(event: PortfolioEvent, held: bigint): Ratio | null {
  const factor = factorOf(event);
  if (factor !== null || event.quantityE8 === null) return factor;
  const size = absolute(held);
  const result = event.type === "grupamento" ? event.quantityE8 : size + event.quantityE8;
  return result === 0n ? null : { part: result, whole: size };
}

/** The row's factor, new units for old ones; null where it has none or none that makes sense. */
function factorOf({ factorNew, factorOld }: PortfolioEvent): Ratio | null {
  if (factorNew === null || factorNew <= 0n) return null;
  const whole = factorOld ?? 1n;
  return whole <= 0n ? null : { part: factorNew, whole };
}

/**
 * bonificacao: adds units and the cost that the company declares for them; nothing is paid, so nothing flows.
 * 100 at a cost of 1000, 10 given at a declared 5.50: 110 at 1055.
 *
 * A row with a factor in place of units is the ledger's: held x (new / old - 1) are given. A cost that it does not state is
 * unknown. 100 at a cost of 1000, factor 10:11 (old:new) at 5.50: the same 110 at 1055.
 */
export function applyBonus(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const byFactor = event.quantityE8 === null;
  const ratio = byFactor ? factorOf(event) : null;
  if (ratio !== null && position.quantity === 0n) {
    report(ledger, event, "nothing_held");
    return;
  }
  const quantity =
    ratio === null
      ? (event.quantityE8 ?? 0n)
      : share({ amount: position.quantity, part: ratio.part - ratio.whole, whole: ratio.whole });
  if (quantity === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  touchMoney(ledger, position, event);
  const value = tradeValue(event, quantity);
  const valueKnown = value !== null || !byFactor;
  setDeal(ledger, position, { quantity, value: value ?? 0n, fees: 0n, valueKnown });
  book(ledger, position, event);
  if (!valueKnown) report(ledger, event, "cost_unknown");
  chargeFees(ledger, position, event, event.feesE8);
}

/**
 * conversao: units become units of another instrument and take their cost along; nothing is realised, nothing
 * crosses the border. 100 at a cost of 1000 with factor 2:1 (old:new) become 50 of the other at 1000.
 */
export function applyConversion(ledger: Ledger, source: Position, event: PortfolioEvent): void {
  const code = event.toInstrument;
  if (code === event.instrument) {
    applyRenaming(ledger, source, event);
    return;
  }
  const ratio = factorOf(event) ?? { part: 1n, whole: 1n };
  const held = absolute(source.quantity);
  const asked = event.quantityE8 ?? held;
  const units = asked < held ? asked : held;
  const received = share({ amount: units, ...ratio });
  if (held === 0n) {
    report(ledger, event, "nothing_held");
    return;
  }
  const target = code === null ? null : positionOf(ledger, code, currencyOf(ledger, code) ?? source.currency);
  if (target === null || target.isCash || received === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  if (asked > held) report(ledger, event, "sold_more_than_held", { expected: asked, found: held });
  const long = source.quantity > 0n;
  touchMoney(ledger, source, event);
  touchMoney(ledger, target, event);
  const value = long ? (movedValue(source, event, units) ?? costOf(source, units)) : 0n;
  release(ledger, source, units);
  setCarriedDeal(ledger, { source, target, quantity: long ? received : -received });
  book(ledger, target, event);
  if (source.tradePrice !== null && source.tradeDay !== null && target.tradePrice === null) {
    const price = share({ amount: source.tradePrice, part: ratio.whole, whole: ratio.part });
    rememberPrice(target, price, source.tradeDay);
  }
  if (source.currency === target.currency) {
    addDayFlow(ledger, source, -value);
    addDayFlow(ledger, target, value);
  }
  chargeFees(ledger, source, event, event.feesE8);
}

/**
 * A conversion into the code that the instrument had already, as people file a renaming (`VVAR3>BHIA3`, which both are
 * BHIA3 today): nothing happens but what a factor says, to the units that the row states or to all.
 */
function applyRenaming(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const ratio = factorOf(event);
  if (ratio === null || ratio.part === ratio.whole) {
    chargeFees(ledger, position, event, event.feesE8);
    return;
  }
  const held = absolute(position.quantity);
  const asked = event.quantityE8 ?? held;
  const units = asked < held ? asked : held;
  const factorNew = (held - units) * ratio.whole + units * ratio.part;
  applySplit(ledger, position, held === 0n ? event : { ...event, factorNew, factorOld: held * ratio.whole });
}

function movedValue(source: Position, event: PortfolioEvent, units: bigint): bigint | null {
  return marketValue(event, units) ?? (source.tradePrice === null ? null : timesE8(units, source.tradePrice));
}

/** The currency that the client's other rows give an instrument. */
function currencyOf(ledger: Ledger, instrument: string): string | null {
  return ledger.events.find((event) => event.instrument === instrument)?.currency ?? null;
}

/**
 * Fills the deal with the cost that was just released. Between two currencies only the base cost carries over:
 * it is the cost itself where the target is in base currency, and otherwise the target's own cost is not known.
 */
function setCarriedDeal(
  { deal, released }: Ledger,
  { source, target, quantity }: { source: Position; target: Position; quantity: bigint },
): void {
  const same = source.currency === target.currency;
  const intoBase = !same && target.base === null;
  const cost = same ? released.cost : intoBase ? released.costBase : 0n;
  const gross = same ? released.costGross : intoBase ? released.costGrossBase : 0n;
  deal.quantity = quantity;
  deal.value = gross;
  deal.fees = cost - gross;
  deal.valueBase = released.costGrossBase;
  deal.totalBase = released.costBase;
  deal.valueKnown = released.costKnown && (same || (intoBase && released.costBaseKnown));
  deal.baseKnown = released.costBaseKnown;
}
