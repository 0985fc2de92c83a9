import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timesE8 } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { e8, event, type Folded, foldEvents } from "./events.testing.ts";
import {
  eventsOf,
  fineStep,
  lastSpans,
  paid,
  roundStep,
  START,
  type Step,
  signed,
  total,
} from "./histories.testing.ts";

describe("properties of the fold", () => {
  it("quantity never drifts from the sum of the rows", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 30 }), (steps) => {
        const events = eventsOf(steps);
        for (const span of lastSpans(foldEvents(events))) {
          const rows = events.filter((e) => e.instrument === span.instrument);
          expect(span.quantityE8).toBe(total(rows.map(signed)));
        }
      }),
    );
  });

  it("what was paid is the remaining cost less the realised gain, shorts and day trades included", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 30 }), (steps) => {
        const events = eventsOf(steps);
        const folded = foldEvents(events);
        for (const span of lastSpans(folded)) {
          const rows = events.filter((e) => e.instrument === span.instrument);
          expect(span.costE8 - span.realizedE8).toBe(total(rows.map(paid)));
          expect(span.feesE8).toBe(total(rows.map((e) => e.feesE8)));
        }
        expect(total(folded.flows.map((flow) => flow.flowE8))).toBe(total(events.map(paid)));
      }),
    );
  });

  it("the same holds in base currency", () => {
    const rate = e8("5.4321");
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 30 }), (steps) => {
        const events = eventsOf(steps, { currency: "USD", fxRateE8: rate, dayTradable: false });
        for (const span of lastSpans(foldEvents(events))) {
          const rows = events.filter((e) => e.instrument === span.instrument);
          const base = total(rows.map((e) => timesE8(paid(e), rate)));
          expect(span.costBaseE8 - span.realizedBaseE8).toBe(base);
        }
      }),
    );
  });

  it("a disposal's parts add up, and disposals add up to the cumulative gain", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 30 }), (steps) => {
        const folded = foldEvents(eventsOf(steps));
        for (const row of folded.realized) {
          expect(row.gainE8).toBe(row.proceedsE8 - row.feesE8 - row.costRemovedE8);
        }
        for (const span of lastSpans(folded)) {
          const rows = folded.realized.filter((row) => row.instrument === span.instrument);
          expect(span.realizedE8).toBe(total(rows.map((row) => row.gainE8)));
        }
      }),
    );
  });

  it("a closed position has no cost", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 20 }), (steps) => {
        const events = eventsOf(steps);
        const held = total(events.filter((e) => e.instrument === "PETR4").map(signed));
        fc.pre(held !== 0n);
        const day = (events.at(-1)?.day ?? START) + 1;
        const closing: PortfolioEvent = {
          ...event({ type: held > 0n ? "venda" : "compra", price: "7.77" }),
          day,
          quantityE8: held < 0n ? -held : held,
        };
        const span = foldEvents([...events, closing]).spans.findLast((s) => s.instrument === "PETR4");
        expect([span?.quantityE8, span?.costE8, span?.costGrossE8]).toEqual([0n, 0n, 0n]);
      }),
    );
  });

  it("spans of an instrument join without gap, each opening with what the one before held", () => {
    fc.assert(
      fc.property(fc.array(fineStep, { maxLength: 30 }), (steps) => {
        const { spans } = foldEvents(eventsOf(steps));
        for (const asset of ["PETR4", "VALE3"]) {
          const own = spans.filter((span) => span.instrument === asset);
          for (const [i, span] of own.entries()) {
            const before = own[i - 1];
            expect(span.validFrom).toBe(before?.validTo ?? span.validFrom);
            expect(span.openingQuantityE8).toBe(before?.quantityE8 ?? 0n);
          }
        }
      }),
    );
  });
});

describe("splitting a trade in two", () => {
  const splitAt = (step: Step, part: bigint): Step[] => {
    const rest = step.quantity - part;
    return [
      { ...step, quantity: part, fees: 0n },
      { ...step, gap: 0, quantity: rest },
    ].filter((half) => half.quantity > 0n);
  };
  const history = fc.array(
    roundStep.map((step) => ({ ...step, buy: true, asset: "PETR4" })),
    { minLength: 1, maxLength: 8 },
  );

  it("changes nothing of a buy", () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.bigInt({ min: 0n, max: 500n }), (steps, pick, cut) => {
        const at = pick % steps.length;
        const step = steps[at] ?? steps[0];
        if (step === undefined) return;
        const part = (cut * e8("1")) % step.quantity;
        const parts = splitAt(step, part).map((half, i) => (i === 0 ? { ...half, gap: step.gap } : half));
        const split = [...steps.slice(0, at), ...parts, ...steps.slice(at + 1)];
        const amounts = (folded: Folded) =>
          lastSpans(folded).map((s) => [s.quantityE8, s.costE8, s.costGrossE8, s.feesE8, s.dayFlowE8]);
        expect(amounts(foldEvents(eventsOf(split)))).toEqual(amounts(foldEvents(eventsOf(steps))));
      }),
    );
  });

  it("changes a sale by no more than the last digit of money", () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 99 }), fc.nat({ max: 98 }), (steps, sold, cut) => {
        const held = total(steps.map((step) => step.quantity));
        const quantity = (held * BigInt(sold + 1)) / 100n;
        const sale: Step = {
          gap: 1,
          buy: false,
          quantity,
          price: e8("12.34"),
          fees: e8("1"),
          asset: "PETR4",
          brokerage: "XP",
        };
        const part = (quantity * BigInt(cut + 1)) / 100n;
        const whole = lastSpans(foldEvents(eventsOf([...steps, sale])))[0];
        const halves = splitAt(sale, part).map((half, i) => ({ ...half, gap: i === 0 ? 1 : 0 }));
        const split = lastSpans(foldEvents(eventsOf([...steps, ...halves])))[0];
        expect(split?.quantityE8).toBe(whole?.quantityE8);
        const off = (split?.costE8 ?? 0n) - (whole?.costE8 ?? 0n);
        expect(off >= -1n && off <= 1n).toBe(true);
      }),
    );
  });
});
