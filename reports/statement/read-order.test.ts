import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Language, Period } from "../../src/questions/question.ts";
import { reportCommand } from "./notices.ts";
import { readReportOrder, reportWordIn } from "./read-order.ts";

const LEXICON = {
  clients: [
    { id: "cliente123", name: "Ana Souza" },
    { id: "cliente200", name: "Carla Menezes" },
    { id: "cliente201", name: "Carla Nogueira" },
    { id: "c7", name: "Pedro Março" },
  ],
  instruments: [{ code: "PETR4", name: "Petrobras PN", aliases: ["petrobras"] }],
};
const TODAY = "2026-11-25";
const read = (text: string) => readReportOrder(text, { lexicon: LEXICON, today: TODAY });

describe("an order for a report", () => {
  it.each([
    ["relatório do cliente123 de outubro", "cliente123", "2026-10-01", "2026-10-31"],
    ["Relatório da Ana de outubro/2026", "cliente123", "2026-10-01", "2026-10-31"],
    ["relatorio do mês passado da ana", "cliente123", "2026-10-01", "2026-10-31"],
    ["relatório da Ana do ano", "cliente123", "2026-01-01", TODAY],
    ["relatório da Ana Souza de janeiro a março", "cliente123", "2026-01-01", "2026-03-31"],
    ["me manda o relatório da Ana de setembro em PDF, por favor", "cliente123", "2026-09-01", "2026-09-30"],
    ["/carteira relatório cliente123 outubro", "cliente123", "2026-10-01", "2026-10-31"],
    ["relatório da carteira do cliente123 de outubro", "cliente123", "2026-10-01", "2026-10-31"],
    ["relatório cliente123 novembro", "cliente123", "2026-11-01", TODAY],
    ["relatório da Ana de 2025", "cliente123", "2025-01-01", "2025-12-31"],
    ["relatório da Ana desde o início", "cliente123", null, TODAY],
    ["relatório do Pedro Março de outubro", "c7", "2026-10-01", "2026-10-31"],
    ["report of cliente123 for October", "cliente123", "2026-10-01", "2026-10-31"],
    ["send me Ana's October report", "cliente123", "2026-10-01", "2026-10-31"],
    ["report for Ana from January to March", "cliente123", "2026-01-01", "2026-03-31"],
  ])("%s", (text, client, from, to) => {
    expect(read(text)).toMatchObject({ kind: "report", client, period: { from, to }, periodSaid: true });
  });

  it("is of the last month that ended where no period is said", () => {
    expect(read("quero um relatório mensal do cliente123")).toEqual({
      kind: "report",
      client: "cliente123",
      period: { kind: "last_month", from: "2026-10-01", to: "2026-10-31" },
      periodSaid: false,
    });
  });

  it("asks back where it is not clear whose or when, and knows no other's client", () => {
    expect(read("relatório da Carla de outubro")).toMatchObject({
      kind: "which_client",
      options: [{ id: "cliente200" }, { id: "cliente201" }],
      period: { from: "2026-10-01" },
    });
    expect(read("relatório de outubro")).toEqual({ kind: "client_missing" });
    expect(read("relatório")).toEqual({ kind: "client_missing" });
    expect(read("relatório da Ana de dezembro/2026")).toEqual({
      kind: "period_unclear",
      text: "dezembro/2026",
    });
    expect(read("relatório do João de outubro")).toEqual({ kind: "not_found" });
  });

  it.each([
    "quanto a Ana rendeu em outubro?",
    "extrato da Ana de outubro",
    "relatório diário às 8h",
    "relatório da Ana toda segunda",
    "every Monday a report of cliente123",
    "reportagem sobre a Vale",
    `relatório ${"a".repeat(3_000)}`,
    "",
  ])("is not: %s", (text) => {
    expect(read(text)).toBeNull();
    expect(reportWordIn(text)).toBeNull();
  });

  it("is read back from the words of a button, whatever the client and the days", () => {
    const day = fc
      .integer({ min: 0, max: 1_000 })
      .map((back) => new Date(Date.UTC(2026, 10, 24) - back * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        fc.constantFrom(...LEXICON.clients),
        day,
        day,
        fc.constantFrom<Language>("pt", "en"),
        ({ id }, one, other, language) => {
          const [from = one, to = other] = [one, other].toSorted();
          const period: Period = { kind: "range", from, to };
          expect(read(reportCommand(id, period, language))).toMatchObject({
            kind: "report",
            client: id,
            period: { from, to },
          });
        },
      ),
    );
    expect(read(reportCommand("c7", null, "en"))).toMatchObject({ client: "c7", periodSaid: false });
    expect(read(reportCommand("c7", { kind: "inception", from: null, to: TODAY }, "pt"))).toMatchObject({
      period: { kind: "inception" },
    });
  });

  it("never fails, whatever is written", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void read(`relatório ${text}`)));
  });
});
