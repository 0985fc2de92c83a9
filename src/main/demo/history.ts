import type { IsoDay } from "../../money/day.ts";
import { Account, type DemoOperation, type Trade } from "./account.ts";
import type { DemoClient } from "./clients.ts";
import type { CorporateAction, Payment } from "./events.ts";
import type { DemoInstrument, Group } from "./instrument.ts";
import { closeOf, type DemoMarket } from "./market.ts";
import { type Intention, intentionsOf, targetsOf } from "./plan.ts";
import { UNIVERSE } from "./universe.ts";

const BY_CODE: ReadonlyMap<string, DemoInstrument> = new Map(UNIVERSE.map((each) => [each.code, each]));

/** Exchange fees of a trade on B3, as a part of its value. */
const EXCHANGE_FEES = 0.0003;
const PAYS_EXCHANGE_FEES: ReadonlySet<Group> = new Set<Group>(["acao", "fii", "etf", "bdr"]);
/** Traded at the published unit price, without a market around it. */
const AT_UNIT_PRICE: ReadonlySet<Group> = new Set<Group>(["tesouro", "bancario", "fundo"]);
const REDEEMED: ReadonlySet<Group> = new Set<Group>(["bancario", "fundo"]);
const UNIT_E8 = 100_000_000;
/** From so many shares on people trade round lots. */
const ROUND_LOT = { from: 200, lot: 100 };
/** What a security from another house had cost there, against its price on the day it came. */
const COST_BROUGHT = 0.82;
/** Of controlled cash, so much is spent at most on one purchase. */
const SPENDABLE = 0.97;

/** One client's life in the demo, day by day. */
export class History {
  readonly #account: Account;
  readonly #client: DemoClient;
  readonly #market: DemoMarket;
  readonly #seed: string | number;
  readonly #recorded = new Map<Payment, number>();

  constructor(client: DemoClient, market: DemoMarket, seed: string | number) {
    this.#client = client;
    this.#market = market;
    this.#seed = seed;
    this.#account = new Account(client.id);
  }

  /** The client's operations to the end of `until`, oldest first; to be walked through once. */
  *operations(until: IsoDay): Generator<DemoOperation> {
    const { timeline } = this.#market;
    const [firstSession = ""] = timeline.sessions;
    // A client comes with a whole month: what a month's first sessions were to bring would be missing.
    const partial = (timeline.months[0]?.days[0] ?? "") < firstSession ? 1 : 0;
    const since = this.#client.since + partial;
    const targets = targetsOf(this.#client, this.#seed);
    for (const [index, month] of timeline.months.entries()) {
      if (index < since) continue;
      const intentions = intentionsOf(this.#client, index - since, month, { seed: this.#seed, targets });
      for (const day of month.days) {
        if (day > until || !timeline.indexOf.has(day)) return;
        yield* this.#session(day, intentions);
      }
    }
  }

  /** What is held at the end of `until`. Takes the place of walking through the operations. */
  accountAfter(until: IsoDay): Account {
    const walk = this.operations(until);
    while (walk.next().done !== true);
    return this.#account;
  }

  *#session(day: IsoDay, intentions: readonly Intention[]): Generator<DemoOperation> {
    const { events } = this.#market;
    for (const action of events.actions.get(day) ?? []) {
      const line = this.#act(day, action);
      if (line !== null) yield line;
    }
    for (const payment of events.paid.get(day) ?? []) {
      const quantityE8 = this.#recorded.get(payment) ?? 0;
      this.#recorded.delete(payment);
      if (quantityE8 > 0) yield this.#account.receive({ ...payment, day, quantityE8 });
    }
    for (const intention of intentions) {
      const line = intention.day === day ? this.#carryOut(intention) : null;
      if (line !== null) yield line;
    }
    for (const payment of events.recorded.get(day) ?? []) {
      const held = this.#account.held(payment.code);
      if (held > 0) this.#recorded.set(payment, held);
    }
  }

  #act(day: IsoDay, action: CorporateAction): DemoOperation | null {
    const held = this.#account.held(action.code);
    if (held === 0) return null;
    if (action.type === "desdobramento") return this.#account.split(action.code, day, action);
    const given =
      Math.floor((held * (action.newUnits - action.oldUnits)) / action.oldUnits / UNIT_E8) * UNIT_E8;
    if (given === 0) return null;
    const price = { units: action.costE2, decimals: 2 };
    const instrument = instrumentOf(action.code);
    return this.#account.add(
      { instrument, day, type: "bonificacao", quantityE8: given, price, feesE2: 0 },
      false,
    );
  }

  #carryOut(intention: Intention): DemoOperation | null {
    const { day } = intention;
    switch (intention.kind) {
      case "contribute":
        return this.#account.move(day, "aporte", Math.round(intention.amount) * 100);
      case "charge": {
        const feeE2 = Math.round(intention.amount * 100);
        return feeE2 <= this.#account.cashE2 ? this.#account.move(day, "taxa", feeE2) : null;
      }
      case "withdraw": {
        const thousands = Math.floor((this.#account.cashE2 * intention.share) / 100_000);
        return thousands > 0 ? this.#account.move(day, "retirada", thousands * 100_000) : null;
      }
      case "buy":
        return this.#buy(intention);
      case "sell":
        return this.#sell(intention);
      case "transfer_in":
        return this.#transferIn(intention);
      case "transfer_out":
        return this.#transferOut(intention);
    }
  }

  #buy({ day, code, amount, slip }: Intention & { kind: "buy" }): DemoOperation | null {
    const instrument = instrumentOf(code);
    const price = this.#tradePrice(instrument, day, slip);
    const budget = this.#client.controlsCash
      ? Math.min(amount, (this.#account.cashE2 / 100) * SPENDABLE)
      : amount;
    const quantityE8 = this.#affordable(instrument, day, budget, price);
    if (quantityE8 <= 0) return null;
    return this.#account.add(this.#trade({ instrument, day, type: "compra", quantityE8, price }));
  }

  #sell({ day, which, share, slip }: Intention & { kind: "sell" }): DemoOperation | null {
    const whole = share === 1;
    const offered = [...this.#account.positions].filter(
      ([held, { quantityE8 }]) => quantityE8 > 0 && !(whole && this.#client.keeps.includes(held)),
    );
    const [code = "", position] = offered[Math.floor(which * offered.length)] ?? [];
    if (position === undefined) return null;
    const instrument = instrumentOf(code);
    const { stepE8 } = instrument;
    const part = Math.floor((position.quantityE8 * share) / stepE8) * stepE8;
    const quantityE8 = whole ? position.quantityE8 : part;
    if (quantityE8 <= 0) return null;
    const type = REDEEMED.has(instrument.group) ? "resgate" : "venda";
    const price = this.#tradePrice(instrument, day, slip);
    return this.#account.remove(this.#trade({ instrument, day, type, quantityE8, price }));
  }

  #transferIn({ day, code, amount }: Intention & { kind: "transfer_in" }): DemoOperation | null {
    const instrument = instrumentOf(code);
    const close = closeOf(this.#market, code, day);
    const price = { units: Math.round(close.units * COST_BROUGHT), decimals: close.decimals };
    const quantityE8 = this.#affordable(instrument, day, amount, close);
    if (quantityE8 <= 0) return null;
    const trade: Trade = { instrument, day, type: "transferencia_entrada", quantityE8, price, feesE2: 0 };
    return this.#account.add(trade, false);
  }

  #transferOut({ day, code, share }: Intention & { kind: "transfer_out" }): DemoOperation | null {
    const instrument = instrumentOf(code);
    const { stepE8 } = instrument;
    const quantityE8 = Math.floor((this.#account.held(code) * share) / stepE8) * stepE8;
    if (quantityE8 <= 0) return null;
    const price = closeOf(this.#market, code, day);
    const trade: Trade = { instrument, day, type: "transferencia_saida", quantityE8, price, feesE2: 0 };
    return this.#account.remove(trade, false);
  }

  #trade(trade: Omit<Trade, "feesE2">): Trade {
    const { instrument, quantityE8, price } = trade;
    const value = (quantityE8 / UNIT_E8) * (price.units / 10 ** price.decimals);
    const feesE2 = PAYS_EXCHANGE_FEES.has(instrument.group) ? Math.round(value * EXCHANGE_FEES * 100) : 0;
    return { ...trade, feesE2 };
  }

  /** The price of a trade lies near the close, where there is a market. */
  #tradePrice(instrument: DemoInstrument, day: IsoDay, slip: number): Trade["price"] {
    const close = closeOf(this.#market, instrument.code, day);
    if (AT_UNIT_PRICE.has(instrument.group)) return close;
    return { units: Math.max(1, Math.round(close.units * (1 + slip))), decimals: close.decimals };
  }

  /** The quantity that `budget` reais buy, in whole steps, and in round lots where it is many shares. */
  #affordable(instrument: DemoInstrument, day: IsoDay, budget: number, price: Trade["price"]): number {
    const rate =
      instrument.currency === "BRL" ? { units: 1, decimals: 0 } : closeOf(this.#market, "USDBRL", day);
    const inCurrency = budget / (rate.units / 10 ** rate.decimals);
    const wanted = inCurrency / (price.units / 10 ** price.decimals);
    const steps = Math.floor((wanted * UNIT_E8) / instrument.stepE8);
    const lots = Math.floor(wanted / ROUND_LOT.lot) * ROUND_LOT.lot * UNIT_E8;
    return instrument.group === "acao" && wanted >= ROUND_LOT.from ? lots : steps * instrument.stepE8;
  }
}

function instrumentOf(code: string): DemoInstrument {
  const instrument = BY_CODE.get(code);
  if (instrument === undefined) throw new RangeError(`${code} is not in the demo's universe`);
  return instrument;
}
