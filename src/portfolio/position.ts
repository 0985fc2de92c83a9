import type { FoldClient, FoldSink, PortfolioEvent } from "./event.ts";

/** What is added up for a position, once in its own currency and once in the client's base currency. */
interface Tally {
  /** With fees; negative for a short: the proceeds after fees. */
  cost: bigint;
  costGross: bigint;
  realized: bigint;
  fees: bigint;
  income: bigint;
  /** What entered today at trade value, without fees. */
  dayFlow: bigint;
}

/** The running state of one instrument of one client. Mutable: the fold makes one and moves it through the days. */
export interface Position {
  readonly instrument: string;
  readonly currency: string;
  readonly isCash: boolean;
  quantity: bigint;
  readonly own: Tally;
  /** Null where the position's currency is the base currency: `own` is then both. */
  readonly base: Tally | null;
  costKnown: boolean;
  costBaseKnown: boolean;
  /** Whether every cumulative figure (realised gain, fees, income) is known in base currency. */
  totalsBaseKnown: boolean;
  /** Whether every gain so far had a known cost and known proceeds. */
  realizedKnown: boolean;
  /** Whether today's flow is known in base currency. */
  dayBaseKnown: boolean;
  /** The last day that changed this position; NEVER before the first. */
  changeDay: number;
  openingQuantity: bigint;
  tradePrice: bigint | null;
  tradeDay: number | null;
  sourceFile: string;
  rowNumber: number;
}

/** `changeDay` of a position that nothing has touched. */
export const NEVER = Number.MIN_SAFE_INTEGER;

const CASH_PREFIX = "CAIXA-";

/** The code of cash in a currency: `CAIXA-BRL`. */
export function cashCode(currency: string): string {
  return `${CASH_PREFIX}${currency}`;
}

function newTally(): Tally {
  return { cost: 0n, costGross: 0n, realized: 0n, fees: 0n, income: 0n, dayFlow: 0n };
}

/** A position without units. Cash has the currency that its code says; everything else that of its first event. */
export function newPosition(client: FoldClient, instrument: string, eventCurrency: string): Position {
  const isCash = instrument.startsWith(CASH_PREFIX);
  const currency = isCash ? instrument.slice(CASH_PREFIX.length) : eventCurrency;
  return {
    instrument,
    currency,
    isCash,
    quantity: 0n,
    own: newTally(),
    base: currency === client.baseCurrency ? null : newTally(),
    costKnown: true,
    costBaseKnown: true,
    totalsBaseKnown: true,
    realizedKnown: true,
    dayBaseKnown: true,
    changeDay: NEVER,
    openingQuantity: 0n,
    tradePrice: null,
    tradeDay: null,
    sourceFile: "",
    rowNumber: 0,
  };
}

/** Remembers the price of the client's own trade: what the position is worth before any quote (rule 5). */
export function rememberPrice(position: Position, price: bigint, day: number): void {
  position.tradePrice = price;
  position.tradeDay = day;
}

/** What the sink of spans needs to know beside the position. */
interface SpanContext {
  readonly client: FoldClient;
  readonly sink: FoldSink;
}

/**
 * Opens the event's day for a position: the state of its previous change day is complete and becomes
 * a span. Must be called before the event changes anything.
 */
export function touch(context: SpanContext, position: Position, event: PortfolioEvent): void {
  if (position.changeDay !== event.day) {
    if (position.changeDay !== NEVER) emitSpan(context, position, event.day);
    position.changeDay = event.day;
    position.openingQuantity = position.quantity;
    position.own.dayFlow = 0n;
    if (position.base !== null) position.base.dayFlow = 0n;
    position.dayBaseKnown = true;
  }
  position.sourceFile = event.sourceFile;
  position.rowNumber = event.rowNumber;
}

/** Emits the state that holds from the position's last change day up to `validTo`, exclusive. */
export function emitSpan({ client, sink }: SpanContext, position: Position, validTo: number): void {
  const own = position.own;
  const base = position.base ?? own;
  sink.span({
    clientId: client.clientId,
    instrument: position.instrument,
    currency: position.currency,
    baseCurrency: client.baseCurrency,
    validFrom: position.changeDay,
    validTo,
    quantityE8: position.quantity,
    costE8: own.cost,
    costGrossE8: own.costGross,
    realizedE8: own.realized,
    feesE8: own.fees,
    incomeE8: own.income,
    costBaseE8: base.cost,
    costGrossBaseE8: base.costGross,
    realizedBaseE8: base.realized,
    feesBaseE8: base.fees,
    incomeBaseE8: base.income,
    costKnown: position.costKnown,
    realizedKnown: position.realizedKnown,
    baseKnown: position.costBaseKnown && position.totalsBaseKnown && position.dayBaseKnown,
    costBaseKnown: position.costBaseKnown,
    openingQuantityE8: position.openingQuantity,
    dayFlowE8: own.dayFlow,
    dayFlowBaseE8: base.dayFlow,
    tradePriceE8: position.tradePrice,
    tradeDay: position.tradeDay,
    sourceFile: position.sourceFile,
    rowNumber: position.rowNumber,
  });
}
