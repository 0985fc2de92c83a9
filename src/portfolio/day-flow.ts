import type { FoldClient, FoldSink } from "./event.ts";
import type { Position } from "./position.ts";

/** What crossed the border of the portfolio on a day, and what was earned and paid inside it. */
interface FlowTally {
  /** Into the portfolio positive, at trade or market value without fees. */
  border: bigint;
  /** Fees that the settlement of a trade contains. */
  tradeFees: bigint;
  /** Fees beside a trade: `taxa`, and those of income and transfers. */
  otherFees: bigint;
  /** After tax. */
  income: bigint;
}

/** The flows of one currency on the day that the fold is at; used again for the next day. */
export interface DayFlow {
  readonly currency: string;
  readonly own: FlowTally;
  /** Null where the currency is the base currency. */
  readonly base: FlowTally | null;
  baseKnown: boolean;
  used: boolean;
  /** The cash of this currency, once something was posted to it. */
  cash: Position | null;
}

function newTally(): FlowTally {
  return { border: 0n, tradeFees: 0n, otherFees: 0n, income: 0n };
}

export function newDayFlow(client: FoldClient, currency: string): DayFlow {
  return {
    currency,
    own: newTally(),
    base: currency === client.baseCurrency ? null : newTally(),
    baseKnown: true,
    used: false,
    cash: null,
  };
}

function clear(tally: FlowTally): void {
  tally.border = 0n;
  tally.tradeFees = 0n;
  tally.otherFees = 0n;
  tally.income = 0n;
}

/**
 * Emits the day's row of one currency and clears it for the next day.
 *
 * Without controlled cash the fees of trades cross the border with them: flow = border + fees of trades, and
 * flowGross = border. With it they are paid inside, from cash, as income is received there: flow = border, and
 * flowGross = flow + income - fees is all that moved the value other than prices. In both cases the price effect
 * of the day is the change of value less flowGross, and the total is that + income - fees.
 */
export function emitDayFlow(
  { client, sink }: { readonly client: FoldClient; readonly sink: FoldSink },
  flow: DayFlow,
  day: number,
): void {
  const own = flow.own;
  const base = flow.base ?? own;
  const fees = own.tradeFees + own.otherFees;
  const feesBase = flow.base === null ? fees : base.tradeFees + base.otherFees;
  const inside = client.controlsCash;
  const known = flow.baseKnown;
  sink.flow({
    clientId: client.clientId,
    day,
    currency: flow.currency,
    flowE8: inside ? own.border : own.border + own.tradeFees,
    flowGrossE8: inside ? own.border + own.income - fees : own.border,
    flowBaseE8: known ? (inside ? base.border : base.border + base.tradeFees) : null,
    flowGrossBaseE8: known ? (inside ? base.border + base.income - feesBase : base.border) : null,
    incomeE8: own.income,
    incomeBaseE8: known ? base.income : null,
    feesE8: fees,
    feesBaseE8: known ? feesBase : null,
  });
  clear(own);
  if (flow.base !== null) clear(flow.base);
  flow.baseKnown = true;
  flow.used = false;
}
