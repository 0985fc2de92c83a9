import { describe, expect, it } from "vitest";
import { talk } from "./conversation.testing.ts";
import type { Order } from "./order.ts";

const MESSAGE = { text: "feito", headline: "feito", blocks: [], footer: [] };

/** Takes what starts with a word, and remembers who told it and in what language. */
function orderOf(word: string) {
  const told: (readonly [string, string])[] = [];
  const order: Order = {
    take: async ({ text, language }, asker) => {
      if (!text.startsWith(word)) return null;
      told.push([asker.userId, language]);
      return {
        reply: { message: MESSAGE, answer: null },
        audited: { intent: word, client: "cliente123", outcome: "ok" },
      };
    },
  };
  return { order, told };
}

describe("an order", () => {
  it("is tried before a question is read, the first that takes it being the one", async () => {
    const [first, second, third] = [orderOf("avisa"), orderOf("resumo"), orderOf("resumo")];
    const { said, asked, audited } = talk({ orders: [first.order, second.order, third.order] });
    expect((await said("resumo às 8:30"))?.message).toEqual(MESSAGE);
    expect([first.told, second.told, third.told]).toEqual([[], [["corretor1", "pt"]], []]);
    expect(asked).toEqual([]);
    expect(audited.at(-1)).toMatchObject({ intent: "resumo", client: "cliente123", outcome: "ok" });
  });

  it("that none takes is read as a question", async () => {
    const { order, told } = orderOf("resumo");
    const { said, asked } = talk({ orders: [order] });
    await said("/carteira cliente123");
    expect(told).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it("is not taken from somebody nobody knows", async () => {
    const { order, told } = orderOf("resumo");
    const { said } = talk({ orders: [order] });
    expect((await said("resumo", { who: "stranger" }))?.failure).toBe("unknown_user");
    expect(told).toEqual([]);
  });

  it("that fails says so with a reference, and is audited", async () => {
    const order: Order = {
      take: async () => {
        throw new Error("disk full");
      },
    };
    const { said, audited } = talk({ orders: [order] });
    expect((await said("resumo"))?.failure).toBe("failed");
    expect(audited.at(-1)?.outcome).toBe("failed");
  });
});
