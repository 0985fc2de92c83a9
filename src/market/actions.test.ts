import { describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { type ActionRow, actionsCsv, classifySplit, newActions } from "./actions.ts";

describe("classifySplit", () => {
  it.each([
    [2, 1, "desdobramento", "confirmado"],
    [3, 1, "desdobramento", "confirmado"],
    [3, 2, "desdobramento", "confirmado"],
    [5, 2, "desdobramento", "confirmado"],
    [200, 100, "desdobramento", "confirmado"],
    [1, 10, "grupamento", "confirmado"],
    [1, 1_000, "grupamento", "confirmado"],
    [2, 3, "grupamento", "confirmado"],
    [105, 100, "bonificacao", "inferido"],
    [11, 10, "bonificacao", "inferido"],
    [5, 4, "bonificacao", "inferido"],
    [1_499, 1_000, "bonificacao", "inferido"],
    // Price adjustments, such as for a spin-off, come as splits of no ratio that a company would choose.
    [1_999, 1_000, "desdobramento", "inferido"],
    [987, 1_000, "grupamento", "inferido"],
    [1, 123_457, "grupamento", "inferido"],
  ] as const)("takes %s for %s as %s, %s", (newUnits, oldUnits, type, status) => {
    expect(classifySplit({ newUnits: BigInt(newUnits), oldUnits: BigInt(oldUnits) })).toEqual({
      type,
      status,
    });
  });

  it.each([
    [1n, 1n],
    [7n, 7n],
    [0n, 1n],
    [1n, 0n],
    [-2n, 1n],
  ])("makes nothing of %s for %s", (newUnits, oldUnits) => {
    expect(classifySplit({ newUnits, oldUnits })).toBeNull();
  });
});

describe("actionsCsv", () => {
  it("writes the columns of the contract, and a stamp beside them", () => {
    const row = {
      asset: "ITUB4",
      date: "2025-03-18",
      type: "bonificacao",
      ratio: { newUnits: 11n, oldUnits: 10n },
      status: "confirmado",
      source: "yahoo",
      cost: Decimal.parse("34.2825"),
      amount: null,
    } as const;
    expect(actionsCsv([row])).toBe(
      "ativo;data;tipo;fator;situacao;fonte;custo;valor\nITUB4;2025-03-18;bonificacao;10:11;confirmado;yahoo;34,2825;\n",
    );
    expect(actionsCsv([row], "2026-11-25T09:00:00.000Z").split("\n")[1]).toMatch(
      /;;2026-11-25T09:00:00.000Z$/,
    );
  });
});

describe("newActions", () => {
  const split: ActionRow = {
    asset: "MGLU3",
    date: "2024-05-27",
    type: "grupamento",
    ratio: { newUnits: 1n, oldUnits: 10n },
    status: "recusado",
    source: "arquivo",
    cost: null,
    amount: null,
  };
  const paid: ActionRow = { ...split, type: "provento", ratio: null, amount: Decimal.of(1) };

  it.each([
    ["the same", split],
    ["the same some days later, of another type", { ...split, date: "2024-06-06", type: "bonificacao" }],
    ["the same type at another ratio", { ...split, ratio: { newUnits: 2n, oldUnits: 10n } }],
    ["the same ratio in other numbers", { ...split, ratio: { newUnits: 10n, oldUnits: 100n } }],
    ["the same payment", paid],
  ] as const)("leaves out %s", (_, row) => {
    expect(newActions([row], [split, paid])).toEqual([]);
  });

  it.each([
    ["another instrument's", { ...split, asset: "PETR4" }],
    ["a later one", { ...split, date: "2024-06-07" }],
    [
      "bonus shares beside a split",
      { ...split, type: "bonificacao", ratio: { newUnits: 21n, oldUnits: 20n } },
    ],
    ["a payment of another day", { ...paid, date: "2024-05-28" }],
  ] as const)("keeps %s", (_, row) => {
    expect(newActions([row], [split, paid])).toEqual([row]);
  });
});
