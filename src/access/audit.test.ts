import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../state/index.ts";
import { createAuditWriter } from "./audit.ts";

describe("the audit writer", () => {
  it("keeps who, where, what about whom and the outcome, and drops whatever else the turn carries", async () => {
    const kept: AuditEntry[] = [];
    const write = createAuditWriter({
      async record(entry) {
        kept.push(entry);
      },
    });
    const turn = {
      who: "corretor1",
      place: "console:corretor1",
      intent: "holding",
      client: "cliente123",
      outcome: "ok",
      text: "PETR4 vale R$ 1.234,56",
    } as const;
    await write(turn);
    await write({ ...turn, who: "x".repeat(1000) });
    expect(kept[0]).toEqual({
      who: "corretor1",
      person: null,
      channel: "console",
      place: "console:corretor1",
      intent: "holding",
      client: "cliente123",
      outcome: "ok",
    });
    expect(JSON.stringify(kept)).not.toContain("1.234,56");
    expect(kept[1]?.who).toHaveLength(200);
    await write({ ...turn, who: "slack:T1:U1", person: "ana", place: "D024BE91L" });
    expect(kept[2]).toMatchObject({
      who: "slack:T1:U1",
      person: "ana",
      channel: "slack",
      place: "D024BE91L",
    });
  });
});
