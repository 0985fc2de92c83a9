import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StatementData } from "../../src/answers/answer.ts";
import { type OpenBook, openTestBook } from "../../src/answers/book.testing.ts";
import { BOOK } from "../../src/answers/book-rows.testing.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Language } from "../../src/questions/question.ts";
import { composeSheet } from "./compose.ts";
import type { Sheet, SheetTable } from "./sheet.ts";

const ISSUER = { broker: "Rui Prado", intermediary: "Corretora Boa S.A.", ombudsman: "0800 123 4567" };
const MADE_AT = new Date("2026-11-20T12:30:00Z");

let book: OpenBook;
let ana: StatementData;
let eva: StatementData;
let zeca: StatementData;
beforeAll(async () => {
  book = await openTestBook(BOOK);
  const read = async (client: string) => {
    const period = { kind: "range", from: "2026-11-01", to: "2026-11-30" } as const;
    const data = await book.answers.statement(
      { client, period },
      ["corretor1"],
      new Date("2026-11-30T20:00:00Z"),
    );
    if (data === null) throw new Error(`no statement of ${client}`);
    return data;
  };
  [ana, eva, zeca] = await Promise.all([read("ana"), read("eva"), read("zeca")]);
});
afterAll(() => book.close());

const composed = (data: StatementData, language: Language = "pt") =>
  composeSheet(data, { issuer: ISSUER, madeAt: MADE_AT, language });

function tablesOf({ blocks }: Sheet): readonly SheetTable[] {
  return blocks.flatMap((block) => {
    if (block.kind === "table") return [block];
    const sides = block.kind === "pair" ? [...block.left, ...block.right] : [];
    return sides.filter((side) => side.kind === "table");
  });
}

/** A table as lines of text, the cells of a row apart by bars. */
function lines(sheet: Sheet, title: string): readonly string[] {
  const table = tablesOf(sheet).find((one) => one.title === title);
  if (table === undefined) throw new Error(`no table ${title}`);
  return table.rows.map(({ cells }) =>
    cells.map(({ text, note }) => (note === undefined ? text : `${text} (${note})`)).join(" | "),
  );
}

const paragraphs = ({ blocks }: Sheet): string =>
  blocks.flatMap((block) => (block.kind === "text" ? block.paragraphs : [])).join("\n");

describe("a report in words", () => {
  it("says who, when, and the four figures first", () => {
    const { cover, title, foot, mark } = composed(ana);
    expect(title).toBe("Relatório da carteira — Ana Souza · ana — Novembro de 2026");
    expect(cover).toMatchObject({
      kind: "Relatório gerencial",
      name: "Ana Souza",
      period: "Novembro de 2026",
    });
    expect(cover.fields.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Código: ana",
      "Assessor: Rui Prado",
      "Intermediário: Corretora Boa S.A.",
      "Moeda-base: Real (BRL)",
      "Posição em: 30/11/2026",
    ]);
    expect(cover.tiles.map(({ label, value }) => [label, value.text, value.note, value.tone])).toEqual([
      [
        "Patrimônio em 30/11/2026",
        expect.stringMatching(/^R\$ /),
        "sem 5 posições que não têm preço",
        undefined,
      ],
      ["Resultado do período", "+R$ 828,00", "entradas menos saídas: +R$ 20.202,00", "up"],
      ["Rentabilidade do período", "+5,00%", "3.125% do CDI", "up"],
      ["CDI do período", "+0,16%", "IBOV +1,00%", undefined],
    ]);
    expect(foot.left).toContain("Gerado em 20/11/2026 09:30");
    expect(foot.left).toContain(`execução ${ana.runId}`);
    expect(mark).toBeNull();
  });

  it("splits the gain, and lets the value's movement add up", () => {
    const sheet = composed(ana);
    expect(lines(sheet, "De onde veio o resultado")).toEqual([
      "Preço | +570,00",
      "Proventos | +12,00",
      "Câmbio | +256,00",
      "Taxas | -10,00",
      "Resultado do período | +828,00",
    ]);
    expect(lines(sheet, "Movimentação do patrimônio")).toEqual([
      "Patrimônio inicial | 0,00",
      "Entradas menos saídas | +20.202,00",
      "Resultado | +828,00",
      "Patrimônio em 19/11/2026 | 21.030,00",
    ]);
    expect(paragraphs(sheet)).not.toContain("arredondadas");
    expect(lines(sheet, "Mês a mês")).toEqual([
      "nov/26 | 21.030,00 | +20.202,00 | +828,00 | +5,00% | +0,16% | +1,00%",
    ]);
  });

  it("says so where the cents shown do not add up, though the amounts do", () => {
    const gain = {
      price: Decimal.parse("0.005"),
      income: Decimal.parse("0.005"),
      currency: Decimal.ZERO,
      fees: Decimal.ZERO,
      total: Decimal.parse("0.01"),
    };
    const sheet = composed({ ...ana, performance: { ...ana.performance, gain } });
    expect(lines(sheet, "De onde veio o resultado").slice(0, 2)).toEqual([
      "Preço | +0,01",
      "Proventos | +0,01",
    ]);
    expect(paragraphs(sheet)).toContain("Parcelas arredondadas a centavos");
  });

  it("shows every position with its price and day, and what is unknown as unknown", () => {
    const sheet = composed(ana);
    const rows = lines(sheet, "Posições em 30/11/2026");
    expect(rows).toContainEqual(
      "PETR4 (Nome PETR4) | 100 | 30,00 | 36,50 (19/11/2026) | 3.650,00 | 19,6% | +650,00 (+21,67%)",
    );
    expect(rows).toContainEqual(
      "AAPL (Nome AAPL) | 10 | US$ 150,00 | US$ 200,00 (19/11/2026) | 10.800,00 | 57,9% | +3.300,00 (+33,33%)",
    );
    expect(rows.find((row) => row.startsWith("XPTO11"))).toBe(
      "XPTO11 | 5 | 100,00 | — (sem preço) | — | — | —",
    );
    expect(rows.find((row) => row.startsWith("LOJA3"))).toContain("10,00 (10/11/2026 · última operação)");
    const table = tablesOf(sheet).find(({ title }) => title.startsWith("Posições"));
    expect(table?.notes?.paragraphs.join("\n")).toMatch(
      /^Sem preço, fora dos totais: .*XPTO11.*desconhecido, e não zero\./,
    );
    expect(table?.rows.at(-1)?.role).toBe("total");
    expect(rows.join("\n")).not.toMatch(/XPTO11.*\b0,00/);
  });

  it("shows amounts of other currencies with their own, and a client's in hers", () => {
    const rows = lines(composed(eva), "Mês a mês");
    expect(rows[0]).toContain("4.000,00");
    const heads = tablesOf(composed(eva)).find(({ title }) => title === "Mês a mês")?.columns;
    expect(heads?.[1]?.label).toBe("Patrimônio (US$)");
  });

  it("lists operations from the oldest, and their fees by sort", () => {
    const sheet = composed(ana);
    expect(lines(sheet, "Operações do período · 1 operação")).toEqual([
      "19/11/2026 | compra | BBAS3 | 100 | 28,00 | 2.800,00 | 5,00",
    ]);
    expect(lines(sheet, "Taxas do período")).toEqual(["compra | 1 | R$ 5,00"]);
    expect(paragraphs(sheet)).toContain("Taxas descontadas do resultado do período: R$ 10,00.");
  });

  it("is no official statement, promises nothing, is gross of tax, and names the ombudsman", () => {
    const text = paragraphs(composed(ana));
    expect(text).toContain("Não é o extrato oficial e não o substitui");
    expect(text).toContain("Rentabilidade passada não representa garantia de resultados futuros.");
    expect(text).toContain("brutos de imposto de renda");
    expect(text).toContain("Ouvidoria de Corretora Boa S.A.: 0800 123 4567");
    expect(text).toMatch(/Cotações de .*CDI até .*fontes?: /);
  });

  it("of a client without anything knows nothing, and says so", () => {
    const sheet = composed(zeca);
    expect(sheet.cover.tiles.map(({ value }) => value.text)).toEqual([
      "R$ 0,00",
      "—",
      "—",
      expect.anything(),
    ]);
    expect(tablesOf(sheet)).toEqual([]);
    expect(paragraphs(sheet)).toContain("Ainda não há pregões no período");
    expect(sheet.blocks.some(({ kind }) => kind === "chart")).toBe(false);
  });

  it("bears a mark across its pages where the book is a demo", () => {
    const sheet = composed({ ...ana, demo: true });
    expect(sheet.mark).toBe("DEMONSTRAÇÃO");
    expect(paragraphs(sheet)).toContain("Dados sintéticos de demonstração");
  });

  it("is in English where that is asked for", () => {
    const sheet = composed(ana, "en");
    expect(sheet.cover.period).toBe("November 2026");
    expect(lines(sheet, "Where the gain came from").at(-1)).toBe("Gain of the period | +828.00");
    expect(JSON.stringify(sheet)).not.toMatch(/Posições|Resultado|undefined|NaN/);
  });
});
