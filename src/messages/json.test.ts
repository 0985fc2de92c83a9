import { describe, expect, it } from "vitest";
import type { Answer } from "../answers/answer.ts";
import { sampleAnswer, sampleHolding, samplePortfolio } from "./answers.testing.ts";
import { answerToJson } from "./json.ts";

function printed(answer: Answer) {
  return JSON.parse(JSON.stringify(answerToJson(answer, "texto")));
}

describe("answerToJson", () => {
  it("prints the public fields of the question, and decimals as strings without trailing zeros", () => {
    const json = printed(sampleAnswer({ intent: "holding", data: sampleHolding }, "pt", { asset: "PETR4" }));
    expect(Object.keys(json)).toEqual(["status", "question", "asOf", "sources", "stale", "data", "text"]);
    expect(json.question).toEqual({
      intent: "holding",
      client: "cliente123",
      asset: "PETR4",
      period: { kind: "12m", from: "2025-11-21", to: "2026-11-20" },
      benchmark: null,
      direction: null,
      limit: null,
    });
    expect(json.data).toMatchObject({
      quantity: "1250",
      averageCost: "31.33333333",
      realizedGain: "-120.5",
      price: "38.12",
    });
    expect(json).toMatchObject({ status: "ok", asOf: "2026-11-20", text: "texto" });
  });

  it("has the fields of a portfolio", () => {
    const { data } = printed(sampleAnswer({ intent: "portfolio", data: samplePortfolio }, "pt"));
    expect(data).toMatchObject({
      value: "412380.12",
      cost: "366100.55",
      unrealizedGain: "46279.57",
      dayChange: "3421.1",
      dayChangePercent: "0.84",
    });
    expect(data.positions).toHaveLength(13);
    expect(data.allocation[0]).toEqual({ key: "acao", value: "180000", weightPercent: "43.65" });
  });

  it.each(["not_found", "unsupported"] as const)(
    "holds no data, time or source when the status is %s",
    (status) => {
      const { result: _, ...rest } = { result: null, ...sampleAnswer({ intent: "help", data: null }, "pt") };
      const json = printed({ ...rest, status } as Answer);
      expect(json).toMatchObject({ status, asOf: null, sources: [], stale: [], data: null });
    },
  );
});
