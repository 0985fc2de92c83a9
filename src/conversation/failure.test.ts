import { describe, expect, it } from "vitest";
import { failure, LEXICON, talk } from "./conversation.testing.ts";

describe("a failure", () => {
  const failing = (error: Error) =>
    talk({
      answers: {
        lexicon: async () => LEXICON,
        answer: async () => {
          throw error;
        },
      },
      uploads: {
        take: async () => {
          throw error;
        },
        undo: async () => {
          throw error;
        },
      },
    });

  it("names a code that the log has, and the log has no word of the error's or the asker's", async () => {
    const { said, dropped, logged, audited } = failing(failure("EWHATEVER"));
    const turns = [
      () => said("/carteira cliente123"),
      async () => (await dropped()).reply,
      () => said("desfazer up1"),
    ];
    for (const turn of turns) {
      const reply = await turn();
      const last = logged.at(-1);
      const ref = typeof last === "object" && last !== null && "ref" in last ? String(last.ref) : "none";
      expect(reply?.message.text).toContain(ref);
      expect(reply?.failure).toBe("failed");
    }
    expect(JSON.stringify(logged)).not.toMatch(/Ana|1\.234|cliente123|ops\.csv/);
    expect(JSON.stringify(logged)).toContain("EWHATEVER");
    expect(audited.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "failed"]);
  });

  it.each([
    ["not_ready", "Ainda não há carteiras", "not_ready"],
    ["busy", "Outro arquivo", "failed"],
    ["too_large", "grande demais", "failed"],
    ["ENOSPC", "disco", "failed"],
  ])("that can be mended says how (%s)", async (code, words, kind) => {
    const { said, logged } = failing(failure(code));
    const reply = await said("/carteira cliente123");
    expect(reply?.message.text).toContain(words);
    expect(reply?.failure).toBe(kind);
    expect(logged).toEqual([]);
  });

  it.each([
    ["unavailable", "O armazenamento das carteiras não está respondendo."],
    ["refused", "O serviço que consulta as carteiras recusou o acesso."],
    ["timeout", "A consulta às carteiras não terminou a tempo."],
  ])("of a service says whom to turn to (%s), and is in the log for whoever that is", async (code, words) => {
    const { said, logged } = talk({
      answers: {
        lexicon: async () => LEXICON,
        answer: async () => {
          throw failure(code);
        },
      },
    });
    const reply = await said("/carteira cliente123");
    expect(reply?.message.text).toContain(words);
    expect(reply?.failure).toBe("failed");
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).toContain(code);
    expect(JSON.stringify(logged)).not.toContain("cliente123");
  });

  it("of the audit keeps the answer back, and still ends in a message", async () => {
    const { said, logged } = talk({
      audit: async () => {
        throw new Error("disk");
      },
    });
    const reply = await said("/carteira cliente123");
    expect(reply).toMatchObject({ answer: null, failure: "failed" });
    expect(logged).toHaveLength(2);
  });

  it("of an instant that is none ends in a message", async () => {
    expect((await talk().said("/carteira cliente123", { at: "ontem" }))?.failure).toBe("failed");
  });
});
