import { BOOLEAN, DECIMAL, type DuckDBType, INTEGER, VARCHAR } from "@duckdb/node-api";
import type {
  Finding,
  FlowRow,
  FoldSink,
  IncomeRow,
  RealizedRow,
  SpanRow,
} from "../../src/portfolio/event.ts";
import type { Engine } from "../engine.ts";
import { TableWriter } from "./table-writer.ts";
import type { Width } from "./width.ts";

/** Numbers that stand for texts while the fold writes, so that no text is copied a million times. */
export interface Dictionary {
  readonly clients: ReadonlyMap<string, number>;
  readonly instruments: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, number>;
}

type ColumnKind = "int" | "amount" | "flag" | "text";

const SHAPES = {
  fold_spans: {
    client_no: "int",
    instrument_no: "int",
    valid_from: "int",
    valid_to: "int",
    quantity: "amount",
    cost: "amount",
    cost_gross: "amount",
    realized_gain: "amount",
    fees: "amount",
    income: "amount",
    cost_base: "amount",
    cost_gross_base: "amount",
    realized_gain_base: "amount",
    fees_base: "amount",
    income_base: "amount",
    cost_known: "flag",
    opening_quantity: "amount",
    day_flow: "amount",
    day_flow_base: "amount",
    trade_price: "amount",
    trade_day: "int",
    op_no: "int",
  },
  fold_realized: {
    client_no: "int",
    instrument_no: "int",
    day: "int",
    type_no: "int",
    day_trade: "flag",
    quantity: "amount",
    proceeds: "amount",
    fees: "amount",
    cost_removed: "amount",
    gain: "amount",
    gain_base: "amount",
    op_no: "int",
  },
  fold_income: {
    client_no: "int",
    instrument_no: "int",
    day: "int",
    type_no: "int",
    gross: "amount",
    tax: "amount",
    net: "amount",
    net_base: "amount",
    op_no: "int",
  },
  fold_flows: {
    client_no: "int",
    day: "int",
    currency: "text",
    flow: "amount",
    flow_gross: "amount",
    flow_base: "amount",
    flow_gross_base: "amount",
    income: "amount",
    income_base: "amount",
    fees: "amount",
    fees_base: "amount",
  },
  fold_findings: {
    client_no: "int",
    instrument_no: "int",
    day: "int",
    code: "text",
    expected: "amount",
    found: "amount",
    op_no: "int",
  },
} as const satisfies Record<string, Record<string, ColumnKind>>;

type Shape = keyof typeof SHAPES;

/** Takes the fold's rows into tables of integers; `typed.ts` turns those into gold's columns. */
export class FoldTables implements FoldSink {
  readonly #writers: Readonly<Record<Shape, TableWriter>>;
  readonly #dictionary: Dictionary;

  private constructor(writers: Readonly<Record<Shape, TableWriter>>, dictionary: Dictionary) {
    this.#writers = writers;
    this.#dictionary = dictionary;
  }

  static async open(engine: Engine, width: Width, dictionary: Dictionary): Promise<FoldTables> {
    const types: Readonly<Record<ColumnKind, DuckDBType>> = {
      int: INTEGER,
      amount: DECIMAL(width === "narrow" ? 18 : 38, 8),
      flag: BOOLEAN,
      text: VARCHAR,
    };
    const open = async (shape: Shape): Promise<TableWriter> => {
      const columns = Object.entries(SHAPES[shape]);
      await engine.run(
        `create or replace table ${shape} (${columns.map(([name, kind]) => `${name} ${types[kind]}`).join(", ")})`,
      );
      return await TableWriter.open(
        engine.connection,
        shape,
        columns.map(([, kind]) => types[kind]),
      );
    };
    const writers = {
      fold_spans: await open("fold_spans"),
      fold_realized: await open("fold_realized"),
      fold_income: await open("fold_income"),
      fold_flows: await open("fold_flows"),
      fold_findings: await open("fold_findings"),
    };
    return new FoldTables(writers, dictionary);
  }

  span(row: SpanRow): void {
    const base = (amount: bigint): bigint | null => (row.baseKnown ? amount : null);
    this.#writers.fold_spans.add([
      this.#client(row.clientId),
      this.#instrument(row.instrument),
      row.validFrom,
      row.validTo,
      row.quantityE8,
      row.costE8,
      row.costGrossE8,
      row.realizedKnown ? row.realizedE8 : null,
      row.feesE8,
      row.incomeE8,
      row.costBaseKnown ? row.costBaseE8 : null,
      row.costBaseKnown ? row.costGrossBaseE8 : null,
      row.realizedKnown ? base(row.realizedBaseE8) : null,
      base(row.feesBaseE8),
      base(row.incomeBaseE8),
      row.costKnown,
      row.openingQuantityE8,
      row.dayFlowE8,
      base(row.dayFlowBaseE8),
      row.tradePriceE8,
      row.tradeDay,
      row.rowNumber,
    ]);
  }

  realized(row: RealizedRow): void {
    this.#writers.fold_realized.add([
      this.#client(row.clientId),
      this.#instrument(row.instrument),
      row.day,
      this.#type(row.type),
      row.dayTrade,
      row.quantityE8,
      row.proceedsE8,
      row.feesE8,
      row.costRemovedE8,
      row.gainKnown ? row.gainE8 : null,
      row.gainKnown ? row.gainBaseE8 : null,
      row.rowNumber,
    ]);
  }

  income(row: IncomeRow): void {
    this.#writers.fold_income.add([
      this.#client(row.clientId),
      this.#instrument(row.instrument),
      row.day,
      this.#type(row.type),
      row.grossE8,
      row.taxE8,
      row.netE8,
      row.netBaseE8,
      row.rowNumber,
    ]);
  }

  flow(row: FlowRow): void {
    this.#writers.fold_flows.add([
      this.#client(row.clientId),
      row.day,
      row.currency,
      row.flowE8,
      row.flowGrossE8,
      row.flowBaseE8,
      row.flowGrossBaseE8,
      row.incomeE8,
      row.incomeBaseE8,
      row.feesE8,
      row.feesBaseE8,
    ]);
  }

  finding(row: Finding): void {
    this.#writers.fold_findings.add([
      this.#client(row.clientId),
      this.#instrument(row.instrument),
      row.day,
      row.code,
      row.expectedE8,
      row.foundE8,
      row.rowNumber,
    ]);
  }

  close(): void {
    for (const writer of Object.values(this.#writers)) writer.close();
  }

  #client(id: string): number {
    return found(this.#dictionary.clients, id);
  }

  #instrument(id: string): number {
    return found(this.#dictionary.instruments, id);
  }

  #type(type: string): number {
    return found(this.#dictionary.types, type);
  }
}

function found(numbers: ReadonlyMap<string, number>, text: string): number {
  const number = numbers.get(text);
  if (number === undefined) throw new Error("the fold wrote a name that it was not given");
  return number;
}
