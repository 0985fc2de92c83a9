import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { INTENTS, type Intent } from "../questions/question.ts";
import type { TestGold, TestRow } from "../warehouse/gold.testing.ts";
import { type Asked, type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import {
  close,
  instrument,
  LAST_SESSION,
  operation,
  payment,
  quote,
  rate,
  session,
  span,
} from "./rows.testing.ts";

const BROKERS = ["corretor1", "corretor2", "corretor3"];
const ASSETS = ["PETR4", "VALE3", "AAPL", "XPTO11"];

interface Owned {
  readonly broker: string;
  readonly holdings: readonly { readonly asset: string; readonly quantity: number }[];
}

/** Books whose clients' ids and names tell whose they are. */
const owned: fc.Arbitrary<readonly Owned[]> = fc.array(
  fc.record({
    broker: fc.constantFrom(...BROKERS),
    holdings: fc.uniqueArray(
      fc.record({ asset: fc.constantFrom(...ASSETS), quantity: fc.integer({ min: -50, max: 500 }) }),
      {
        selector: ({ asset }) => asset,
        maxLength: 4,
      },
    ),
  }),
  { minLength: 3, maxLength: 8 },
);

const idOf = ({ broker }: Owned, place: number): string => `cliente-${place}-de-${broker}`;

function goldOf(clients: readonly Owned[]): TestGold {
  const each = (rows: (client: Owned, id: string) => readonly TestRow[]): readonly TestRow[] =>
    clients.flatMap((client, place) => rows(client, idOf(client, place)));
  const spans = each(({ holdings }, id) =>
    holdings.map(({ asset, quantity }) =>
      span(id, asset, {
        quantity: String(quantity),
        cost: String(quantity * 10),
        currency: asset === "AAPL" ? "USD" : "BRL",
      }),
    ),
  );
  return {
    clients: each(({ broker }, id) => [
      { client_id: id, name: `Nome de ${id}`, broker_id: broker, base_currency: "BRL" },
    ]),
    instruments: ASSETS.map((asset) => instrument(asset, asset === "AAPL" ? "acao_exterior" : "acao")),
    positions: spans,
    position_spans: spans,
    client_summary: each((_, id) => [
      {
        client_id: id,
        first_date: LAST_SESSION,
        as_of: LAST_SESSION,
        value: "1",
        twr_index: "1.1",
        p_12m_index: "1",
      },
    ]),
    portfolio_daily: each((_, id) => [session(id, LAST_SESSION, "1", "1.1")]),
    operations: each(({ holdings }, id) =>
      holdings.map(({ asset }, row) =>
        operation(id, row + 2, "2026-01-05", {
          type: "compra",
          instrument_id: asset,
          quantity: "1",
          price: "10",
        }),
      ),
    ),
    income: each(({ holdings }, id) => holdings.map(({ asset }) => payment(id, asset, "2026-05-04", "1"))),
    prices_daily: ["PETR4", "VALE3"].map((asset) => close(asset, LAST_SESSION, "30")),
    fx_daily: [rate(LAST_SESSION, "5")],
    quotes_latest: [
      quote("PETR4", "30", "29"),
      quote("AAPL", "200", "198", { currency: "USD" }),
      quote("USDBRL", "5", "5"),
    ],
  };
}

const question: fc.Arbitrary<{ asked: Asked; client: number; broker: string; past: boolean }> = fc.record({
  asked: fc.record({
    intent: fc.constantFrom<Intent>(...INTENTS),
    asset: fc.constantFrom(...ASSETS),
    limit: fc.constantFrom(null, 1, 100),
    direction: fc.constantFrom("up" as const, "down" as const, null),
    grouping: fc.constantFrom("class" as const, "sector" as const, "currency" as const, null),
    period: fc.constantFrom(
      null,
      { kind: "inception", from: null, to: LAST_SESSION } as const,
      {
        kind: "range",
        from: LAST_SESSION,
        to: LAST_SESSION,
      } as const,
    ),
  }),
  client: fc.integer({ min: -1, max: 7 }),
  broker: fc.constantFrom(...BROKERS),
  past: fc.boolean(),
});

describe("isolation", () => {
  const open: OpenBook[] = [];
  afterAll(() => Promise.all(open.map((book) => book.close())));

  it("never shows an asker anything of another broker's clients, whatever is asked", {
    timeout: 120_000,
  }, async () => {
    for (const [place, clients] of fc.sample(owned, { numRuns: 3, seed: 1 }).entries()) {
      const book = await openTestBook(goldOf(clients));
      open.push(book);
      await fc.assert(
        fc.asyncProperty(question, async ({ asked, client, broker, past }) => {
          const target = clients[client];
          const id = target === undefined ? null : idOf(target, client);
          const at = past ? new Date(`${LAST_SESSION}T20:00:00Z`) : null;
          const answer = await book.answers.answer(questionOf({ ...asked, client: id }), [broker], at);
          const said = JSON.stringify({ ...answer, question: null });
          for (const other of BROKERS.filter((one) => one !== broker))
            expect(said).not.toContain(`de-${other}`);
          if (answer.status === "ok" && id !== null && asked.intent === "portfolio")
            expect(target?.broker).toBe(broker);
          const explained = id === null ? null : await book.answers.explain(id, "PETR4", [broker], at);
          if (explained !== null) expect(target?.broker).toBe(broker);
        }),
        { numRuns: 100, seed: place },
      );
    }
  });

  it("does answer about the asker's own clients, so that silence is not what is tested", async () => {
    const clients: readonly Owned[] = BROKERS.map((broker) => ({
      broker,
      holdings: [{ asset: "PETR4", quantity: 100 }],
    }));
    const book = await openTestBook(goldOf(clients));
    open.push(book);
    for (const broker of BROKERS) {
      for (const intent of ["clients", "holders", "aum", "ranking"] as const) {
        const answer = await book.answers.answer(questionOf({ intent, asset: "PETR4" }), [broker], null);
        expect(JSON.stringify(answer)).toContain(`de-${broker}`);
      }
    }
  });
});
