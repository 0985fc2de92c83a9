import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestHome, type TestHome } from "../ingest.testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.remove());

const HEADER =
  "Tipo Titulo;Data Vencimento;Data Base;Taxa Compra Manha;Taxa Venda Manha;PU Compra Manha;PU Venda Manha;PU Base Manha";

async function load(...rows: string[]) {
  const result = await home.loadOne(["PrecoTaxaTesouroDireto.csv", [HEADER, ...rows, ""].join("\n")]);
  const prices = await home.effective("prices");
  return { result, prices: prices.map((row) => `${row["instrument_id"]} ${row["date"]} ${row["price"]}`) };
}

describe("the Treasury's prices", () => {
  it("are the sale prices of bonds under the names of the Treasury's shop", async () => {
    const { result, prices } = await load(
      "Tesouro IPCA+;15/05/2035;02/06/2025;7,16;7,28;2279,12;2253,15;2253,15",
      "Tesouro Selic;01/03/2029;02/06/2025;0,04;0,05;16587,42;16578,16;16569,70",
      "Tesouro Prefixado;01/01/2031;02/06/2025;13,6;13,7;490,12;488,03;488,03",
      "Tesouro IPCA+ com Juros Semestrais;15/05/2035;02/06/2025;7,1;7,2;4301,2;4270,33;4270,33",
      "Tesouro Prefixado com Juros Semestrais;01/01/2031;02/06/2025;13,6;13,7;900,1;898,77;898,77",
      "Tesouro IGPM+ com Juros Semestrais;01/01/2031;02/06/2025;5,6;5,7;9100,1;9.098,77;9.098,77",
      "Tesouro Renda+ Aposentadoria Extra;15/12/2049;02/06/2025;6,9;7,02;1800,10;1790,55;1790,55",
      "Tesouro Educa+;15/12/2030;02/06/2025;7,4;7,52;3200,10;3190,55;3190,55",
    );
    expect(result).toMatchObject({ issues: [], upload: { kind: "tesouro_prices" }, counts: { loaded: 8 } });
    expect(prices.sort()).toEqual([
      "TESOURO EDUCA+ 2026 2025-06-02 3190.55000000",
      "TESOURO IGPM+ COM JUROS SEMESTRAIS 2031 2025-06-02 9098.77000000",
      "TESOURO IPCA+ 2035 2025-06-02 2253.15000000",
      "TESOURO IPCA+ COM JUROS SEMESTRAIS 2035 2025-06-02 4270.33000000",
      "TESOURO PREFIXADO 2031 2025-06-02 488.03000000",
      "TESOURO PREFIXADO COM JUROS SEMESTRAIS 2031 2025-06-02 898.77000000",
      "TESOURO RENDA+ APOSENTADORIA EXTRA 2030 2025-06-02 1790.55000000",
      "TESOURO SELIC 2029 2025-06-02 16578.16000000",
    ]);
    expect(await home.effective("prices")).toContainEqual(
      expect.objectContaining({ currency: "BRL", source: "tesouro", restated: "false" }),
    );
  });

  it("fall back on the base price where there was no sale price", async () => {
    const { result, prices } = await load(
      "Tesouro Selic;01/03/2029;02/06/2025;0,04;0,05;0,00;0,00;16569,70",
      "Tesouro Selic;01/03/2029;03/06/2025;0,04;0,05;0,00;;16570,70",
    );
    expect(result.issues).toEqual([]);
    expect(prices).toEqual([
      "TESOURO SELIC 2029 2025-06-02 16569.70000000",
      "TESOURO SELIC 2029 2025-06-03 16570.70000000",
    ]);
  });

  it("reject what has no price, no name for sure, or a name that two bonds share", async () => {
    const good = Array.from({ length: 24 }, (_, i) => {
      const day = String(i + 1).padStart(2, "0");
      return `Tesouro Selic;01/03/2029;${day}/07/2025;0,04;0,05;16587,42;16578,16;16569,70`;
    });
    const { result } = await load(
      ...good,
      "Tesouro Selic;01/03/2029;02/06/2025;0,04;0,05;0,00;0,00;0,00",
      "Tesouro Educa+;15/01/2030;02/06/2025;7,4;7,52;3200,10;3190,55;3190,55",
      "Tesouro Reserva;15/01/2030;02/06/2025;7,4;7,52;3200,10;3190,55;3190,55",
      "Tesouro Prefixado;01/01/2024;02/06/2023;13,6;13,7;490,12;488,03;488,03",
      "Tesouro Prefixado;01/07/2024;02/06/2023;13,6;13,7;490,12;488,03;488,03",
    );
    expect(result.counts).toMatchObject({ loaded: 24, rejected: 5 });
    const quarantined = await home.parquet(result.upload.quarantineKey ?? "");
    const codes = quarantined.map((row) => row["code"]);
    expect(result.issues.map(({ line, column }, at) => [line, column, codes[at]])).toEqual([
      [26, "PU Venda Manha", "price_zero"],
      [27, "Tipo Titulo", "tesouro_bond"],
      [28, "Tipo Titulo", "tesouro_bond"],
      [29, "Data Vencimento", "tesouro_twice"],
      [30, "Data Vencimento", "tesouro_twice"],
    ]);
  });

  it("leave out bonds that matured before their years named them", async () => {
    const { result } = await load(
      "Tesouro Prefixado;01/04/2008;02/06/2006;13,6;13,7;790,12;788,03;788,03",
      "Tesouro Prefixado;01/07/2008;02/06/2006;13,6;13,7;780,12;778,03;778,03",
      "Tesouro Selic;01/03/2029;02/06/2025;0,04;0,05;16587,42;16578,16;16569,70",
    );
    expect(result).toMatchObject({ issues: [], counts: { rows: 1, loaded: 1 } });
  });

  it("come as the file of somebody who has read it before: commas, quotes and ISO days", async () => {
    const rows = [
      HEADER.replaceAll(";", ","),
      'Tesouro IPCA+,2035-05-15,2025-06-02,"7,16","7,28","2279,12","2253,15","2253,15"',
      'Tesouro Educa+,2030-12-15,2025-06-02,"7,16","7,28","2279,12","2253,15","2253,15"',
    ];
    const result = await home.loadOne(["tesouro.csv", rows.join("\n")]);
    expect(result.issues).toEqual([]);
    expect(await home.effective("prices")).toMatchObject([
      { instrument_id: "TESOURO EDUCA+ 2026", price: "2253.15000000" },
      { instrument_id: "TESOURO IPCA+ 2035", date: "2025-06-02", price: "2253.15000000" },
    ]);
  });
});

/** The recording lies outside the project. */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ??
  fileURLToPath(new URL("../../../shared/fixtures/market", import.meta.url));
const recording = join(fixtures, "tesouro/tesouro-ipca-2025-06_2026-03.csv");

describe.runIf(existsSync(recording))("recorded prices of the Treasury", () => {
  it("load without a rejected row", async () => {
    const result = await home.loadOne(["tesouro-ipca-2025-06_2026-03.csv", readFileSync(recording)]);
    expect(result).toMatchObject({ issues: [], counts: { rows: 1196, loaded: 1196, rejected: 0 } });
    const prices = await home.effective("prices");
    expect(new Set(prices.map((row) => row["instrument_id"]))).toEqual(
      new Set([2026, 2029, 2032, 2035, 2040, 2045, 2050].map((year) => `TESOURO IPCA+ ${year}`)),
    );
    expect(prices.at(-1)).toMatchObject({ date: "2026-03-11", price: "894.92000000", source: "tesouro" });
  });
});
