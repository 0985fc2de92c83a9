import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLIENTS, openTestHome, type TestHome } from "../ingest.testing.ts";
import { makeWorkbook, makeZip } from "./workbook.testing.ts";
import { checkUnpackedSize } from "./zip-limits.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.remove());

const HEADER = ["cliente", "data", "tipo", "ativo", "quantidade", "preco", "moeda", "taxas", "hora", "id"];

describe("workbooks", () => {
  it("reads serial days, hours, numbers with all their digits, and numbers typed as text", async () => {
    const file = makeWorkbook([
      [
        "Operações",
        [
          ["Relatório da corretora"],
          [],
          HEADER,
          ["ana", 46027, "compra", "PETR4", 1000, 30.1, "BRL", 0.1 + 0.2, 0.4375, 7],
          ["ana", { serial: 46028 }, "compra", "PETR4", 0.00000001, 20.123456789, "BRL", null, null, null],
          ["ana", "08/01/2026", "venda", "PETR4", "1.250", "R$ 31,25", "BRL", "1,5", "10:30", "a-1"],
          [],
        ],
      ],
    ]);
    const [, result] = await home.load([CLIENTS, ["ops.xlsx", file]]);
    expect(result?.issues).toEqual([]);
    const rows = await home.effective("operations");
    expect(
      rows.map((r) => [
        r["date"],
        r["time"],
        r["quantity"],
        r["price"],
        r["fees"],
        r["external_id"],
        r["row_number"],
      ]),
    ).toEqual([
      ["2026-01-05", "10:30:00", "1000.00000000", "30.10000000", "0.30000000", "7", "4"],
      ["2026-01-06", null, "0.00000001", "20.12345679", "0.00000000", null, "5"],
      ["2026-01-08", "10:30:00", "1250.00000000", "31.25000000", "1.50000000", "a-1", "6"],
    ]);
  });

  it("reads all sheets of B3's custody, leaves their totals out, and names sheets it does not know", async () => {
    const shares = [
      "Produto",
      "Instituição",
      "Conta",
      "Código de Negociação",
      "Quantidade",
      "Quantidade Disponível",
      "Valor Atualizado",
    ];
    const bonds = [
      "Produto",
      "Instituição",
      "Código ISIN",
      "Indexador",
      "Vencimento",
      "Quantidade",
      "Quantidade Disponível",
      "Valor Atualizado",
    ];
    const file = makeWorkbook([
      [
        "Acoes",
        [
          shares,
          ["PETR4 - PETROBRAS", "XP", "1", "PETR4", 100, 100, 3050.5],
          [],
          [null, null, null, null, null, "Total", 3050.5],
        ],
      ],
      [
        "Empréstimos",
        [
          ["Natureza", "Contrato"],
          ["Doador", 1],
        ],
      ],
      [
        "Tesouro Direto",
        [
          bonds,
          ["Tesouro Selic 2029", "XP", "BR", "SELIC", "01/03/2029", 1.23, 1.23, 19000],
          [],
          [null, null, null, null, null, null, "Total", 19000],
        ],
      ],
    ]);
    await home.load([CLIENTS]);
    const result = await home.loadOne(["posicao-2026-03-30-10-00-00.xlsx", file], { clientId: "ana" });
    expect(result.counts).toEqual({ rows: 2, loaded: 2, replaced: 0, repeated: 0, rejected: 0 });
    expect(result.issues).toMatchObject([
      { line: 0, reason: "aviso: a planilha «Empréstimos» não foi reconhecida e não foi lida" },
    ]);
    const rows = await home.effective("operations");
    expect(
      rows.map((r) => [
        r["type"],
        r["date"],
        r["instrument_id"],
        r["quantity"],
        r["price"],
        r["indexer"],
        r["maturity"],
        r["row_number"],
      ]),
    ).toEqual([
      ["custodia", "2026-03-30", "PETR4", "100.00000000", null, null, null, "2"],
      ["custodia", "2026-03-30", "TESOURO SELIC 2029", "1.23000000", null, "SELIC", "2029-03-01", "2"],
    ]);
  });

  it("says in which sheet a wrong cell is", async () => {
    const header = ["Produto", "Instituição", "Código de Negociação", "Quantidade", "Quantidade Disponível"];
    const good = Array.from({ length: 5 }, (_, i) => [`PETR${i + 3}`, "XP", `PETR${i + 3}`, 1, 1]);
    const file = makeWorkbook([
      ["Acoes", [header, ...good]],
      ["ETF", [header, ["BOVA11", "XP", "BOVA11", "dez", 1]]],
    ]);
    await home.load([CLIENTS]);
    const result = await home.loadOne(["posicao.xlsx", file], { clientId: "ana" });
    expect(result.issues).toMatchObject([{ line: 2, column: "ETF: Quantidade", value: "dez" }]);
    expect((await home.effective("operations"))[0]?.["date"]).toBe("2026-03-31");
  });
});

describe("checkUnpackedSize", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "zip-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function check(zip: Buffer, bytesMax: number): Promise<void> {
    const path = join(dir, "x.zip");
    await writeFile(path, zip);
    await checkUnpackedSize(path, bytesMax);
  }
  const body = Buffer.alloc(1_000_000);

  it("passes what unpacks to no more than was allowed", async () => {
    await check(
      makeZip(
        [
          ["a", body],
          ["b", body],
        ],
        false,
      ),
      2_000_000,
    );
    await check(
      makeZip(
        [
          ["a", body],
          ["b", body],
        ],
        true,
      ),
      2_000_000,
    );
  });

  it("stops at more, also where the archive lies about its sizes", async () => {
    const bomb = makeZip(
      [
        ["a", body],
        ["b", body],
      ],
      false,
    );
    expect(bomb.length).toBeLessThan(10_000);
    await expect(check(bomb, 1_999_999)).rejects.toMatchObject({ code: "too_big" });
    for (let at = bomb.indexOf("PK\u0001\u0002"); at >= 0; at = bomb.indexOf("PK\u0001\u0002", at + 1)) {
      bomb.writeUInt32LE(10, at + 24);
    }
    await expect(check(bomb, 1_999_999)).rejects.toMatchObject({ code: "too_big" });
  });

  it("calls an archive that is cut off or scrambled broken", async () => {
    const zip = makeZip([["a", body]], false);
    await expect(check(zip.subarray(0, zip.length - 30), 2_000_000)).rejects.toMatchObject({
      code: "broken",
    });
    zip.fill(0xff, 31, 60);
    await expect(check(zip, 2_000_000)).rejects.toMatchObject({ code: "broken" });
  });
});
