import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { penOf } from "../../src/messages/page.ts";
import { Decimal, sum } from "../../src/money/decimal.ts";
import { waterfallChart, waterfallSteps } from "./waterfall.ts";

const pen = penOf("pt");
const of = (text: string) => Decimal.parse(text);

describe("a waterfall", () => {
  it("shows the largest parts, up before down, and adds the others up", () => {
    const changes = ["5", "-90", "1", "2", "300", "-40", "8", "7", "6"];
    const parts = changes.map((change) => ({ label: `c${change}`, change: of(change) }));
    const steps = waterfallSteps({ parts, total: of("199"), restLabel: "demais" }, pen);
    expect(steps.map(({ label, value }) => [label, value.toJSON()])).toEqual([
      ["c300", "300"],
      ["c8", "8"],
      ["c7", "7"],
      ["c6", "6"],
      ["c5", "5"],
      ["c-40", "-40"],
      ["c-90", "-90"],
      ["demais", "3"],
    ]);
  });

  it("adds up to the total to the cent, whatever the parts", () => {
    const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((units) => new Decimal(units, 8));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), amount, (changes, beside) => {
        const parts = changes.map((change, at) => ({ label: String(at), change }));
        // The total may hold what is no part at all: cash.
        const total = sum(changes).plus(beside);
        const steps = waterfallSteps({ parts, total, restLabel: "demais" }, pen);
        expect(sum(steps.map(({ value }) => value)).equals(total.round(2))).toBe(true);
        expect(steps.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it("calls a cent that rounding leaves by its name", () => {
    const parts = ["0.005", "0.005"].map((change, at) => ({ label: String(at), change: of(change) }));
    const steps = waterfallSteps({ parts, total: of("0.01"), restLabel: "demais" }, pen);
    expect(steps.at(-1)).toMatchObject({ label: "Arredondamento", rest: true });
  });

  it("is left out where there is one part alone, and says itself in words", () => {
    const shape = { title: "Título", subtitle: "", restLabel: "demais", currency: "BRL" };
    const part = { label: "PETR4", change: of("10") };
    expect(waterfallChart({ ...shape, parts: [part], total: of("10") }, pen)).toBeNull();
    const chart = waterfallChart({ ...shape, parts: [part], total: of("7.5") }, pen);
    expect(chart?.alt).toBe("Gráfico de cascata, Título: PETR4 +R$ 10,00, demais -R$ 2,50; total +R$ 7,50");
  });
});
