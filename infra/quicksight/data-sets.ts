import type { GoldTableName } from "../../src/contracts/gold.ts";

/**
 * What the dashboard reads: a few narrow questions over the published run, the same text on Redshift and on Athena. Every row
 * has its `broker_id`, by which QuickSight leaves out what a reader may not see.
 */

export type Column = { readonly name: string; readonly type: "STRING" | "DECIMAL" | "DATETIME" };

export interface DataSet {
  readonly id: string;
  /** As people see it. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** `of` makes what stands for a gold table: its rows of the published run. */
  readonly sql: (of: (table: GoldTableName) => string) => string;
}

const text = (name: string): Column => ({ name, type: "STRING" });
const amount = (name: string): Column => ({ name, type: "DECIMAL" });
const day = (name: string): Column => ({ name, type: "DATETIME" });

const CLIENTS: DataSet = {
  id: "clientes",
  title: "Clientes",
  columns: [
    text("broker_id"),
    text("client_id"),
    text("name"),
    day("as_of"),
    amount("value"),
    amount("year_return"),
  ],
  sql: (of) => `SELECT c.broker_id, s.client_id, c.name, s.as_of, s.value,
  CASE WHEN s.p_ytd_index > 0 THEN CAST(s.twr_index / s.p_ytd_index - 1 AS DECIMAL(18, 6)) END AS year_return
FROM ${of("client_summary")} s
JOIN ${of("clients")} c ON c.client_id = s.client_id`,
};

const DAILY: DataSet = {
  id: "dias",
  title: "Valor por dia",
  columns: [
    text("broker_id"),
    text("client_id"),
    day("date"),
    amount("value"),
    amount("flow"),
    amount("income"),
  ],
  sql: (of) => `SELECT c.broker_id, d.client_id, d.date, d.value, d.flow, d.income
FROM ${of("portfolio_daily")} d
JOIN ${of("clients")} c ON c.client_id = d.client_id`,
};

/** Valued at the last close of the same run, or on the curve, so that the sum is that of `portfolio_daily` at its last day. */
const POSITIONS: DataSet = {
  id: "posicoes",
  title: "Posições",
  columns: [
    text("broker_id"),
    text("client_id"),
    text("instrument_id"),
    text("name"),
    text("class"),
    amount("quantity"),
    amount("cost_base"),
    amount("value"),
  ],
  sql: (of) => `SELECT c.broker_id, p.client_id, p.instrument_id, i.name, i.class, p.quantity, p.cost_base,
  CAST(CAST(p.quantity * COALESCE(v.price, q.price) AS DECIMAL(28, 4))
    * CASE WHEN p.currency = p.base_currency THEN 1 ELSE f.rate END AS DECIMAL(28, 2)) AS value
FROM ${of("positions")} p
JOIN ${of("clients")} c ON c.client_id = p.client_id
JOIN ${of("instruments")} i ON i.instrument_id = p.instrument_id
LEFT JOIN ${of("curve_latest")} v ON v.client_id = p.client_id AND v.instrument_id = p.instrument_id
LEFT JOIN (
  SELECT instrument_id, price, ROW_NUMBER() OVER (PARTITION BY instrument_id ORDER BY date DESC) AS age
  FROM ${of("prices_daily")}
) q ON q.instrument_id = p.instrument_id AND q.age = 1
LEFT JOIN (
  SELECT from_currency, to_currency, rate,
    ROW_NUMBER() OVER (PARTITION BY from_currency, to_currency ORDER BY date DESC) AS age
  FROM ${of("fx_daily")}
) f ON f.from_currency = p.currency AND f.to_currency = p.base_currency AND f.age = 1
WHERE p.quantity <> 0`,
};

const FLOWS: DataSet = {
  id: "fluxos",
  title: "Aportes e retiradas",
  columns: [text("broker_id"), text("client_id"), day("date"), amount("flow_base")],
  sql: (of) => `SELECT c.broker_id, f.client_id, f.date, f.flow_base
FROM ${of("flows")} f
JOIN ${of("clients")} c ON c.client_id = f.client_id`,
};

/** What concerns no client has no broker either: only who sees everything sees it. */
const FINDINGS: DataSet = {
  id: "pendencias",
  title: "Pendências dos dados",
  columns: [
    text("broker_id"),
    text("client_id"),
    text("code"),
    text("severity"),
    text("instrument_id"),
    day("date"),
  ],
  sql: (of) => `SELECT c.broker_id, q.client_id, q.code, q.severity, q.instrument_id, q.date
FROM ${of("data_quality")} q
LEFT JOIN ${of("clients")} c ON c.client_id = q.client_id`,
};

export const DATA_SETS: readonly DataSet[] = [CLIENTS, DAILY, POSITIONS, FLOWS, FINDINGS];

/** The gold tables that the data sets read. */
export function tablesRead(): readonly GoldTableName[] {
  const read = new Set<GoldTableName>();
  const note = (table: GoldTableName): string => {
    read.add(table);
    return table;
  };
  for (const { sql } of DATA_SETS) sql(note);
  return [...read];
}
