import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timesE8 } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { e8, event, type Folded, foldEvents } from "./events.testing.ts";
import { eventsOf, fineStep, lastSpans, paid, START, type Step, total } from "./histories.testing.ts";

describe("gain of a period", () => {
  const PRICE = e8("17.31");
  /** ΔV - flowGross + income - fees over the whole history, valued at one closing price. */
  const gainOf = (folded: Folded): bigint => {
    const value = total(
      lastSpans(folded).map((s) =>
        s.instrument.startsWith("CAIXA-") ? s.quantityE8 : timesE8(s.quantityE8, PRICE),
      ),
    );
    return (
      value +
      total(folded.flows.map((f) => f.incomeE8 - f.flowGrossE8)) -
      total(folded.flows.map((f) => f.feesE8))
    );
  };
  const withPayments = (steps: readonly Step[]): PortfolioEvent[] => {
    const events = eventsOf(steps);
    const day = (events.at(-1)?.day ?? START) + 1;
    return [
      ...events,
      { ...event({ type: "jcp", amount: "100", tax: "15", fees: "0.30" }), day },
      { ...event({ type: "taxa", asset: "CAIXA-BRL", amount: "9.90" }), day: day + 1 },
      {
        ...event({ type: "transferencia_entrada", quantity: "7", price: "11", market: "17.31" }),
        day: day + 2,
      },
    ];
  };

  it("is unrealised + realised gain + income - fees outside of trades", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 20 }), (steps) => {
        const folded = foldEvents(withPayments(steps));
        const spans = lastSpans(folded);
        const unrealized = total(spans.map((s) => timesE8(s.quantityE8, PRICE) - s.costE8));
        const realized = total(spans.map((s) => s.realizedE8));
        // the transferred units came in at market, 7 x (17.31 - 11) above the cost they brought; a short that they
        // cover realises the same difference
        const brought = e8("44.17");
        expect(gainOf(folded)).toBe(unrealized + realized - brought + e8("85") - e8("0.30") - e8("9.90"));
      }),
    );
  });

  it("is the same whether cash is controlled or not", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 20 }), (steps) => {
        const events = withPayments(steps);
        const funding = { ...event({ type: "aporte", asset: "CAIXA-BRL", amount: "100000" }), day: START };
        const free = foldEvents(events);
        const controlled = foldEvents([funding, ...events], { controlsCash: true });
        expect(gainOf(controlled)).toBe(gainOf(free));
      }),
    );
  });
});

describe("controlled cash", () => {
  it("ends with what was paid in less what was paid for", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { minLength: 1, maxLength: 20 }), (steps) => {
        const events = eventsOf(steps);
        const spans = lastSpans(foldEvents(events, { controlsCash: true }));
        const cash = spans.find((span) => span.instrument === "CAIXA-BRL");
        expect(cash?.quantityE8 ?? 0n).toBe(-total(events.map(paid)));
        expect(cash?.costE8).toBe(cash?.quantityE8);
      }),
    );
  });
});

describe("two currencies", () => {
  it("at a rate of 1 all base figures are the instrument's own", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 20 }), (steps) => {
        const events = eventsOf(steps, { currency: "USD", fxRateE8: e8("1") });
        for (const s of foldEvents(events).spans) {
          expect([s.costBaseE8, s.costGrossBaseE8, s.realizedBaseE8, s.feesBaseE8, s.dayFlowBaseE8]).toEqual([
            s.costE8,
            s.costGrossE8,
            s.realizedE8,
            s.feesE8,
            s.dayFlowE8,
          ]);
        }
      }),
    );
  });
});
