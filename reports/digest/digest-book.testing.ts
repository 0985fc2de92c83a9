import type { openTestBook } from "../../src/answers/book.testing.ts";
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
} from "../../src/answers/rows.testing.ts";

type TestGold = Parameters<typeof openTestBook>[0];
type TestRow = ReturnType<typeof session>;

/**
 * A small book by hand. Its last session is Thursday 2026-11-19; the 20th is a holiday. Ana and Dora think in reais, Bia in dollars;
 * Caio is another broker's. Base of the month is 2026-10-30, of the year 2025-12-30.
 *
 * Now: Ana 100 PETR4 at 10 (from 9.50) and 30 VALE3 at 5 (from 6): 1150, +50 - 30 = +20. Bia 0.55 AAPL at 200 (from 198):
 * 110 dollars, +1.10, at 5.40: 594 and +5.94. Dora a CDB worth 200, unchanged. Together 1944 and +25.94.
 */
const POSITIONS: readonly TestRow[] = [
  span("ana", "PETR4", { quantity: "100", cost: "900" }),
  span("ana", "VALE3", { quantity: "30", cost: "170" }),
  span("bia", "AAPL", { quantity: "0.55", currency: "USD", base_currency: "USD", cost: "100" }),
  span("dora", "CDB BANCO X", { quantity: "1", cost: "200" }),
  span("caio", "PETR4", { quantity: "777000", cost: "1" }),
];

/** Values, flows and income of each session; Bia's in dollars, at 5.00, 5.50, 5.50 and 5.40. */
const SESSIONS: readonly TestRow[] = [
  session("ana", "2025-12-30", "1000", "1"),
  session("bia", "2025-12-30", "100", "1"),
  session("dora", "2025-12-30", "200", "1"),
  session("ana", "2026-10-30", "1100", "1.1"),
  session("bia", "2026-10-30", "100", "1"),
  session("dora", "2026-10-30", "200", "1"),
  session("ana", "2026-11-18", "1200", "1.1", { flow: "100" }),
  session("bia", "2026-11-18", "110", "1.1"),
  session("dora", "2026-11-18", "200", "1"),
  session("ana", LAST_SESSION, "1150", "1.11", { flow: "-50", income: "10" }),
  session("bia", LAST_SESSION, "110", "1.1"),
  session("dora", LAST_SESSION, "200", "1"),
  session("caio", "2025-12-30", "1", "1"),
  session("caio", LAST_SESSION, "7770000", "9"),
];

const client = (id: string, name: string, broker: string, base = "BRL"): TestRow => ({
  client_id: id,
  name,
  broker_id: broker,
  base_currency: base,
});

const announced = (id: string, date: string, amount: string): TestRow => ({
  instrument_id: id,
  date,
  amount,
  source: "arquivo",
});

export const DIGEST_BOOK: TestGold = {
  clients: [
    client("ana", "Ana Souza", "corretor1"),
    client("bia", "Bia <b>Lima</b>", "corretor1", "USD"),
    client("caio", "Caio Segredo", "corretor2"),
    client("dora", "Dora Reis", "corretor1"),
  ],
  instruments: [
    instrument("PETR4", "acao"),
    instrument("VALE3", "acao"),
    instrument("AAPL", "acao_exterior", { currency: "USD" }),
    instrument("CDB BANCO X", "cdb"),
    instrument("USDBRL", "cambio"),
    instrument("IBOV", "indice"),
  ],
  positions: POSITIONS,
  position_spans: POSITIONS,
  client_summary: ["ana", "bia", "caio", "dora"].map((id) => ({
    client_id: id,
    first_date: "2025-12-30",
    as_of: LAST_SESSION,
    value: "1",
    twr_index: "1",
  })),
  portfolio_daily: SESSIONS,
  prices_daily: [
    close("PETR4", "2026-11-17", "9"),
    close("PETR4", "2026-11-18", "9.5"),
    close("PETR4", LAST_SESSION, "10"),
    close("VALE3", "2026-11-18", "6"),
    close("VALE3", LAST_SESSION, "5"),
    close("AAPL", "2026-11-18", "198", "USD"),
    close("AAPL", LAST_SESSION, "200", "USD"),
    close("CDB BANCO X", "2026-11-18", "200"),
    close("CDB BANCO X", LAST_SESSION, "200"),
  ],
  fx_daily: [
    rate("2025-12-30", "5"),
    rate("2026-10-30", "5.5"),
    rate("2026-11-09", "5.3"),
    rate("2026-11-18", "5.5"),
    rate(LAST_SESSION, "5.4"),
  ],
  index_daily: [
    level("CDI", "2025-12-30", "0.05", "1"),
    level("CDI", "2026-10-30", "0.05", "1.1"),
    level("CDI", "2026-11-18", "0.05", "1.11"),
    level("CDI", LAST_SESSION, null, "1.111"),
    level("IBOV", "2025-12-30", "100000", "100000"),
    level("IBOV", "2026-10-30", "120000", "120000"),
    level("IBOV", "2026-11-18", "125000", "125000"),
    level("IBOV", LAST_SESSION, "126000", "126000"),
  ],
  operations: [
    operation("dora", 2, "2026-01-05", {
      type: "compra",
      instrument_id: "CDB BANCO X",
      quantity: "1",
      price: "200",
      maturity: "2026-12-10",
    }),
  ],
  income: [
    payment("ana", "PETR4", "2026-11-03", "5"),
    { ...payment("bia", "AAPL", "2026-11-10", "2"), currency: "USD" },
    payment("ana", "PETR4", LAST_SESSION, "10"),
    payment("caio", "PETR4", LAST_SESSION, "5000"),
    // On a Saturday.
    payment("dora", "CDB BANCO X", "2026-11-21", "3", "juros"),
  ],
  announced_payments: [
    // Ana got a payment of PETR4 since: it may be this one.
    announced("PETR4", "2026-11-16", "0.4"),
    announced("PETR4", "2026-11-23", "0.5"),
    announced("VALE3", "2026-12-01", "1.2"),
    // Beyond what is told.
    announced("VALE3", "2027-01-15", "9"),
  ],
  data_quality: [
    {
      code: "snapshot_differs",
      severity: "warning",
      client_id: "ana",
      instrument_id: "VALE3",
      date: "2026-11-17",
      expected: "31",
      found: "30",
      source_file: "custodia.csv",
      row_number: "7",
    },
    { code: "sold_more_than_held", severity: "warning", client_id: "caio", instrument_id: "PETR4" },
  ],
  quotes_latest: [
    quote("PETR4", "10", "9.5"),
    quote("VALE3", "5", "6"),
    quote("AAPL", "200", "198", { currency: "USD" }),
    quote("CDB BANCO X", "200", "200"),
    quote("USDBRL", "5.4", "5.5", { source: "bcb" }),
    quote("IBOV", "126000", "125000"),
  ],
};
