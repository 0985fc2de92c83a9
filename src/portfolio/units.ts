import { absolute, share, smaller } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { type Deal, inBase, type Ledger } from "./ledger.ts";
import type { Position } from "./position.ts";

/** Fills the ledger's deal. Amounts are in the current event's currency; base figures follow at its rate. */
export function setDeal(
  ledger: Ledger,
  position: Position,
  terms: { quantity: bigint; value: bigint; fees: bigint; valueKnown: boolean },
): void {
  const deal = ledger.deal;
  deal.quantity = terms.quantity;
  deal.value = terms.value;
  deal.fees = terms.fees;
  deal.valueKnown = terms.valueKnown;
  deal.baseKnown = true;
  if (position.base === null) return;
  deal.valueBase = inBase(ledger, terms.value);
  deal.totalBase = inBase(ledger, terms.value + terms.fees);
  deal.baseKnown = ledger.rateKnown;
}

/**
 * Books the ledger's deal on the average cost of a position (docs/money.md, rule 3).
 *
 * Units of the position's own sign are added at their cost; units of the other sign close it pro rata and realise
 * a gain; what goes beyond zero opens the other side, with value and fees pro rata.
 *
 * Held 100 at 10, sold 150 at 12 with fees of 3: 100 are closed (fees 2, gain 1200 - 2 - 1000 = 198), and a short
 * of 50 opens with cost -(600 - 1) = -599.
 */
export function book(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const deal = ledger.deal;
  const held = position.quantity;
  if (held === 0n || held < 0n === deal.quantity < 0n) {
    open(position, deal);
    return;
  }
  const size = absolute(held);
  const units = absolute(deal.quantity);
  if (units <= size) {
    close(ledger, position, event);
    return;
  }
  const rest = keepPart(deal, { part: size, whole: units });
  close(ledger, position, event);
  Object.assign(deal, rest);
  open(position, deal);
}

/** Cuts the deal down to `part` of `whole` units, and returns what remains so that both add up exactly. */
function keepPart(deal: Deal, { part, whole }: { part: bigint; whole: bigint }): Deal {
  const before = { ...deal };
  deal.quantity = deal.quantity < 0n ? -part : part;
  deal.value = share({ amount: before.value, part, whole });
  deal.fees = share({ amount: before.fees, part, whole });
  deal.valueBase = share({ amount: before.valueBase, part, whole });
  // Value and fees apart, as in the position's own currency, so that a rate of 1 gives the same figures.
  const feesBase = before.totalBase - before.valueBase;
  deal.totalBase = deal.valueBase + share({ amount: feesBase, part, whole });
  return {
    quantity: before.quantity - deal.quantity,
    value: before.value - deal.value,
    fees: before.fees - deal.fees,
    valueBase: before.valueBase - deal.valueBase,
    totalBase: before.totalBase - deal.totalBase,
    valueKnown: before.valueKnown,
    baseKnown: before.baseKnown,
  };
}

function open(position: Position, deal: Deal): void {
  const own = position.own;
  position.quantity += deal.quantity;
  own.cost += deal.value + deal.fees;
  own.costGross += deal.value;
  if (!deal.valueKnown) position.costKnown = false;
  if (position.base === null) return;
  position.base.cost += deal.totalBase;
  position.base.costGross += deal.valueBase;
  if (!deal.baseKnown) position.costBaseKnown = false;
}

/** Closes as many units as the deal has, which must not be more than are held. */
function close(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const { deal, released } = ledger;
  const long = position.quantity > 0n;
  const units = absolute(deal.quantity);
  release(ledger, position, units);
  const gain = -deal.value - deal.fees - released.cost;
  const gainBase = position.base === null ? gain : -deal.totalBase - released.costBase;
  // A short was sold first: its proceeds and the fees of that sale are in the cost that is released now.
  realize(ledger, position, event, {
    dayTrade: false,
    quantity: units,
    proceeds: long ? -deal.value : -released.costGross,
    fees: long ? deal.fees : deal.fees + released.cost - released.costGross,
    costRemoved: long ? released.cost : deal.value,
    gain,
    gainBase,
    gainKnown: released.costKnown && deal.valueKnown,
    baseKnown: released.costBaseKnown && deal.baseKnown,
  });
}

/** Takes units and their cost pro rata out of a position, into the ledger's `released`. Long or short. */
export function release(ledger: Ledger, position: Position, units: bigint): void {
  const { released } = ledger;
  const { own, base } = position;
  const held = absolute(position.quantity);
  released.costKnown = position.costKnown;
  released.costBaseKnown = position.costBaseKnown;
  if (units === held) {
    released.cost = own.cost;
    released.costGross = own.costGross;
    released.costBase = base === null ? own.cost : base.cost;
    released.costGrossBase = base === null ? own.costGross : base.costGross;
    position.quantity = 0n;
    position.costKnown = true;
    position.costBaseKnown = true;
  } else {
    released.cost = share({ amount: own.cost, part: units, whole: held });
    released.costGross = share({ amount: own.costGross, part: units, whole: held });
    released.costBase =
      base === null ? released.cost : share({ amount: base.cost, part: units, whole: held });
    released.costGrossBase =
      base === null ? released.costGross : share({ amount: base.costGross, part: units, whole: held });
    position.quantity += position.quantity > 0n ? -units : units;
  }
  own.cost -= released.cost;
  own.costGross -= released.costGross;
  if (base === null) return;
  base.cost -= released.costBase;
  base.costGross -= released.costGrossBase;
}

/** A disposal, in the position's currency; gain = proceeds - fees - costRemoved. */
export interface Disposal {
  readonly dayTrade: boolean;
  readonly quantity: bigint;
  readonly proceeds: bigint;
  readonly fees: bigint;
  readonly costRemoved: bigint;
  readonly gain: bigint;
  readonly gainBase: bigint;
  readonly gainKnown: boolean;
  readonly baseKnown: boolean;
}

/** Adds a disposal to the cumulative gains and emits its row. Base-currency cash gains nothing and gets no row. */
export function realize(
  { client, sink }: Ledger,
  position: Position,
  event: PortfolioEvent,
  disposal: Disposal,
): void {
  position.own.realized += disposal.gain;
  if (!disposal.gainKnown) position.realizedKnown = false;
  if (position.base !== null) {
    position.base.realized += disposal.gainBase;
    if (!disposal.baseKnown) position.totalsBaseKnown = false;
  } else if (position.isCash) return;
  sink.realized({
    clientId: client.clientId,
    instrument: position.instrument,
    currency: position.currency,
    day: event.day,
    type: event.type,
    dayTrade: disposal.dayTrade,
    quantityE8: disposal.quantity,
    proceedsE8: disposal.proceeds,
    feesE8: disposal.fees,
    costRemovedE8: disposal.costRemoved,
    gainE8: disposal.gain,
    gainKnown: disposal.gainKnown,
    gainBaseE8: disposal.baseKnown ? disposal.gainBase : null,
    sourceFile: event.sourceFile,
    rowNumber: event.rowNumber,
    rowHash: event.rowHash,
  });
}

/** Adds to the cumulative fees of a position, in the current event's currency. */
export function addFees(ledger: Ledger, position: Position, fees: bigint): void {
  if (fees === 0n) return;
  position.own.fees += fees;
  if (position.base === null) return;
  position.base.fees += inBase(ledger, fees);
  if (!ledger.rateKnown) position.totalsBaseKnown = false;
}

/** Adds to what entered a position today, in the current event's currency. */
export function addDayFlow(ledger: Ledger, position: Position, value: bigint): void {
  position.own.dayFlow += value;
  if (position.base !== null) position.base.dayFlow += inBase(ledger, value);
}

/** Average cost of units; more than are held long cost what is held. */
export function costOf(position: Position, quantity: bigint): bigint {
  const held = position.quantity;
  if (held <= 0n) return 0n;
  return share({ amount: position.own.cost, part: smaller(quantity, held), whole: held });
}
