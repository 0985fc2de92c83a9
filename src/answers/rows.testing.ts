import type { TestRow } from "../warehouse/gold.testing.ts";

/** Rows of gold as tests write them, with what they leave out filled in. */
export const LAST_SESSION = "2026-11-19";

export const instrument = (id: string, kind: string, more: TestRow = {}): TestRow => ({
  instrument_id: id,
  name: `Nome ${id}`,
  class: kind,
  currency: "BRL",
  origin: "builtin",
  ...more,
});

export const span = (client: string, id: string, more: TestRow): TestRow => ({
  client_id: client,
  instrument_id: id,
  currency: "BRL",
  base_currency: "BRL",
  valid_from: "2026-01-05",
  cost_gross: more["cost"] ?? "0",
  cost_base: more["cost"] ?? "0",
  cost_gross_base: more["cost"] ?? "0",
  realized_gain: "0",
  realized_gain_base: more["realized_gain"] ?? "0",
  fees_base: more["fees"] ?? "0",
  income_base: more["income"] ?? "0",
  opening_quantity: more["quantity"] ?? "0",
  day_flow_base: "0",
  ...more,
});

export const quote = (id: string, price: string, previous: string | null, more: TestRow = {}): TestRow => ({
  instrument_id: id,
  price,
  currency: "BRL",
  price_date: LAST_SESSION,
  previous_close: previous,
  previous_date: previous === null ? null : "2026-11-18",
  source: "arquivo",
  ...more,
});

export const session = (
  client: string,
  date: string,
  value: string,
  index: string,
  more: TestRow = {},
): TestRow => ({
  client_id: client,
  date,
  value,
  twr_index: index,
  ...more,
});

export const close = (id: string, date: string, price: string, currency = "BRL"): TestRow => ({
  instrument_id: id,
  date,
  price,
  received_price: price,
  currency,
  source: "arquivo",
});

export const level = (index: string, date: string, value: string | null, points: string): TestRow => ({
  index_id: index,
  date,
  value,
  level: points,
  source: "bcb",
});

export const operation = (client: string, row: number, date: string, more: TestRow): TestRow => ({
  client_id: client,
  seq: row,
  date,
  currency: "BRL",
  source_file: `${client}.csv`,
  row_number: row,
  origin: "own",
  fx_rate: "1",
  ...more,
});

export const payment = (
  client: string,
  id: string,
  date: string,
  net: string,
  type = "dividendo",
): TestRow => ({
  client_id: client,
  instrument_id: id,
  date,
  type,
  currency: "BRL",
  gross: net,
  net,
  net_base: net,
});

export const rate = (date: string, value: string): TestRow => ({
  from_currency: "USD",
  to_currency: "BRL",
  date,
  rate: value,
  source: "bcb",
});
