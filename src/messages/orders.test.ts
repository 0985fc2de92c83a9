import { describe, expect, it } from "vitest";
import type { Finding, Upkeep } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import { languageSection, presentSettings } from "./settings.ts";
import { presentUpkeep } from "./upkeep.ts";
import { presentUploads, type UploadLine } from "./uploads.ts";

const sold: Finding = {
  code: "sold_more_than_held",
  severity: "warning",
  client: "cliente123",
  clientName: "Ana Souza",
  asset: "ITUB4",
  mergedInto: null,
  date: "2026-11-10",
  expected: Decimal.of(150),
  found: Decimal.of(100),
  sourceFile: "operacoes.csv",
  rowNumber: 12,
};
const UPKEEP: Upkeep = {
  asOf: "2026-11-19",
  sources: [{ source: "yahoo", of: "prices", at: "2026-11-19", delayMinutes: null }],
  stale: [
    { asset: "XPTO11", priceAt: "2026-10-02", reason: "operation_price" },
    { asset: "HGLG11", priceAt: "2026-11-11", reason: "old" },
    { asset: "BOIA3", priceAt: null, reason: "missing" },
  ],
  findings: [
    sold,
    { ...sold, client: null, clientName: null, code: "instrument_unknown", asset: "XPTO11" },
    { ...sold, client: null, clientName: null, code: "price_missing", asset: "BOIA3" },
    { ...sold, severity: "info", code: "cash_not_controlled" },
  ],
  demo: true,
};

describe("the upkeep of a book in words", () => {
  it("counts first, then tells each price and each point once, with what to do", () => {
    const { text, headlineTone } = presentUpkeep(UPKEEP, "pt");
    expect(headlineTone).toBe("warning");
    expect(text.split("\n")).toEqual([
      "3 preços desatualizados · 2 pontos a conferir",
      "",
      "Preços",
      "ativo   preço de    situação",
      "BOIA3   —           sem preço: carregue um arquivo de preços",
      "HGLG11  11/11/2026  desatualizado",
      "XPTO11  02/10/2026  só o preço da última operação",
      "",
      "A conferir",
      "cliente                 data        o que conferir",
      "Ana Souza · cliente123  10/11/2026  venda ou saída de 150 ITUB4 com 100 em carteira: confira se falta uma compra (operacoes.csv, linha 12)",
      // The file of what concerns everybody may be another broker's.
      "todos                   10/11/2026  XPTO11 não está cadastrado: carregue-o num arquivo de ativos, com classe e moeda",
      "",
      "cotações de 19/11/2026 · fonte: Yahoo Finance",
      "Dados sintéticos de demonstração",
    ]);
  });

  it("says so where all is in order, and how many it does not show", () => {
    const none = presentUpkeep({ ...UPKEEP, stale: [], findings: [] }, "en");
    expect(none.headline).toBe("All in order: prices are up to date and there is nothing to check.");
    const many = presentUpkeep({ ...UPKEEP, findings: Array.from({ length: 40 }, () => sold) }, "en");
    expect(many.headline).toContain("40 points to check");
    expect(many.text).toContain("25 more");
  });
});

describe("the files that were sent", () => {
  const line: UploadLine = {
    file: "operacoes.csv",
    at: "2026-11-19T17:30:00.000Z",
    status: "active",
    loaded: 1200,
    rejected: 3,
    sender: null,
  };

  it("are told by name, time and rows", () => {
    const other = { ...line, file: "b.csv", status: "received", loaded: null, rejected: null };
    expect(presentUploads({ uploads: [line, other], demo: false }, "pt").text.split("\n")).toEqual([
      "Últimos 2 arquivos: o mais novo, operacoes.csv, carregado",
      "",
      "arquivo        quando            carregadas  recusadas  situação",
      "operacoes.csv  19/11/2026 14:30       1.200          3  carregado",
      "b.csv          19/11/2026 14:30           —          —  em processamento",
    ]);
  });

  it("name the sender where it is another, and say where there is none", () => {
    const { text } = presentUploads({ uploads: [line, { ...line, sender: "Bia" }], demo: false }, "en");
    expect(text).toMatch(/who[\s\S]*you[\s\S]*Bia/);
    expect(presentUploads({ uploads: [], demo: true }, "en").text).toMatch(/^No file has been sent yet\./);
  });
});

describe("settings", () => {
  it("show the language and the form that changes it, told in plain text by what one would type", () => {
    const message = presentSettings(languageSection("en", "pt"), "pt");
    expect(message.text).toBe("Suas configurações.\n\nIdioma  Inglês\n\nIdioma das respostas: idioma inglês");
    expect(presentSettings(languageSection(null, "en"), "en").text).toContain("language english");
  });
});
