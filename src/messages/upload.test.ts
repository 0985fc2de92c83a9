import { describe, expect, it } from "vitest";
import type { Message } from "./message.ts";
import { type FileReport, presentIngest, presentProgress } from "./upload.ts";

const report: FileReport = {
  upload: "u7",
  file: "operacoes.csv",
  kind: "operations",
  rows: 1000,
  loaded: 992,
  replaced: 1,
  repeated: 0,
  rejected: 7,
  promoted: true,
  issues: Array.from({ length: 7 }, (_, at) => ({
    line: at + 2,
    column: "preco",
    value: "abc\n",
    reason: "não é um número",
  })),
};

function buttons(message: Message) {
  return message.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
}

describe("presentIngest", () => {
  it("says what was loaded and rejected, why, what to do, and how to take it back", () => {
    const message = presentIngest({ files: [report] }, "pt");
    expect(message.headline).toBe("operacoes.csv: 993 linhas carregadas · 7 recusadas");
    expect(message.headlineTone).toBe("warning");
    expect(message.text).toMatch(/Recebidas +1\.000\nCarregadas +992\nSubstituídas +1\nRecusadas +7\n/);
    expect(message.text).toContain("    2  preco   abc    não é um número");
    expect(message.text).toContain("mais 2");
    expect(message.text).toContain("Corrija só as linhas recusadas");
    expect(buttons(message)).toEqual([{ label: "Desfazer", command: "desfazer u7" }]);
  });

  it("says how a file is taken back where this is read, and keeps the whole of a reason", () => {
    const reason = `preço não é um número: ${"use só algarismos, ".repeat(5)}por exemplo 1.234,56`;
    const issues = [{ line: 2, column: "preco", value: "abc", reason }];
    const undo = (upload: string) => `npx carteira undo ${upload}`;
    const message = presentIngest({ files: [{ ...report, rejected: 1, issues }] }, "pt", {
      undoCommand: undo,
    });
    expect(message.text).toContain("Para retirar este arquivo: npx carteira undo u7");
    expect(message.text).toContain(reason);
  });

  it("tells a repeated file, one with too many errors and one that cannot be read apart", () => {
    const repeated = presentIngest(
      { files: [{ ...report, promoted: false, loaded: 0, repeated: 1000, rejected: 0, issues: [] }] },
      "pt",
    );
    expect(repeated.headline).toBe("operacoes.csv: já estava carregado, nada mudou");
    const bad = presentIngest({ files: [{ ...report, promoted: false, loaded: 700, rejected: 300 }] }, "pt");
    expect(bad.headline).toBe("operacoes.csv: não foi carregado, 300 de 1.000 linhas têm erro");
    expect(bad.text).toContain("Conferidas");
    expect(bad.text).toContain("mais 295");
    const issue = { line: 0, column: "", value: "", reason: "não reconheci as colunas" };
    const unreadable = presentIngest(
      {
        files: [{ ...report, kind: null, promoted: false, rows: 0, loaded: 0, rejected: 0, issues: [issue] }],
      },
      "pt",
    );
    expect(unreadable.headline).toBe("operacoes.csv: não foi carregado");
    expect(unreadable.text).toBe("operacoes.csv: não foi carregado\n\nMotivo: não reconheci as colunas.");
    expect(unreadable.blocks.map(({ kind }) => kind)).toEqual(["text"]);
    for (const message of [repeated, bad, unreadable]) expect(buttons(message)).toEqual([]);
  });

  it("says of a file sent again that nothing changed, also where rows of it are rejected again", () => {
    const again = { ...report, promoted: false, loaded: 0, replaced: 0, repeated: 993 };
    const message = presentIngest({ files: [again] }, "pt");
    expect(message.headline).toBe("operacoes.csv: já estava carregado, nada mudou · 7 recusadas");
    expect(message.text).toContain("Corrija só as linhas recusadas");
  });

  it("says what of the file was passed over, apart from its rows", () => {
    const sheet = { line: 0, column: "", value: "", reason: "aviso: a planilha «Resumo» não foi lida" };
    const message = presentIngest({ files: [{ ...report, issues: [sheet, ...report.issues] }] }, "pt");
    expect(message.blocks[0]).toEqual({ kind: "text", text: sheet.reason, tone: "warning" });
    expect(message.text).toContain("mais 2");
  });

  it("puts several files into one message with one row of buttons", () => {
    const message = presentIngest(
      { files: [report, { ...report, upload: "u8", file: "clientes.csv", rejected: 0, issues: [] }] },
      "en",
    );
    expect(message.headline).toBe("2 files received");
    expect(message.blocks.filter(({ kind }) => kind === "buttons")).toHaveLength(1);
    expect(buttons(message).map(({ command }) => command)).toEqual(["undo u7", "undo u8"]);
    expect(message.text).toContain("clientes.csv: 993 rows loaded");
  });
});

describe("presentProgress", () => {
  it.each([
    ["checked", 0.456, "a.csv: conferido (45%)"],
    ["loaded", null, "a.csv: processado"],
    ["some_new_step", 1.2, "a.csv: processando (100%)"],
  ])("%s", (step, fraction, headline) => {
    expect(presentProgress(step, fraction, "a.csv", "pt").headline).toBe(headline);
  });
});

describe("a file that goes on by itself", () => {
  const pending = {
    ...report,
    promoted: false,
    rows: 0,
    loaded: 0,
    rejected: 0,
    issues: [],
    pending: true,
  } as const;

  it("is kept, and says where to look later, in both languages", () => {
    const { text } = presentIngest({ files: [pending] }, "pt");
    expect(text).toContain(`${report.file}: guardado, o processamento continua`);
    expect(text).toContain("Não é preciso enviar de novo.");
    expect(text).toContain("daqui a alguns minutos: meus arquivos");
    expect(buttons(presentIngest({ files: [pending] }, "pt"))).toEqual([]);
    const english = presentIngest({ files: [pending] }, "en", { lookCommand: "npx carteira uploads" }).text;
    expect(english).toContain(`${report.file}: kept, and still being processed`);
    expect(english).toContain("in some minutes: npx carteira uploads");
  });
});
