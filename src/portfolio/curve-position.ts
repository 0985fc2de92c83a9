import { divRound, pow10 } from "../money/decimal.ts";
import { absolute, perUnit, timesE8 } from "./amounts.ts";
import type { CurveSeries, CurveTerms } from "./curve.ts";
import type { EventType } from "./event.ts";

/** Units of a lot are scaled by 10^24, levels by 10^12: their product is worth 10^-36. */
const UNIT_SCALE = 24;
const UNITS_MAX = pow10(37);
/** From a product to a price of scale 8 once it is divided by a quantity of scale 8. */
const TO_PRICE = pow10(UNIT_SCALE + 12 - 16);
const TO_MONEY = pow10(UNIT_SCALE + 12 - 8);

const BUYS: ReadonlySet<EventType> = new Set(["compra", "subscricao"]);
const SALES: ReadonlySet<EventType> = new Set(["venda", "resgate", "vencimento", "come_cotas"]);
const PAYMENTS: ReadonlySet<EventType> = new Set(["juros", "rendimento", "amortizacao"]);

/** What the curve takes from an operation. Amounts have 8 digits; null where the row does not say. */
export interface CurveOperation {
  readonly day: number;
  readonly type: EventType;
  readonly quantityE8: bigint | null;
  readonly priceE8: bigint | null;
  readonly amountE8: bigint | null;
  /** What a purchase states; null where it states nothing that a curve can be made of. */
  readonly terms: CurveTerms | null;
}

/** A purchase as far as it is still held: `units` times the level of a day is what it is worth then. */
export interface CurveLot {
  readonly terms: CurveTerms;
  readonly day: number;
  readonly units: bigint;
}

/**
 * One client's position in a deposit, followed through its operations, whole days at a time (docs/money.md, rule 15).
 * Purchases are lots of their own, since two of them may bear different terms or days; what leaves, leaves all of them
 * pro rata, and what is paid out lowers all of them pro rata. Once something happens that no terms cover, the
 * position has no curve until it has been closed.
 */
export class CurvePosition {
  quantityE8 = 0n;
  lots: readonly CurveLot[] = [];
  #lost = false;
  readonly #series: (terms: CurveTerms) => CurveSeries;

  constructor(series: (terms: CurveTerms) => CurveSeries) {
    this.#series = series;
  }

  /** Whether the position is open and every unit of it has a curve. */
  get known(): boolean {
    return !this.#lost && this.quantityE8 > 0n && this.lots.length > 0;
  }

  /**
   * Takes all operations of one day, in the order of the fold. `beforeTransfer` gets the unit price at which a transfer
   * leaves. A transfer that comes in states its cost, never its curve; one that goes out and comes in is no change.
   */
  takeDay(operations: readonly CurveOperation[], beforeTransfer?: (priceE8: bigint) => void): void {
    let moved = 0n;
    for (const operation of operations) {
      if (operation.type === "transferencia_saida") moved -= operation.quantityE8 ?? 0n;
      else if (operation.type === "transferencia_entrada") moved += operation.quantityE8 ?? 0n;
      else this.#take(operation);
    }
    const [first] = operations;
    if (first === undefined) return;
    const price = this.priceAt(first.day);
    if (price !== null) beforeTransfer?.(price);
    if (moved > 0n) {
      this.#lost = true;
      this.quantityE8 += moved;
    } else if (moved < 0n) this.#remove(-moved);
  }

  /** The unit price on a day, to 8 digits; null without a curve. */
  priceAt(day: number): bigint | null {
    if (!this.known) return null;
    const worth = this.#worthAt(day);
    return worth === null ? null : priceOf({ worth, quantityE8: this.quantityE8 });
  }

  #take(operation: CurveOperation): void {
    const { type, quantityE8, priceE8, amountE8 } = operation;
    if (BUYS.has(type)) this.#buy(operation);
    else if (SALES.has(type)) {
      const worth = amountE8 !== null && priceE8 ? perUnit({ amount: amountE8, units: priceE8 }) : null;
      const all = type === "vencimento" ? this.quantityE8 : null;
      this.#remove(quantityE8 ?? all ?? worth);
    } else if (PAYMENTS.has(type)) {
      const product = quantityE8 === null || priceE8 === null ? null : timesE8(quantityE8, priceE8);
      this.#pay(operation.day, amountE8 ?? product);
    }
  }

  #buy(operation: CurveOperation): void {
    this.quantityE8 += operation.quantityE8 ?? 0n;
    const lot = this.#lotOf(operation);
    if (lot === null) this.#lose();
    else this.lots = [...this.lots, lot];
  }

  #lotOf({ day, quantityE8, priceE8, amountE8, terms }: CurveOperation): CurveLot | null {
    if (quantityE8 === null || quantityE8 <= 0n || terms === null) return null;
    const worth = priceE8 === null ? amountE8 : timesE8(quantityE8, priceE8);
    const level = this.#series(terms).levelAt(accruedTo(terms, day));
    if (worth === null || worth <= 0n || level === null || level <= 0n) return null;
    const units = divRound(worth * TO_MONEY, level);
    return units < UNITS_MAX ? { terms, day, units } : null;
  }

  #remove(quantityE8: bigint | null): void {
    const held = this.quantityE8;
    const left = quantityE8 === null ? null : held - absolute(quantityE8);
    if (left !== null) this.quantityE8 = left;
    if (left === 0n) {
      this.lots = [];
      this.#lost = false;
    } else if (left === null || left < 0n) this.#lose();
    else this.#keep(left, held);
  }

  /** Interest and amortisation are part of the value until they are paid. */
  #pay(day: number, paidE8: bigint | null): void {
    if (!this.known || paidE8 === 0n) return;
    const worth = this.#worthAt(day);
    const left = paidE8 === null || worth === null || paidE8 < 0n ? null : worth - paidE8 * TO_MONEY;
    if (worth === null || left === null || left <= 0n) this.#lose();
    else this.#keep(left, worth);
  }

  #keep(part: bigint, whole: bigint): void {
    this.lots = this.lots.map((lot) => ({ ...lot, units: divRound(lot.units * part, whole) }));
  }

  #lose(): void {
    this.#lost = true;
    this.lots = [];
  }

  #worthAt(day: number): bigint | null {
    let worth = 0n;
    for (const { terms, units } of this.lots) {
      const level = this.#series(terms).levelAt(accruedTo(terms, day));
      if (level === null) return null;
      worth += units * level;
    }
    return worth;
  }
}

/** The day to which terms have accrued on a day: nothing accrues from the maturity on. */
export function accruedTo({ maturity }: CurveTerms, day: number): number {
  return maturity !== null && maturity < day ? maturity : day;
}

/** The day that a value of `day` is really of: earlier where the index is not known up to it, or to the maturity. */
export function knownThrough(series: CurveSeries, terms: CurveTerms, day: number): number {
  const accrued = accruedTo(terms, day);
  const through = series.throughAt(accrued);
  return through >= accrued ? day : through;
}

/** The unit price of units x levels, to 8 digits. */
export function priceOf({ worth, quantityE8 }: { worth: bigint; quantityE8: bigint }): bigint {
  return divRound(worth, quantityE8 * TO_PRICE);
}

/** Money of units x levels, to 8 digits. */
export function moneyOf(worth: bigint): bigint {
  return divRound(worth, TO_MONEY);
}
