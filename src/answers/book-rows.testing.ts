import type { TestGold, TestRow } from "../warehouse/gold.testing.ts";
import {
  close,
  instrument,
  LAST_SESSION,
  level,
  operation,
  payment,
  quote,
  rate,
  session,
  span,
} from "./rows.testing.ts";

/**
 * A book by hand. Its last session is Thursday 2026-11-19; the 20th is a holiday. Ana holds one position of
 * each kind, Eva thinks in dollars, Beto is another broker's client, and nothing was ever loaded for Zeca.
 */
const ANA: readonly TestRow[] = [
  span("ana", "PETR4", { quantity: "100", cost: "3000", cost_gross: "2990", fees: "10", income: "55" }),
  span("ana", "AAPL", { quantity: "10", currency: "USD", cost: "1500", cost_base: "7500" }),
  span("ana", "VALE3", { quantity: "-50", cost: "-3000" }),
  span("ana", "XPTO11", { quantity: "5", cost: "500" }),
  span("ana", "CDB BANCO X", { quantity: "1000", cost: "1000" }),
  // 100 at 40 became 200 today; the opening is told on the new basis.
  span("ana", "ITUB4", { quantity: "200", cost: "3000", valid_from: LAST_SESSION }),
  // Bought today: 100 at 28.
  span("ana", "BBAS3", {
    quantity: "100",
    cost: "2805",
    valid_from: LAST_SESSION,
    opening_quantity: "0",
    day_flow: "2800",
    day_flow_base: "2800",
  }),
  span("ana", "LOJA3", { quantity: "10", cost: "100", trade_price: "10", trade_day: "2026-11-10" }),
  span("ana", "HGLG11", { quantity: "10", cost: "1500" }),
  span("ana", "MELI34", {
    quantity: "0",
    cost: "0",
    realized_gain: "120",
    fees: "4",
    income: "7",
    opening_quantity: "0",
  }),
];

const OTHERS: readonly TestRow[] = [
  span("eva", "AAPL", { quantity: "20", currency: "USD", base_currency: "USD", cost: "3000" }),
  span("beto", "PETR4", { quantity: "7", cost: "200" }),
  // 5000 in cash, of which 1000 bought BBAS3 today; and 100 dollars that lie still.
  span("caio", "CAIXA-BRL", {
    quantity: "4000",
    cost: "4000",
    valid_from: LAST_SESSION,
    opening_quantity: "5000",
  }),
  span("caio", "CAIXA-USD", { quantity: "100", currency: "USD", cost: "100", cost_base: "500" }),
  span("caio", "BBAS3", {
    quantity: "100",
    cost: "1000",
    valid_from: LAST_SESSION,
    opening_quantity: "0",
    day_flow: "1000",
    day_flow_base: "1000",
  }),
];

/** What the spans were before today's split and purchase. */
const EARLIER: readonly TestRow[] = [
  span("ana", "ITUB4", { quantity: "100", cost: "3000", valid_from: "2026-02-02", valid_to: LAST_SESSION }),
];

export const BOOK: TestGold = {
  clients: [
    { client_id: "ana", name: "Ana Souza", broker_id: "corretor1", base_currency: "BRL" },
    { client_id: "eva", name: "Eva Lima", broker_id: "corretor1", base_currency: "USD" },
    { client_id: "zeca", name: "Zeca Nada", broker_id: "corretor1", base_currency: "BRL" },
    { client_id: "beto", name: "Beto Outro", broker_id: "corretor2", base_currency: "BRL" },
    {
      client_id: "caio",
      name: "Caio Caixa",
      broker_id: "corretor3",
      base_currency: "BRL",
      controls_cash: true,
    },
  ],
  instruments: [
    instrument("PETR4", "acao", { sector: "Energia", aliases: "petrobras|petro" }),
    instrument("VALE3", "acao", { sector: "Materiais" }),
    instrument("ITUB4", "acao"),
    instrument("BBAS3", "acao"),
    instrument("LOJA3", "acao"),
    instrument("MELI34", "bdr"),
    instrument("HGLG11", "fii"),
    instrument("AAPL", "acao_exterior", { currency: "USD" }),
    instrument("CDB BANCO X", "cdb", { issuer: "Banco X" }),
    instrument("USDBRL", "cambio"),
    instrument("IBOV", "indice"),
    instrument("WEGE3", "acao"),
    instrument("CAIXA-BRL", "caixa"),
    instrument("CAIXA-USD", "caixa", { currency: "USD" }),
  ],
  positions: [...ANA, ...OTHERS],
  position_spans: [...EARLIER, ...ANA, ...OTHERS],
  client_summary: [
    {
      client_id: "ana",
      first_date: "2026-11-16",
      as_of: LAST_SESSION,
      value: "21030",
      twr_index: "1.05",
      p_day_index: "1.03",
    },
    {
      client_id: "eva",
      first_date: "2026-11-18",
      as_of: LAST_SESSION,
      value: "4000",
      twr_index: "1.01",
      p_day_index: "1",
    },
    {
      client_id: "beto",
      first_date: "2026-11-18",
      as_of: LAST_SESSION,
      value: "255.5",
      twr_index: "1.5",
      p_day_index: "1",
    },
  ],
  portfolio_daily: [
    session("ana", "2026-11-16", "10000", "1.01", { flow: "9900", price_gain: "100" }),
    session("ana", "2026-11-17", "10200", "1.02", { price_gain: "150", currency_gain: "50" }),
    session("ana", "2026-11-18", "17794", "1.03", {
      flow: "7500",
      price_gain: "90",
      income: "12",
      fees: "5",
    }),
    session("ana", LAST_SESSION, "21030", "1.05", {
      flow: "2805",
      price_gain: "230",
      currency_gain: "206",
      fees: "5",
    }),
    session("eva", "2026-11-18", "3960", "1"),
    session("eva", LAST_SESSION, "4000", "1.01"),
    session("beto", LAST_SESSION, "255.5", "1.5"),
  ],
  prices_daily: [
    close("PETR4", "2026-11-17", "35"),
    close("PETR4", "2026-11-18", "36"),
    close("PETR4", LAST_SESSION, "36.5"),
    close("ITUB4", "2026-11-17", "39"),
    close("ITUB4", "2026-11-18", "40"),
    close("ITUB4", LAST_SESSION, "20.5"),
    close("AAPL", "2026-11-17", "197", "USD"),
    close("AAPL", "2026-11-18", "198", "USD"),
    close("AAPL", LAST_SESSION, "200", "USD"),
  ],
  fx_daily: [rate("2026-11-17", "5.25"), rate("2026-11-18", "5.3"), rate(LAST_SESSION, "5.4")],
  index_daily: [
    level("CDI", "2026-11-16", "0.05", "1"),
    level("CDI", "2026-11-17", "0.05", "1.0005"),
    level("CDI", "2026-11-18", "0.06", "1.001"),
    level("CDI", LAST_SESSION, null, "1.0016"),
    level("IBOV", "2026-11-16", "100000", "100000"),
    level("IBOV", "2026-11-17", "102000", "102000"),
    level("IBOV", LAST_SESSION, "101000", "101000"),
  ],
  operations: [
    operation("ana", 2, "2026-01-05", {
      type: "compra",
      instrument_id: "PETR4",
      quantity: "100",
      price: "29.9",
      fees: "10",
    }),
    operation("ana", 3, "2026-05-04", { type: "dividendo", instrument_id: "PETR4", amount: "55" }),
    operation("ana", 4, LAST_SESSION, {
      type: "compra",
      instrument_id: "BBAS3",
      quantity: "100",
      price: "28",
      fees: "5",
    }),
    operation("beto", 2, "2026-05-04", {
      type: "compra",
      instrument_id: "PETR4",
      quantity: "7",
      price: "28",
    }),
  ],
  income: [
    payment("ana", "PETR4", "2026-05-04", "55"),
    payment("ana", "MELI34", "2026-05-20", "7", "jcp"),
    payment("ana", "PETR4", "2026-08-03", "20.5"),
    payment("beto", "PETR4", "2026-08-03", "3"),
  ],
  quotes_latest: [
    quote("PETR4", "36.5", "36"),
    quote("AAPL", "200", "198", { currency: "USD" }),
    quote("VALE3", "62", "61"),
    quote("ITUB4", "20.5", "20"),
    quote("BBAS3", "28.3", "27"),
    quote("HGLG11", "160", "159", { price_date: "2026-11-18", previous_date: "2026-11-17" }),
    quote("CDB BANCO X", "1.05", "1.04", { price_date: "2026-10-30", previous_date: "2026-10-29" }),
    quote("USDBRL", "5.4", "5.3", { source: "bcb" }),
    quote("IBOV", "101000", "102000"),
    quote("WEGE3", "50", null),
  ],
};
