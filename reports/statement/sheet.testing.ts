import type { Sheet, SheetRow } from "./sheet.ts";

/** A sheet with one block of each kind, and a table of as many rows as a test wants. */
export function sampleSheet({ rows = 3 }: { readonly rows?: number } = {}): Sheet {
  const many: readonly SheetRow[] = Array.from({ length: rows }, (_, place) => ({
    cells: [
      { text: `linha ${place} `, strong: true, note: "Petrobras PN" },
      { text: "1.234.567,89", tone: "up" },
    ],
  }));
  return {
    language: "pt",
    title: "Relatório da carteira — Ana Souza · ana — Outubro de 2026",
    subject: "Relatório gerencial",
    author: "Rui Prado",
    madeAt: "2026-11-25T12:30:00.000Z",
    cover: {
      kind: "Relatório gerencial",
      name: "Ana Souza",
      period: "Outubro de 2026",
      fields: [{ label: "Código", value: "ana" }],
      tiles: [
        { label: "Patrimônio", value: { text: "R$ 1.234,56" } },
        { label: "Rentabilidade", value: { text: "−2,89%", tone: "down", note: "56% do CDI" } },
      ],
      notice: "Não é o extrato oficial.",
    },
    blocks: [
      {
        kind: "chart",
        title: "Proventos",
        subtitle: "líquido",
        chart: {
          type: "bars",
          title: "",
          subtitle: "",
          bars: [
            { label: "set/26", value: 1, valueText: "1,00" },
            { label: "out/26", value: 2, valueText: "2,00" },
          ],
          style: "plain",
          language: "pt",
        },
      },
      {
        kind: "table",
        title: "Operações",
        columns: [
          { label: "Ativo", align: "left", width: "fill" },
          { label: "Valor (R$)", align: "right", width: "fit" },
        ],
        rows: [
          { role: "group", cells: [{ text: "PETR4" }, { text: "" }] },
          ...many,
          { role: "total", cells: [{ text: "Total" }, { text: "1,00" }] },
        ],
        notes: { kind: "text", paragraphs: ["Nota."], style: "small" },
      },
      {
        kind: "pair",
        left: [{ kind: "text", paragraphs: ["Esquerda"], style: "warning" }],
        right: [{ kind: "text", title: "Direita", paragraphs: ["Texto"], style: "small" }],
      },
      { kind: "text", title: "Método", paragraphs: ["Ação, proventos — “índice” · ½"], style: "body" },
    ],
    running: { left: "Ana Souza · ana · Outubro de 2026", right: "Relatório gerencial" },
    foot: { left: "Gerado em 25/11/2026 09:30 · execução abc", page: "página {page} de {pages}" },
    mark: null,
  };
}
