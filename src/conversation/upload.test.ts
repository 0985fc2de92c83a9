import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { LOADED, talk } from "./conversation.testing.ts";

describe("a file", () => {
  it("reports each step, then what became of it", async () => {
    const { dropped, audited } = talk();
    const { reply, progress } = await dropped({ clientId: "cliente123" });
    expect(progress.map(({ headline }) => headline)).toEqual([
      expect.stringContaining("ops.csv"),
      expect.stringContaining("50%"),
    ]);
    expect(reply?.message.headline).toContain("3");
    expect(audited).toEqual([
      { who: "corretor1", place: "p1", intent: "upload", client: "cliente123", outcome: "ok" },
    ]);
  });

  it("is taken once, and the second delivery's stream is closed", async () => {
    const { dropped } = talk();
    await dropped({ eventId: "same" });
    const body = Readable.from(["a"]);
    expect((await dropped({ eventId: "same", body })).reply).toBeNull();
    expect(body.destroyed).toBe(true);
  });

  it("that was not promoted is audited as refused", async () => {
    const issue = { line: 0, column: "", value: "", reason: "mais de 20% de erros" };
    const { dropped, audited } = talk({
      uploads: {
        take: async () => ({ runId: null, files: [{ ...LOADED, promoted: false, issues: [issue] }] }),
        undo: async () => "not_found",
      },
    });
    await dropped();
    expect(audited[0]?.outcome).toBe("refused");
  });

  it("can be taken back by who sent it, in either language and with the command before it", async () => {
    const { said, audited } = talk();
    for (const text of ["desfazer up1", "/carteira desfazer up1", "Undo up1"]) {
      expect((await said(text))?.message.headline).toContain("up1");
    }
    const others = await said("desfazer up1", { who: "corretor2" });
    expect(others?.message.headline).toBe("Não encontrei o envio up1 entre os seus.");
    expect((await said("desfazer"))?.message.headline).toBe("Qual envio?");
    expect(audited.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "not_found", "clarify"]);
  });

  it("that is taken back while the book is still worked out says so, in either language", async () => {
    const uploads = { take: async () => ({ runId: null, files: [] }), undo: async () => "undoing" as const };
    const { said } = talk({ uploads });
    expect((await said("desfazer up1"))?.message.text).toContain("ainda estão sendo recalculadas sem ele");
    expect((await said("undo up1", { language: "en" }))?.message.text).toContain(
      "still being worked out without it",
    );
  });

  it("that goes on by itself is no refusal", async () => {
    const pending = { ...LOADED, promoted: false, issues: [], pending: true } as const;
    const { dropped, audited } = talk({
      uploads: { take: async () => ({ runId: null, files: [pending] }), undo: async () => "not_found" },
    });
    const { reply } = await dropped();
    expect(reply?.message.text).toContain("meus arquivos");
    expect(audited[0]?.outcome).toBe("ok");
  });

  it("hands on the rejected rows, and the sender's own clients to choose from where it names none", async () => {
    const attachment = {
      fileName: "ops-recusadas.csv",
      mimeType: "text/csv" as const,
      body: Buffer.from("a;b\n"),
    };
    const { dropped } = talk({
      uploads: {
        take: async () => ({ runId: null, files: [LOADED], attachments: [attachment], needsClient: true }),
        undo: async () => "not_found",
      },
    });
    const { reply } = await dropped();
    expect(reply?.attachments).toEqual([attachment]);
    expect(reply?.chooseClient?.length).toBeGreaterThan(0);
    const plain = await talk().dropped();
    expect(plain.reply).not.toHaveProperty("attachments");
    expect(plain.reply).not.toHaveProperty("chooseClient");
  });
});
