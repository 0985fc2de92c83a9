import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ChartPool } from "../../src/charts/pool.ts";
import { readPdf } from "./pdf-text.testing.ts";
import { Press } from "./press.ts";
import { renderSheet } from "./render.ts";
import { sampleSheet } from "./sheet.testing.ts";
import type { Sheet, SheetTable } from "./sheet.ts";

let press: Press;
beforeEach(() => {
  press = new Press();
});
afterEach(() => press.close());

let pictures: readonly Uint8Array[] = [];
const pool = new ChartPool();
beforeAll(async () => {
  const charts = sampleSheet().blocks.flatMap((block) => (block.kind === "chart" ? [block.chart] : []));
  pictures = await Promise.all(charts.map((chart) => pool.draw(chart, { theme: "light", opaque: true })));
});
afterAll(() => pool.close());

const textOf = (bytes: Uint8Array) => readPdf(bytes).pages.join(" ");

describe("a report on paper", () => {
  it("is a PDF with title, language and author, and leads nowhere", async () => {
    const bytes = await press.set(sampleSheet(), pictures);
    expect(Buffer.from(bytes.subarray(0, 8)).toString("latin1")).toBe("%PDF-1.7");
    expect(Buffer.from(bytes).toString("latin1").trimEnd()).toMatch(/%%EOF$/);
    const { about, leads, pictures: drawn, pages } = readPdf(bytes);
    expect(about).toEqual({
      Title: "Relatório da carteira — Ana Souza · ana — Outubro de 2026",
      Subject: "Relatório gerencial",
      Author: "Rui Prado",
      Creator: "Carteira",
      Producer: "Carteira (pdfmake)",
      CreationDate: "D:20261125123000Z",
      Lang: "pt-BR",
      DisplayDocTitle: "true",
    });
    expect({ leads, drawn, pages: pages.length }).toEqual({ leads: [], drawn: 1, pages: 1 });
  });

  it("holds every word of the sheet as text", async () => {
    const sheet = sampleSheet();
    const text = textOf(await press.set(sheet, pictures));
    for (const said of [
      ...sheet.cover.tiles.map(({ label }) => label),
      ...sheet.cover.fields.map(({ value }) => value),
      "PETR4",
      "1.234.567,89",
      "−2,89%",
      "Ação, proventos — “índice” · ½",
      sheet.foot.left,
      "página 1 de 1",
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain("�");
  });

  it("is the same bytes for the same sheet, in the thread and out of it, before and after others", async () => {
    const [first, other, again] = await Promise.all([
      press.set(sampleSheet(), pictures),
      press.set(sampleSheet({ rows: 90 }), pictures),
      press.set(sampleSheet(), pictures),
    ]);
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
    expect(Buffer.from(first).equals(Buffer.from(other))).toBe(false);
    expect(Buffer.from(first).equals(Buffer.from(await renderSheet(sampleSheet(), pictures)))).toBe(true);
    const later = { ...sampleSheet(), madeAt: "2026-11-25T12:31:00.000Z" };
    expect(Buffer.from(first).equals(Buffer.from(await press.set(later, pictures)))).toBe(false);
  });

  it("repeats the heads of a table on each page, numbers the pages, and loses no row", async () => {
    const { pages } = readPdf(await press.set(sampleSheet({ rows: 400 }), pictures));
    expect(pages.length).toBeGreaterThan(8);
    for (const [place, page] of pages.entries()) {
      expect(page).toContain(`página ${place + 1} de ${pages.length}`);
      if (place > 0) expect(page).toContain("Ana Souza · ana · Outubro de 2026");
    }
    const withRows = pages.filter((page) => /linha \d/.test(page));
    for (const page of withRows) expect(page).toContain("Operações Ativo Valor (R$)");
    const rows = pages.join(" ").match(/linha \d+ /g) ?? [];
    expect(new Set(rows).size).toBe(400);
  });

  it("bears the mark of a demo on each page", async () => {
    const { pages } = readPdf(
      await press.set({ ...sampleSheet({ rows: 90 }), mark: "DEMONSTRAÇÃO" }, pictures),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain("DEMONSTRAÇÃO");
  });

  it("sets names of any length and script", async () => {
    const name = `${"Maximiliano ".repeat(12)}${"X".repeat(120)} Ñandú 東京`;
    const sheet: Sheet = { ...sampleSheet(), cover: { ...sampleSheet().cover, name } };
    expect(textOf(await press.set(sheet, pictures))).toContain("Maximiliano Maximiliano");
  });
});

describe("the press", () => {
  it("refuses what cannot be laid out, and goes on", async () => {
    const broken: SheetTable = {
      kind: "table",
      title: "x",
      columns: [{ label: "a", align: "left", width: "fill" }],
      rows: [{ cells: [{ text: "a" }, { text: "b" }] }],
    };
    const refused = press.set({ ...sampleSheet(), blocks: [broken] }, []);
    await expect(refused).rejects.toMatchObject({ code: "not_set" });
    expect((await press.set(sampleSheet(), pictures)).length).toBeGreaterThan(1_000);
  });

  it("turns away what comes when too many wait, and everything once it is closed", async () => {
    const asked = Array.from({ length: 80 }, () => press.set(sampleSheet(), pictures));
    const settled = Promise.allSettled(asked);
    await expect(asked.at(-1)).rejects.toMatchObject({ code: "busy" });
    await press.close();
    await expect(press.set(sampleSheet(), pictures)).rejects.toMatchObject({ code: "closed" });
    for (const one of await settled) {
      if (one.status === "rejected") expect(["busy", "closed"]).toContain(one.reason.code);
    }
  });
});
