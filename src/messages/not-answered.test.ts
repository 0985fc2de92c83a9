import { describe, expect, it } from "vitest";
import type { Answer } from "../answers/answer.ts";
import { INTENTS } from "../questions/question.ts";
import { sampleAnswer, sampleQuestion } from "./answers.testing.ts";
import type { Message } from "./message.ts";
import { present } from "./present.ts";

function without(
  status: "not_found" | "unsupported",
  change: Partial<Answer["question"]>,
  demo = false,
): Message {
  return present({
    status,
    question: { ...sampleQuestion("portfolio", "pt"), client: null, ...change },
    asOf: null,
    sources: [],
    stale: [],
    demo,
  });
}

function buttonsOf(message: Message) {
  return message.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
}

describe("what is not answered", () => {
  it("says the same of a client that is unknown and of one that is another's, and repeats neither", () => {
    const unknown = without("not_found", {});
    expect(unknown.headline).toBe("Não encontrei esse cliente entre os seus.");
    expect(without("not_found", { client: "cliente999" })).toEqual(unknown);
    expect(without("not_found", { client: "cliente1", intent: "holding", asset: "PETR4" })).toEqual(unknown);
    expect(unknown.text).not.toContain("cliente999");
  });

  it("keeps sources out of it, which could tell one from the other", () => {
    const leaking = present({ ...sampleAnswer({ intent: "help", data: null }, "pt"), status: "not_found" });
    expect(leaking.footer).toEqual(["Dados sintéticos de demonstração"]);
  });

  it("speaks of the asset where no client was asked for", () => {
    expect(without("not_found", { intent: "quote", asset: "XXXX9" }).headline).toBe(
      "Não encontrei esse ativo.",
    );
  });

  it.each(INTENTS)("says what to do instead of %s", (intent) => {
    const message = without("unsupported", { intent });
    expect(message.headline.length).toBeGreaterThan(10);
    expect(buttonsOf(message).length).toBeGreaterThan(0);
  });

  it("asks back with buttons that hold the whole question", () => {
    const message = present({
      status: "clarify",
      question: { ...sampleQuestion("performance", "pt"), client: null },
      asOf: null,
      sources: [],
      stale: [],
      demo: false,
      reason: {
        code: "which_client",
        options: [
          { id: "cliente1", name: "Ana Souza" },
          { id: "cliente2", name: "Ana Prado" },
        ],
      },
    });
    expect(message.text).toContain("• Ana Prado · cliente2");
    expect(buttonsOf(message)).toEqual([
      { label: "Ana Souza · cliente1", command: "rentabilidade de cliente1 em 12 meses" },
      { label: "Ana Prado · cliente2", command: "rentabilidade de cliente2 em 12 meses" },
    ]);
  });
});
