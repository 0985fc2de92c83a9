import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWithinDay, isOrdered } from "./day-order.ts";
import { codes, type EventText, event, fold, foldEvents, last } from "./events.testing.ts";

const order = (texts: readonly EventText[]): number[] =>
  texts
    .map((text, i) => event(text, i + 1))
    .sort(compareWithinDay)
    .map((e) => e.rowNumber);

describe("order within a day", () => {
  it("takes corporate actions first and custody last", () => {
    expect(
      order([
        { type: "custodia" },
        { type: "venda", time: "10:00:00" },
        { type: "bonificacao" },
        { type: "grupamento", time: "18:00:00" },
        { type: "conversao" },
        { type: "desdobramento" },
      ]),
    ).toEqual([4, 3, 5, 6, 2, 1]);
  });

  it("goes by time where there is one, then by row", () => {
    expect(
      order([
        { type: "venda" },
        { type: "venda", time: "15:00:00" },
        { type: "compra", time: "09:30:00" },
        { type: "compra" },
        { type: "compra", time: "15:00:00" },
      ]),
    ).toEqual([3, 2, 5, 1, 4]);
  });

  it("of B3 rows takes what adds before what takes away", () => {
    const b3 = { unordered: true } as const;
    expect(
      order([
        { type: "venda", ...b3 },
        { type: "transferencia_saida", ...b3 },
        { type: "compra", ...b3 },
        { type: "retirada", row: 4 },
        { type: "transferencia_entrada", ...b3 },
      ]),
    ).toEqual([3, 5, 4, 1, 2]);
  });

  it("matters for own rows: a sale before its purchase is a short", () => {
    const sale: EventText = { type: "venda", quantity: "10", price: "10" };
    const purchase: EventText = { type: "compra", quantity: "10", price: "10" };
    expect(codes(fold([sale, purchase]))).toEqual(["sold_more_than_held"]);
    expect(
      codes(
        fold([
          { ...sale, unordered: true },
          { ...purchase, unordered: true },
        ]),
      ),
    ).toEqual([]);
    expect(
      codes(
        fold([
          { ...sale, time: "11:00:00" },
          { ...purchase, time: "10:00:00" },
        ]),
      ),
    ).toEqual([]);
  });

  it("does not depend on the order in which rows and files arrive", () => {
    const anyEvent = fc.record({
      type: fc.constantFrom("compra", "venda", "bonificacao", "dividendo", "custodia"),
      time: fc.option(fc.constantFrom("10:00:00", "11:00:00"), { nil: undefined }),
      unordered: fc.boolean(),
      file: fc.constantFrom("a.csv", "b.csv"),
    });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.nat(), (texts, seed) => {
        const events = texts.map((text, i) =>
          event(
            {
              type: text.type as EventText["type"],
              unordered: text.unordered,
              file: text.file,
              quantity: "10",
              price: "3",
              amount: "7",
              ...(text.time === undefined ? {} : { time: text.time }),
            },
            i + 1,
          ),
        );
        const shuffled = events
          .map((e, i) => ({ e, key: (i * 7919 + seed) % 13 }))
          .sort((a, b) => a.key - b.key)
          .map(({ e }) => e);
        expect(foldEvents(shuffled)).toEqual(foldEvents(events));
        expect(isOrdered(shuffled.sort(compareWithinDay))).toBe(true);
      }),
    );
  });

  it("keeps the average of a position bought and sold in one B3 file", () => {
    const folded = fold([
      { type: "venda", quantity: "5", price: "12", unordered: true },
      { type: "compra", quantity: "10", price: "10", unordered: true },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "5", cost: "50", realized: "10" });
  });
});
