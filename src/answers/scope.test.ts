import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";

const ONE = ["corretor1"];
let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(BOOK);
});
afterAll(() => book.close());

describe("scope", () => {
  it.each(["portfolio", "performance", "allocation", "history", "income", "risk", "movers"] as const)(
    "%s: an unknown client and another broker's look the same",
    async (intent) => {
      const answer = (client: string) => book.answers.answer(questionOf({ intent, client }), ONE, null);
      const [unknown, foreign] = await Promise.all([answer("ninguem"), answer("beto")]);
      expect({ ...foreign, question: null }).toEqual({ ...unknown, question: null });
      expect(foreign.status).toBe("not_found");
    },
  );

  it("names only the asker's clients, and all instruments, in the lexicon", async () => {
    const lexicon = await book.answers.lexicon(ONE);
    expect(lexicon.clients).toEqual([
      { id: "ana", name: "Ana Souza" },
      { id: "eva", name: "Eva Lima" },
      { id: "zeca", name: "Zeca Nada" },
    ]);
    expect(lexicon.instruments.find(({ code }) => code === "PETR4")?.aliases).toEqual(["petrobras", "petro"]);
    expect(await book.answers.brokers()).toEqual(["corretor1", "corretor2", "corretor3"]);
  });

  it("shows nothing to somebody without brokers", async () => {
    const answer = await book.answers.answer(questionOf({ intent: "aum" }), [], null);
    expect(answer).toMatchObject({
      status: "ok",
      result: { data: { clients: 0, largest: [], allocation: [] } },
    });
  });
});
