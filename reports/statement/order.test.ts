import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Asker } from "../../src/access/access.ts";
import { type OpenBook, openTestBook } from "../../src/answers/book.testing.ts";
import { BOOK } from "../../src/answers/book-rows.testing.ts";
import { ChartPool } from "../../src/charts/pool.ts";
import { present } from "../../src/messages/present.ts";
import type { IntermediarySettings } from "./issuer.ts";
import { createStatementOrder } from "./order.ts";
import { readPdf } from "./pdf-text.testing.ts";
import { Press } from "./press.ts";
import { createStatements } from "./statements.ts";

const NOW = new Date("2026-11-20T12:30:00Z");
const SETTINGS: IntermediarySettings = { intermediary: "Corretora Boa S.A.", ombudsman: "0800 123 4567" };
const RUI: Asker = { userId: "corretor1", brokers: ["corretor1"], admin: false, language: "pt" };

let book: OpenBook;
const pool = new ChartPool();
const press = new Press();
beforeAll(async () => {
  book = await openTestBook(BOOK, { now: NOW });
});
afterAll(async () => {
  await Promise.all([pool.close(), press.close(), book.close()]);
});

function told(text: string, { asker = RUI, settings = SETTINGS, language = "pt" as const, at = "" } = {}) {
  const now = () => NOW;
  const statements = createStatements({
    answers: book.answers,
    draw: pool.draw,
    set: press.set,
    settings,
    brokerName: async () => "Rui Prado",
    now,
  });
  const order = createStatementOrder({ statements, answers: book.answers, demo: async () => false, now });
  return order.take({ text, language, ...(at === "" ? {} : { at }) }, asker);
}

describe("the order for a report", () => {
  it("is answered with the file, for whoever asked", async () => {
    const done = await told("relatório da Ana Souza de novembro");
    expect(done?.audited).toEqual({ intent: "statement", client: "ana", outcome: "ok" });
    expect(done?.reply.message.headline).toBe("Relatório de Ana Souza · ana — Novembro de 2026, até 20/11");
    expect(done?.reply.message.text).toContain("nada foi enviado ao cliente");
    const [file, ...others] = done?.reply.attachments ?? [];
    expect(others).toEqual([]);
    expect(file).toMatchObject({ fileName: "relatorio-ana-2026-11.pdf", mimeType: "application/pdf" });
    const { pages, about } = readPdf(file?.body ?? new Uint8Array());
    expect(about["Title"]).toBe("Relatório da carteira — Ana Souza · ana — Novembro de 2026, até 20/11");
    expect(pages[0]).toContain("Assessor Rui Prado");
    expect(pages[0]).toContain("+R$ 828,00");
    expect(pages.join(" ")).not.toContain("Beto");
  });

  it("warns the broker of what has no price", async () => {
    const done = await told("relatório da ana de novembro");
    expect(done?.reply.message.text).toContain("aparece como valor desconhecido");
  });

  it("says which month it took where none was said, and is as of an earlier moment where one is given", async () => {
    const done = await told("relatório da ana");
    expect(done?.reply.message.headline).toContain("Outubro de 2026");
    expect(done?.reply.message.text).toContain("vale o último mês encerrado");
    const earlier = await told("relatório da ana de novembro", { at: "2026-11-18T18:00:00-03:00" });
    expect(earlier?.reply.message.headline).toContain("Novembro de 2026, até 18/11");
    const { pages } = readPdf(earlier?.reply.attachments?.[0]?.body ?? new Uint8Array());
    expect(pages[0]).toContain("17.794,00");
  });

  it("of another's client and of one that does not exist is refused in the same words as a question", async () => {
    const question = {
      ...({ intent: "portfolio", client: null, asset: null, period: null, benchmark: null } as const),
      ...({ direction: null, limit: null, grouping: null, language: "pt" } as const),
    };
    const answered = present({
      question,
      status: "not_found",
      asOf: null,
      sources: [],
      stale: [],
      demo: false,
    });
    for (const text of ["relatório do Beto de novembro", "relatório do Xavier de novembro"]) {
      const done = await told(text);
      expect(done?.reply).toEqual({ message: answered, answer: null });
      expect(done?.audited).toEqual({ intent: "statement", client: null, outcome: "not_found" });
    }
    expect((await told("relatório da ana", { asker: { ...RUI, brokers: [] } }))?.reply.message).toEqual(
      answered,
    );
  });

  it("asks back, each choice being the whole order again", async () => {
    const done = await told("relatório de novembro");
    expect(done?.audited.outcome).toBe("clarify");
    expect(done?.reply.message.headline).toBe("De qual cliente é o relatório?");
    const unclear = await told("relatório da ana de dezembro/2026");
    expect(unclear?.reply.message.headline).toBe("Não entendi o período “dezembro/2026”.");
  });

  it("is not made before the intermediary is named, and says how that is set", async () => {
    const done = await told("relatório da ana de novembro", {
      settings: { intermediary: "X", ombudsman: null },
    });
    expect(done?.reply.attachments).toBeUndefined();
    expect(done?.reply.message.text).toContain("CARTEIRA_OMBUDSMAN");
    expect(done?.reply.message.text).not.toContain("CARTEIRA_INTERMEDIARY");
    expect(done?.audited).toMatchObject({ client: null, outcome: "refused" });
    // Whose client it is not learns nothing from that either.
    const none = { intermediary: null, ombudsman: null };
    expect((await told("relatório do Beto de novembro", { settings: none }))?.audited.outcome).toBe(
      "not_found",
    );
  });

  it("is in the person's language, else in that of the order", async () => {
    expect((await told("report of ana for November"))?.reply.message.headline).toBe(
      "Report of Ana Souza · ana — November 2026, up to 20 Nov",
    );
    const person: Asker = { ...RUI, person: { id: "rui", language: "pt" } };
    expect((await told("report of ana for November", { asker: person }))?.reply.message.headline).toContain(
      "Relatório de Ana Souza",
    );
  });

  it("leaves everything else to others", async () => {
    expect(await told("quanto a Ana rendeu em novembro?")).toBeNull();
  });
});
