import type { OperationType } from "../../contracts/operation-types.ts";
import type { IsoDay } from "../../money/day.ts";
import { Decimal, divRound } from "../../money/decimal.ts";
import { brazilianDay, brazilianNumber, brazilianQuantity } from "./csv.ts";
import type { DemoInstrument } from "./instrument.ts";

/** The columns of the demo's operations files. */
export const OPERATION_COLUMNS = [
  "cliente",
  "data",
  "tipo",
  "ativo",
  "quantidade",
  "preco",
  "moeda",
  "taxas",
  "fator",
  "valor",
  "corretora",
  "data_com",
  "ir",
  "indexador",
  "taxa_juros",
  "vencimento",
  "emissor",
] as const;

type Column = (typeof OPERATION_COLUMNS)[number];

/** One line of an operations file. */
export interface DemoOperation {
  readonly day: IsoDay;
  /** In the order of OPERATION_COLUMNS. */
  readonly cells: readonly string[];
}

export interface DemoPosition {
  quantityE8: number;
  /** Cost with fees in 10^-8 of the instrument's currency. */
  costE8: bigint;
}

export interface Trade {
  readonly instrument: DemoInstrument;
  readonly day: IsoDay;
  readonly type: OperationType;
  readonly quantityE8: number;
  readonly price: { readonly units: number; readonly decimals: number };
  readonly feesE2: number;
}

const BROKERAGE = "Corretora Exemplo";
const UNIT_E8 = 100_000_000n;

/** What one client of the demo holds, and the lines that say how it came about. */
export class Account {
  readonly positions = new Map<string, DemoPosition>();
  /** Cash in cents of real; only looked at where the client's cash is controlled. */
  cashE2 = 0;
  readonly #client: string;

  constructor(client: string) {
    this.#client = client;
  }

  held(code: string): number {
    return this.positions.get(code)?.quantityE8 ?? 0;
  }

  /** Adds units that were paid for (or came with their cost) and takes their price from the cash. */
  add(trade: Trade, settles = true): DemoOperation {
    const position = this.#position(trade.instrument.code);
    const valueE8 = tradedE8(trade);
    position.quantityE8 += trade.quantityE8;
    position.costE8 += valueE8 + BigInt(trade.feesE2) * 1_000_000n;
    if (settles) this.cashE2 -= cents(valueE8) + trade.feesE2;
    return this.#tradeLine(trade);
  }

  /** Takes units away at their average cost. The caller never takes more than is held. */
  remove(trade: Trade, settles = true): DemoOperation {
    const position = this.#position(trade.instrument.code);
    if (trade.quantityE8 > position.quantityE8)
      throw new RangeError("a demo client cannot sell what is not held");
    const removed = divRound(position.costE8 * BigInt(trade.quantityE8), BigInt(position.quantityE8));
    position.costE8 -= removed;
    position.quantityE8 -= trade.quantityE8;
    if (settles) this.cashE2 += cents(tradedE8(trade)) - trade.feesE2;
    return this.#tradeLine(trade);
  }

  /** New units for old ones, the cost unchanged. */
  split(code: string, day: IsoDay, factor: { oldUnits: number; newUnits: number }): DemoOperation {
    const position = this.#position(code);
    position.quantityE8 = (position.quantityE8 / factor.oldUnits) * factor.newUnits;
    const cells = { ativo: code, fator: `${factor.oldUnits}:${factor.newUnits}` };
    return this.#line(day, "desdobramento", cells);
  }

  /** A payment on what was held on its record day. */
  receive(payment: {
    readonly day: IsoDay;
    readonly type: OperationType;
    readonly code: string;
    readonly currency: string;
    readonly recordDay: IsoDay;
    readonly quantityE8: number;
    readonly perUnitE6: number;
    readonly tax: number;
  }): DemoOperation {
    const grossE2 = cents((BigInt(payment.quantityE8) * BigInt(payment.perUnitE6)) / 1_000_000n);
    const taxE2 = Math.round(grossE2 * payment.tax);
    if (payment.currency === "BRL") this.cashE2 += grossE2 - taxE2;
    return this.#line(payment.day, payment.type, {
      ativo: payment.code,
      quantidade: brazilianQuantity(payment.quantityE8),
      preco: brazilianNumber(payment.perUnitE6, 6),
      moeda: payment.currency,
      valor: brazilianNumber(grossE2, 2),
      corretora: BROKERAGE,
      data_com: brazilianDay(payment.recordDay),
      ir: brazilianNumber(taxE2, 2),
    });
  }

  /** Reais that come in, go out, or are charged. */
  move(day: IsoDay, type: "aporte" | "retirada" | "taxa", amountE2: number): DemoOperation {
    this.cashE2 += type === "aporte" ? amountE2 : -amountE2;
    return this.#line(day, type, { moeda: "BRL", valor: brazilianNumber(amountE2, 2), corretora: BROKERAGE });
  }

  #position(code: string): DemoPosition {
    const position = this.positions.get(code) ?? { quantityE8: 0, costE8: 0n };
    this.positions.set(code, position);
    return position;
  }

  #tradeLine({ instrument, day, type, quantityE8, price, feesE2 }: Trade): DemoOperation {
    const { terms } = instrument;
    const paper =
      terms === undefined
        ? {}
        : {
            indexador: terms.indexer,
            taxa_juros: brazilianNumber(terms.rate, 0),
            vencimento: terms.maturity,
            emissor: terms.issuer,
          };
    return this.#line(day, type, {
      ativo: instrument.code,
      quantidade: brazilianQuantity(quantityE8),
      preco: brazilianNumber(price.units, price.decimals),
      moeda: instrument.currency,
      taxas: brazilianNumber(feesE2, 2),
      corretora: BROKERAGE,
      ...paper,
    });
  }

  #line(day: IsoDay, type: OperationType, cells: Partial<Record<Column, string>>): DemoOperation {
    const line = { cliente: this.#client, data: brazilianDay(day), tipo: type, ...cells };
    const values: Partial<Record<Column, string>> = line;
    return { day, cells: OPERATION_COLUMNS.map((column) => values[column] ?? "") };
  }
}

/** Average cost a unit, rounded as a price is; 0 where nothing is held. */
export function averageCost({ quantityE8, costE8 }: DemoPosition): Decimal {
  if (quantityE8 === 0) return Decimal.ZERO;
  return new Decimal(divRound(costE8 * UNIT_E8, BigInt(quantityE8)), 8);
}

function tradedE8({ quantityE8, price }: Trade): bigint {
  return divRound(BigInt(quantityE8) * BigInt(price.units), 10n ** BigInt(price.decimals));
}

function cents(amountE8: bigint): number {
  return Number(divRound(amountE8, 1_000_000n));
}
