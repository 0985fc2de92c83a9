import { dayNumber, dayOf, type IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type {
  EventType,
  Finding,
  FlowRow,
  FoldClient,
  IncomeRow,
  PortfolioEvent,
  RealizedRow,
  SpanRow,
} from "./event.ts";
import { foldClient } from "./fold.ts";

/** Helpers of this room's tests: events written and rows read as plain decimals. */

/** `12.34` as an integer of scale 8. */
export function e8(text: string): bigint {
  return Decimal.parse(text).unitsAt(8);
}

/** An integer of scale 8 in plain notation without trailing zeros. */
export function plain(units: bigint | null): string | null {
  return units === null ? null : new Decimal(units, 8).toJSON();
}

/** What a test says of an event; the rest is as in a bare row of our own format. */
export interface EventText {
  readonly day?: IsoDay;
  readonly time?: string;
  readonly type: EventType;
  readonly asset?: string;
  readonly to?: string;
  readonly currency?: string;
  readonly quantity?: string;
  readonly price?: string;
  readonly fees?: string;
  readonly amount?: string;
  readonly tax?: string;
  /** `1:3` is three old units to one new one: new:old. */
  readonly newPerOld?: string;
  readonly brokerage?: string;
  readonly rate?: string;
  readonly market?: string;
  readonly dayTradable?: boolean;
  readonly unordered?: boolean;
  readonly file?: string;
  readonly row?: number;
}

const optionalE8 = (text: string | undefined): bigint | null => (text === undefined ? null : e8(text));

/** An event of 2026-01-05 in PETR4 and BRL unless it says otherwise. */
export function event(text: EventText, row = 1): PortfolioEvent {
  const [factorNew, factorOld] = text.newPerOld?.split(":") ?? [];
  return {
    day: dayNumber(text.day ?? "2026-01-05"),
    time: text.time ?? null,
    type: text.type,
    instrument: text.asset ?? "PETR4",
    toInstrument: text.to ?? null,
    currency: text.currency ?? "BRL",
    quantityE8: optionalE8(text.quantity),
    priceE8: optionalE8(text.price),
    feesE8: e8(text.fees ?? "0"),
    amountE8: optionalE8(text.amount),
    taxE8: e8(text.tax ?? "0"),
    factorNew: factorNew === undefined ? null : BigInt(factorNew),
    factorOld: factorOld === undefined ? null : BigInt(factorOld),
    brokerage: text.brokerage ?? "",
    fxRateE8: optionalE8(text.rate),
    marketPriceE8: optionalE8(text.market),
    dayTradable: text.dayTradable ?? false,
    unordered: text.unordered ?? false,
    sourceFile: text.file ?? "operacoes.csv",
    rowNumber: text.row ?? row,
    rowHash: `${text.file ?? "operacoes.csv"}:${text.row ?? row}`,
  };
}

/** Everything that a fold emitted. */
export interface Folded {
  readonly spans: SpanRow[];
  readonly realized: RealizedRow[];
  readonly income: IncomeRow[];
  readonly flows: FlowRow[];
  readonly findings: Finding[];
}

/** Folds finished events. */
export function foldEvents(events: readonly PortfolioEvent[], client: Partial<FoldClient> = {}): Folded {
  const out: Folded = { spans: [], realized: [], income: [], flows: [], findings: [] };
  foldClient({ clientId: "c1", baseCurrency: "BRL", controlsCash: false, ...client }, events, {
    span: (row) => out.spans.push(row),
    realized: (row) => out.realized.push(row),
    income: (row) => out.income.push(row),
    flow: (row) => out.flows.push(row),
    finding: (row) => out.findings.push(row),
  });
  return out;
}

/** Folds events written as text; each is a row of the file, in the order given. */
export function fold(events: readonly EventText[], client: Partial<FoldClient> = {}): Folded {
  return foldEvents(
    events.map((text, i) => event(text, i + 1)),
    client,
  );
}

/** The state of an instrument on the last day, in plain decimals. Throws where it has no span. */
export function last(folded: Folded, asset = "PETR4"): ReturnType<typeof readSpan> {
  const row = folded.spans.findLast((span) => span.instrument === asset);
  if (row === undefined) throw new Error(`no span of ${asset}`);
  return readSpan(row);
}

/** A span in plain decimals and ISO days. */
export function readSpan(row: SpanRow) {
  return {
    from: dayOf(row.validFrom),
    to: dayOf(row.validTo),
    quantity: plain(row.quantityE8),
    cost: plain(row.costE8),
    gross: plain(row.costGrossE8),
    realized: plain(row.realizedE8),
    fees: plain(row.feesE8),
    income: plain(row.incomeE8),
    costBase: plain(row.costBaseE8),
    realizedBase: plain(row.realizedBaseE8),
    feesBase: plain(row.feesBaseE8),
    incomeBase: plain(row.incomeBaseE8),
    opening: plain(row.openingQuantityE8),
    dayFlow: plain(row.dayFlowE8),
    dayFlowBase: plain(row.dayFlowBaseE8),
    tradePrice: plain(row.tradePriceE8),
    costKnown: row.costKnown,
    realizedKnown: row.realizedKnown,
    baseKnown: row.baseKnown,
    costBaseKnown: row.costBaseKnown,
  };
}

/** A disposal in plain decimals. */
export function readGain(row: RealizedRow | undefined) {
  if (row === undefined) throw new Error("no disposal");
  return {
    type: row.type,
    dayTrade: row.dayTrade,
    quantity: plain(row.quantityE8),
    proceeds: plain(row.proceedsE8),
    fees: plain(row.feesE8),
    costRemoved: plain(row.costRemovedE8),
    gain: plain(row.gainE8),
    gainBase: plain(row.gainBaseE8),
    gainKnown: row.gainKnown,
  };
}

/** A day's flows in plain decimals. */
export function readFlow(row: FlowRow | undefined) {
  if (row === undefined) throw new Error("no flow");
  return {
    currency: row.currency,
    flow: plain(row.flowE8),
    gross: plain(row.flowGrossE8),
    flowBase: plain(row.flowBaseE8),
    grossBase: plain(row.flowGrossBaseE8),
    income: plain(row.incomeE8),
    fees: plain(row.feesE8),
  };
}

/** Codes of the findings, in order. */
export function codes(folded: Folded): string[] {
  return folded.findings.map((finding) => finding.code);
}
