import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLIENTS, openTestHome, type TestHome } from "../ingest.testing.ts";
import { rejectedKey } from "./quarantine.ts";
import { makeWorkbook } from "./workbook.testing.ts";

let home: TestHome;

beforeEach(async () => {
  home = await openTestHome();
  await home.loadOne(CLIENTS);
});

afterEach(() => home.remove());

const HEADER = "Cliente;Data;Tipo;Ativo;Quantidade;Preço;Minha coluna";

async function rejectedOf(name: string, body: string | Uint8Array): Promise<string> {
  const { upload } = await home.loadOne([name, body]);
  if (upload.quarantineKey === null) throw new Error("nothing was rejected");
  return await text(await home.lake.read(rejectedKey(upload.quarantineKey)));
}

const good = Array.from(
  { length: 20 },
  (_, n) => `ana;${String(n + 1).padStart(2, "0")}/02/2026;compra;PETR4;1;30,00;x`,
);

describe("the rejected rows of a file", () => {
  it("come back under the file's own headers, each with its reasons, and nothing that was taken", async () => {
    const bad = ["ana;99/02/2026;compra;PETR4;1,5;30,00;x", "zeca;02/02/2026;compra;VALE3;abc;1.250;x"];
    expect((await rejectedOf("op.csv", [HEADER, ...good, ...bad, ""].join("\n"))).split("\n")).toEqual([
      "Cliente;Data;Tipo;Ativo;Quantidade;Preço;motivo",
      expect.stringMatching(/^ana;99\/02\/2026;compra;PETR4;1,5;30,00;"?Data: data inválida/),
      expect.stringMatching(
        /^zeca;02\/02\/2026;compra;VALE3;abc;1\.250;"?.*cliente não encontrado.*\| Quantidade: /,
      ),
      "",
    ]);
  });

  it("once mended are taken as they stand, numbers in the dialect they were in", async () => {
    const header = "cliente,data,tipo,ativo,quantidade,preco";
    const rows = Array.from({ length: 9 }, (_, n) => `ana,0${n + 1}/02/2026,compra,PETR4,1,30.50`);
    const csv = await rejectedOf(
      "point.csv",
      [header, ...rows, "anna,10/02/2026,compra,PETR4,1.250,30.25", ""].join("\n"),
    );
    expect(csv.startsWith(`${header},motivo\n`)).toBe(true);
    const again = await home.loadOne(["point-recusadas.csv", csv.replace("anna", "ana")]);
    expect(again).toMatchObject({ promoted: true, counts: { rows: 1, loaded: 1, rejected: 0 } });
    const rowsOfDay = (await home.effective("operations")).filter((row) => row["date"] === "2026-02-10");
    expect(rowsOfDay).toMatchObject([{ quantity: "1.25000000", price: "30.25000000" }]);
  });

  it("keep line breaks and quotes of a cell, and the beginning of what could not be read", async () => {
    const header = "cliente;data;tipo;ativo;quantidade;preco;observacao";
    const rows = Array.from(
      { length: 20 },
      (_, n) => `ana;${String(n + 1).padStart(2, "0")}/02/2026;compra;PETR4;1;30;`,
    );
    const csv = await rejectedOf(
      "notas.csv",
      [
        header,
        ...rows,
        'ana;32/02/2026;compra;PETR4;1;30;"disse ""sim""\nontem"',
        "ana;01/02/2026;compra;a;b;c;d;e;f;g",
        "",
      ].join("\n"),
    );
    expect(csv).toContain('"disse ""sim""\nontem"');
    expect(csv).toContain("ana;01/02/2026;compra;a;b;c;d;e;f;g".slice(0, 30));
  });

  it("come from a workbook too", async () => {
    const csv = await rejectedOf(
      "op.xlsx",
      makeWorkbook([
        ["Plan1", [HEADER, ...good, "ana;99/02/2026;compra;PETR4;1;30;x"].map((line) => line.split(";"))],
      ]),
    );
    expect(csv.split("\n")[1]).toMatch(/^ana;99\/02\/2026;compra;PETR4;1;30;/);
  });
});
