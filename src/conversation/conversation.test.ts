import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { LEXICON, talk } from "./conversation.testing.ts";

describe("a question", () => {
  it("is answered once, however often its event is delivered", async () => {
    const { said, asked } = talk();
    expect(await said("/carteira cliente123", { eventId: "same" })).not.toBeNull();
    expect(await said("/carteira cliente123", { eventId: "same" })).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it("reaches the answers with the asker's own scope, and comes back in words", async () => {
    const { said, asked } = talk();
    const reply = await said("/carteira cliente123", { who: "corretor2" });
    expect(asked[0]).toMatchObject({
      question: { intent: "portfolio", client: "cliente123" },
      brokers: ["corretor2"],
      at: null,
    });
    expect(reply?.answer?.status).toBe("ok");
    expect(reply?.message.headline).toContain("Ana Souza");
    expect(reply).not.toHaveProperty("failure");
  });

  it("is answered in its own language, or in that which the channel says", async () => {
    const { said, asked } = talk();
    await said("what is the risk of cliente123 this year");
    await said("what is the risk of cliente123 this year", { language: "pt" });
    await said("/carteira cliente123", { language: "en" });
    await said("/carteira cliente123");
    expect(asked.map(({ question }) => question.language)).toEqual(["en", "pt", "en", "pt"]);
  });

  it("counts days as Brazil does, from now or from the instant that it is asked about", async () => {
    const { said, asked } = talk();
    await said("como foi cliente123 hoje?");
    await said("como foi cliente123 hoje?", { at: "2026-06-02T01:30:00.000Z" });
    expect(asked.map(({ question }) => question.period?.to)).toEqual(["2026-11-23", "2026-06-01"]);
    expect(asked[1]?.at?.toISOString()).toBe("2026-06-02T01:30:00.000Z");
  });

  it("goes on about the client talked about in the same place, and in no other", async () => {
    const { said, asked } = talk();
    await said("rentabilidade de cliente123 em 12 meses");
    await said("e no mês?");
    expect(asked[1]?.question).toMatchObject({
      intent: "performance",
      client: "cliente123",
      period: { kind: "month_to_date" },
    });
    const elsewhere = await said("e no mês?", { place: "p2" });
    expect(elsewhere?.answer?.status).toBe("clarify");
  });

  it("leaves the talk where it was after a request for help or words it did not understand", async () => {
    const { said, asked } = talk();
    await said("rentabilidade de cliente123 em 12 meses");
    await said("/carteira ajuda");
    expect((await said("blá blá blá"))?.answer?.status).toBe("clarify");
    await said("e no mês?");
    expect(asked.at(-1)?.question.client).toBe("cliente123");
  });

  it("never falls back to the client before, once another one was meant", async () => {
    for (const other of ["/carteira cliente999", "rentabilidade da Carla em 12 meses"]) {
      const { said, asked } = talk();
      await said("rentabilidade de cliente123 em 12 meses");
      expect((await said(other))?.answer?.status).not.toBe("ok");
      expect((await said("e no mês?"))?.answer?.status).not.toBe("ok");
      expect(asked).toHaveLength(1);
    }
  });

  it("is not found alike whether the client is unknown or the answers refuse it", async () => {
    const unknown = await talk().said("/carteira cliente999");
    const refused = await talk({
      answers: {
        lexicon: async () => LEXICON,
        answer: async (question) => ({
          question,
          status: "not_found",
          asOf: null,
          sources: [],
          stale: [],
          demo: false,
        }),
      },
    }).said("/carteira cliente123");
    expect(unknown?.message).toEqual(refused?.message);
    expect(unknown?.answer?.status).toBe("not_found");
  });

  it("remembers and audits who, what and where, but no figure and no words", async () => {
    const { said, audited, kept } = talk();
    await said("/carteira cliente123");
    expect(audited).toEqual([
      { who: "corretor1", place: "p1", intent: "portfolio", client: "cliente123", outcome: "ok" },
    ]);
    expect(Object.keys(kept.get("p1") ?? {}).sort()).toEqual(
      ["asset", "benchmark", "client", "direction", "intent", "limit", "period"].sort(),
    );
  });

  it("passes over a memory that another version wrote", async () => {
    const { said, kept } = talk();
    kept.set("p1", { intent: "performance", client: { id: "cliente123" } });
    expect((await said("e no mês?"))?.answer?.status).toBe("clarify");
  });
});

describe("somebody nobody knows", () => {
  it("is told whom to ask, in the language spoken, and nothing else", async () => {
    const { said, dropped, asked, audited } = talk();
    const reply = await said("/carteira cliente123", { who: "stranger" });
    expect(reply).toMatchObject({ answer: null, failure: "unknown_user" });
    expect(reply?.message.text).toContain("administra");
    expect((await said("hi", { who: "stranger", language: "en" }))?.message.text).toContain("administers");
    const body = Readable.from(["a"]);
    expect((await dropped({ who: "stranger", body })).reply?.failure).toBe("unknown_user");
    expect(body.destroyed).toBe(true);
    expect(asked).toEqual([]);
    expect(audited.map(({ outcome, intent }) => [intent, outcome])).toEqual([
      ["unknown", "refused"],
      ["unknown", "refused"],
      ["upload", "refused"],
    ]);
  });

  it("in a channel is told names, or to ask whoever administers, and not how the book is kept", async () => {
    const who = "slack:T1:U9";
    const { said } = talk();
    expect((await said("oi", { who }))?.message.text).toBe(
      "Ainda não sei quem você é.\nPara ter acesso, fale com Ana ou Beto.",
    );
    expect((await said("hi", { who, language: "en" }))?.message.text).toBe(
      "I do not know who you are yet.\nTo be let in, talk to Ana or Beto.",
    );
    const alone = await talk({ whomToAsk: async () => [] }).said("oi", { who });
    expect(alone?.message.text).toContain("fale com quem administra a Carteira.");
  });
});
