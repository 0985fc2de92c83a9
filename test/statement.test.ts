import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadPdf, readPdf } from "../reports/statement/pdf-text.testing.ts";
import { readConfig } from "../src/config.ts";
import { type Book, openBook } from "../src/main/book.ts";
import { type ClosableShell, createShell } from "../src/main/shell.ts";
import { wordsOf } from "../src/main/words/words.ts";
import { formatter } from "../src/messages/format.ts";
import type { Period } from "../src/questions/question.ts";
import { askOf, openAskedBook } from "./asked-book.testing.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

const format = formatter("pt");
/** The PDF's words apart by spaces, and the sign of an amount too: compared without any. */
const packed = (text: string) => text.replaceAll(/\s/g, "");

function pdfAt(line: CommandLine, file: string): ReadPdf {
  return readPdf(readFileSync(join(dirname(line.home), file)));
}

describe("reports of a demo", () => {
  const NOW = new Date("2026-11-25T15:00:00Z");
  let line: CommandLine;
  let book: Book;
  let shell: ClosableShell;
  beforeAll(async () => {
    line = await openCommandLine(() => NOW);
    expect((await line.carteira("demo", "--clients", "12")).code).toBe(0);
    const silent = { write: () => true };
    const io = { stdout: silent, stderr: silent, environment: {}, workingFolder: dirname(line.home) };
    shell = createShell(
      { ...io, now: () => NOW, stop: new AbortController().signal },
      { config: readConfig({ CARTEIRA_HOME: line.home }, "/"), words: wordsOf("pt"), language: "pt" },
    );
    book = await openBook(shell);
  });
  afterAll(async () => {
    await shell.close();
    await line.remove();
  });

  it("are valid and marked for every client and any period, with the figures of the chat", async () => {
    const brokers = await book.answers.brokers();
    const { clients } = await book.answers.lexicon(brokers);
    expect(clients.length).toBeGreaterThan(9);
    const periods: readonly Period[] = [
      { kind: "range", from: "2026-10-01", to: "2026-10-31" },
      { kind: "range", from: "2026-03-05", to: "2026-09-30" },
      { kind: "2025", from: "2025-01-01", to: "2025-12-31" },
      { kind: "inception", from: null, to: "2026-11-25" },
    ];
    for (const [place, { id, name }] of clients.entries()) {
      const period = periods[place % periods.length] ?? { kind: "inception", from: null, to: "2026-11-25" };
      const at = period.to === "2026-11-25" ? null : new Date(`${period.to}T20:00:00Z`);
      const made = await book.statements.make({ client: id, period, brokers, language: "pt", at: null });
      if (made.kind !== "made") throw new Error(made.kind);
      const { pages, about, leads } = readPdf(made.file.body);
      expect(leads).toEqual([]);
      expect(about["Title"]).toContain(name);
      for (const [page, text] of pages.entries()) {
        expect(text).toContain(`página ${page + 1} de ${pages.length}`);
        expect(text).toContain("DEMONSTRAÇÃO");
      }
      const text = pages.join(" ");
      expect(text).not.toMatch(/undefined|NaN|null|\[object|Infinity|�/);
      const asked = { intent: "portfolio", client: id, asset: null, period: null, benchmark: null } as const;
      const open = { direction: null, limit: null, grouping: null, language: "pt" } as const;
      const answer = await book.answers.answer({ ...asked, ...open }, brokers, at);
      if (answer.status !== "ok" || answer.result.intent !== "portfolio") throw new Error(answer.status);
      const { value, baseCurrency, positions } = answer.result.data;
      expect(packed(pages[0] ?? ""), id).toContain(packed(format.money(value, baseCurrency)));
      for (const { asset, valueBase } of positions) {
        expect(packed(text)).toContain(packed(asset));
        expect(packed(text)).toContain(format.amount(valueBase));
      }
    }
  });

  it("come by chat and by command, with an invented intermediary, and both leave a line in the audit", async () => {
    const said = await line.carteira("ask", "relatório do cliente123 de outubro", "--as", "corretor1");
    expect(said.code).toBe(0);
    expect(said.err).toContain("relatorio-cliente123-2026-10.pdf não foi gravado");
    expect(said.out).toContain("Relatório de Ana Souza · cliente123 — Outubro de 2026");
    const kept = await line.carteira("ask", "relatório do cliente123 de outubro", "--out", "pasta");
    expect(kept.err).toContain("Arquivo gravado: ");
    expect(pdfAt(line, join("pasta", "relatorio-cliente123-2026-10.pdf")).pages.length).toBeGreaterThan(2);
    expect(await line.carteira("statement", "cliente123", "--month", "2026-10")).toMatchObject({
      code: 0,
      err: "",
    });
    const { pages } = pdfAt(line, "relatorio-cliente123-2026-10.pdf");
    expect(pages[0]).toContain("Corretora Exemplo S.A. (fictícia)");
    const { out } = await line.carteira("audit", "--json");
    const lines = (JSON.parse(out) as readonly Record<string, unknown>[]).filter(
      ({ intent }) => intent === "statement",
    );
    expect(lines.map(({ client, outcome }) => [client, outcome])).toEqual([
      ["cliente123", "ok"],
      ["cliente123", "ok"],
      ["cliente123", "ok"],
    ]);
  });
});

describe("reports of a real book", () => {
  const settings = {
    CARTEIRA_INTERMEDIARY: "Corretora Boa Vista S.A.",
    CARTEIRA_OMBUDSMAN: "0800 123 4567",
  };
  let line: CommandLine;
  beforeAll(async () => {
    line = await openAskedBook(settings);
  });
  afterAll(() => line.remove());
  const statement = (...args: readonly string[]) =>
    line.carteira("statement", ...args, "--as", "corretor1", "--out", "r.pdf");

  it("are not made before the intermediary is named", async () => {
    const unset = await openAskedBook();
    const args = ["cliente1", "--month", "2026-03", "--as", "corretor1"];
    const { code, err } = await unset.carteira("statement", ...args);
    await unset.remove();
    expect(code).toBe(3);
    expect(err).toContain("CARTEIRA_INTERMEDIARY, CARTEIRA_OMBUDSMAN");
  });

  it("hold, by hand, what was bought, sold and received", async () => {
    expect(await statement("cliente1", "--month", "2026-03")).toMatchObject({ code: 0, err: "" });
    const { pages } = pdfAt(line, "r.pdf");
    const text = pages.join(" ");
    // 60 PETR4 at 35, 10 HGLG11 at 155, 10 AAPL at 210 dollars of 5.50: 2,100 + 1,550 + 11,550.
    expect(pages[0]).toContain("R$ 15.200,00");
    expect(text).toContain("02/03/2026 venda PETR4 40 33,00 1.320,00 4,00");
    // (3,000 + 10) x 60 / 100 = 1,806: 30.10 a share.
    expect(text).toContain("30,10 35,00 31/03/2026 2.100,00");
    expect(text).toContain("US$ 210,00");
    expect(text).toContain("Ouvidoria de Corretora Boa Vista S.A.: 0800 123 4567");
    expect(text).not.toContain("DEMONSTRAÇÃO");
    const { data } = await askOf(line, "/carteira cliente1");
    expect(data?.["value"]).toBe("15200");
  });

  it("show a debenture without a price as of unknown value", async () => {
    expect((await statement("cliente4", "--month", "2026-03")).code).toBe(0);
    const text = pdfAt(line, "r.pdf").pages.join(" ");
    expect(packed(text)).toContain(packed("Sem preço, fora dos totais: DEB-SEM-PRECO."));
    expect(text).toContain("5 — — sem preço — — —");
  });

  it("are refused for whom they are not, and for what is no period", async () => {
    for (const client of ["cliente9", "nobody"]) {
      const { code, err } = await statement(client, "--month", "2026-03");
      expect({ code, err }).toEqual({ code: 1, err: "Não encontrei esse cliente entre os seus.\n" });
    }
    const wrong: readonly (readonly string[])[] = [
      ["--month", "2026-13"],
      ["--month", "2027-01"],
      ["--month", "março"],
      ["--month", "2026-03", "--from", "2026-01-01"],
      ["--from", "2026-01-01"],
      ["--to", "2026-01-01"],
      ["--from", "2026-03-01", "--to", "2026-01-01"],
      ["--from", "ontem", "--to", "2026-01-01"],
    ];
    for (const args of wrong) expect((await statement("cliente1", ...args)).code, args.join(" ")).toBe(2);
    expect((await statement()).code).toBe(2);
  });

  it("leave no file behind that cannot be written", async () => {
    const args = ["cliente1", "--month", "2026-03", "--as", "corretor1", "--out", "nowhere/r.pdf"];
    const { code, err } = await line.carteira("statement", ...args);
    expect(code).toBe(1);
    expect(err).toContain("nowhere");
    expect(existsSync(join(dirname(line.home), "nowhere"))).toBe(false);
  });
});
