import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Asker } from "../access/access.ts";
import type { Verdict } from "../access/limits.ts";
import { talk } from "./conversation.testing.ts";

describe("a flood", () => {
  const who = "slack:T1:U1";
  const flooded = (verdicts: readonly Verdict[]) => {
    const left = [...verdicts];
    return talk({
      limits: { admit: () => left.shift() ?? "go" },
      identify: async () => {
        throw new Error("was looked up");
      },
    });
  };

  it("is answered once, then not at all; no work is done for it and the audit counts it", async () => {
    const { said, dropped, audited } = flooded(["warn", "drop", "warn", "drop"]);
    expect(await said("/carteira cliente123", { who })).toMatchObject({
      failure: "too_many",
      message: { headline: "São perguntas demais em um minuto." },
    });
    expect(await said("/carteira cliente123", { who })).toBeNull();
    const body = Readable.from(["a"]);
    expect((await dropped({ who, body })).reply?.message.headline).toBe("São arquivos demais em um minuto.");
    expect(body.destroyed).toBe(true);
    expect((await dropped({ who })).reply).toBeNull();
    expect(audited.map(({ intent, outcome }) => [intent, outcome])).toEqual([
      ["unknown", "refused"],
      ["unknown", "refused"],
      ["upload", "refused"],
      ["upload", "refused"],
    ]);
  });

  it("is not looked for in who speaks on this machine, whose machine it is", async () => {
    const { said, asked } = talk({ limits: { admit: () => "drop" } });
    expect(await said("/carteira cliente123")).not.toBeNull();
    expect(asked).toHaveLength(1);
  });

  it("is told so in English too", async () => {
    const reply = await flooded(["warn"]).said("hi", { who, language: "en" });
    expect(reply?.message.text).toContain("Wait a minute");
  });
});

describe("a person of the people table", () => {
  const person = (id: string, language: "pt" | "en" | null): Asker => ({
    userId: `person:${id}`,
    brokers: ["corretor1"],
    admin: false,
    language: language ?? "pt",
    person: { id, language },
  });

  it("is in the audit by id and by user", async () => {
    const { said, audited } = talk({ identify: async () => person("ana", null) });
    await said("/carteira cliente123", { who: "slack:T1:U1", place: "slack:D1" });
    expect(audited).toEqual([
      {
        who: "slack:T1:U1",
        person: "ana",
        place: "slack:D1",
        intent: "portfolio",
        client: "cliente123",
        outcome: "ok",
      },
    ]);
  });

  it("is answered in the language set for them, or else in that of the channel or of the question", async () => {
    const languages = async (language: "pt" | "en" | null, utterance: { language?: "pt" | "en" } = {}) => {
      const { said, asked } = talk({ identify: async () => person("ana", language) });
      await said("/carteira cliente123", utterance);
      await said("what does cliente123 hold?", utterance);
      return asked.map(({ question }) => question.language);
    };
    expect(await languages("en")).toEqual(["en", "en"]);
    expect(await languages("pt", { language: "en" })).toEqual(["pt", "pt"]);
    expect(await languages(null, { language: "en" })).toEqual(["en", "en"]);
    expect((await languages(null)).at(-1)).toBe("en");
  });

  it("has a memory of their own, also in the place of somebody who was linked before", async () => {
    let current = person("ana", null);
    const { said, asked } = talk({ identify: async () => current });
    await said("rentabilidade de cliente123 em 12 meses");
    current = person("bia", null);
    expect((await said("e no mês?"))?.answer?.status).toBe("clarify");
    expect(asked).toHaveLength(1);
    current = person("ana", null);
    await said("e no mês?");
    expect(asked.at(-1)?.question.client).toBe("cliente123");
  });
});
