import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Decimal } from "../../src/money/decimal.ts";
import { openTestHome, type TestHome } from "../ingest.testing.ts";
import { parseFactor } from "./lookups.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.remove());

describe("prices", () => {
  it("take shares, rates and index points, also below zero where an index falls", async () => {
    const file = [
      "data;ativo;preco;moeda;fonte",
      "05/01/2026;petr4.sa;R$ 30,50;BRL;",
      "05/01/2026;USD/BRL;5,4321;BRL;Ptax",
      "05/01/2026;CDI;0,055131;%;",
      "01/12/2025;IPCA;-0,31;;",
    ].join("\n");
    const result = await home.loadOne(["precos.csv", file]);
    expect(result.issues).toEqual([]);
    const rows = await home.effective("prices");
    expect(
      rows.map((r) => [
        r["instrument_id"],
        r["price"],
        r["currency"],
        r["source"],
        r["restated"],
        r["captured_at"],
      ]),
    ).toEqual([
      ["CDI", "0.05513100", null, "arquivo", "false", "2026-03-31 21:30:00"],
      ["IPCA", "-0.31000000", null, "arquivo", "false", "2026-03-31 21:30:00"],
      ["PETR4", "30.50000000", "BRL", "arquivo", "false", "2026-03-31 21:30:00"],
      ["USDBRL", "5.43210000", "BRL", "ptax", "false", "2026-03-31 21:30:00"],
    ]);
  });

  it("are corrected by day, asset and source; the same price again changes nothing", async () => {
    const price = (value: string) => `data;ativo;preco\n05/01/2026;PETR4;${value}\n`;
    await home.loadOne(["a.csv", price("30,00")]);
    expect((await home.loadOne(["b.csv", price("30")])).upload.status).toBe("repeated");
    expect((await home.loadOne(["c.csv", price("31,00")])).counts).toMatchObject({ replaced: 1 });
    expect(await home.effective("prices")).toMatchObject([{ price: "31.00000000" }]);
  });

  it("read any number in either dialect to the last digit", async () => {
    const dot = (units: bigint) => new Decimal(units, 8).toJSON();
    const grouped = (text: string) => {
      const [whole = "", fraction] = text.split(".");
      const groups = whole.replace(/\B(?=(\d{3})+$)/g, ".");
      return fraction === undefined ? groups : `${groups},${fraction}`;
    };
    const numbers = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
        const rows = values.map((value, i) => ({ day: day(i), text: dot(value) }));
        // One number that can only be of the dialect, so that `1.234` cannot be taken for another.
        const files = {
          comma: [
            "data;ativo;preco",
            "2024-01-01;X1;0,5",
            ...rows.map((row) => `${row.day};X1;${grouped(row.text)}`),
          ],
          point: ["data;ativo;preco", "2024-01-01;X1;0.5", ...rows.map((row) => `${row.day};X1;${row.text}`)],
        };
        for (const lines of Object.values(files)) {
          const other = await openTestHome();
          const result = await other.loadOne(["p.csv", lines.join("\n")]);
          expect(result.issues).toEqual([]);
          const read = await other.effective("prices");
          expect(read.slice(1).map((row) => row["price"])).toEqual(
            values.map((value) => new Decimal(value, 8).toString()),
          );
          await other.remove();
        }
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  it.each([
    ["1.25", "number_not_comma"],
    ["0.125", "number_not_comma"],
    ["1,234.56", "number_not_comma"],
    ["1,123456789", "number_decimals"],
    ["12345678901", "number_too_big"],
    ["1.23.456,7", "number_invalid"],
    ["(10,5)", "number_invalid"],
    ["1e5", "number_invalid"],
    ["dez", "number_invalid"],
    ["-5,00", "number_negative"],
  ])("reject %s as %s in a file of commas", async (text, code) => {
    const good = Array.from({ length: 6 }, (_, i) => `0${i + 1}/01/2026;PETR4;30,5${i}`);
    const result = await home.loadOne([
      "p.csv",
      ["data;ativo;preco", ...good, `08/01/2026;PETR4;${text}`].join("\n"),
    ]);
    expect(result.counts.rejected).toBe(1);
    const quarantined = await home.parquet(result.upload.quarantineKey ?? "");
    expect(quarantined).toMatchObject([{ line: "8", code, value: text }]);
  });

  it.each([
    ["1.250", "1250.00000000"],
    ["R$ 1.250,00", "1250.00000000"],
    ["+10,5", "10.50000000"],
    ["10,500000000", "10.50000000"],
    [",5", "0.50000000"],
    ["007", "7.00000000"],
    ["€ 10", "10.00000000"],
  ])("read %s as %s in a file of commas", async (text, price) => {
    const result = await home.loadOne([
      "p.csv",
      `data;ativo;preco\n01/01/2026;PETR4;1,5\n08/01/2026;PETR4;${text}\n`,
    ]);
    expect(result.issues).toEqual([]);
    expect((await home.effective("prices")).find((row) => row["date"] === "2026-01-08")?.["price"]).toBe(
      price,
    );
  });
});

describe("prices whose source is Yahoo", () => {
  it("are restated for later splits, in a file of prices too", async () => {
    await home.loadOne(["precos.csv", "data;ativo;preco;fonte\n05/01/2026;MGLU3;12,57;Yahoo\n"]);
    expect(await home.effective("prices")).toMatchObject([
      { price: "12.57000000", source: "yahoo", restated: "true" },
    ]);
  });
});

describe("Yahoo's history", () => {
  const HISTORY =
    "date,open,high,low,close,adj_close,volume\n2026-01-05,30.1,30.9,29.9,30.540000915527344,28.1,100\n2026-01-06,,,,,,\n2026-01-07,31,31,31,31.005,31,1\n";

  it.each([
    ["PETR4.SA.csv", "PETR4"],
    ["^BVSP.csv", "IBOV"],
    ["BRL=X.csv", "USDBRL"],
  ])("of %s is of %s, rounded to 8 digits and marked as restated", async (name, instrument) => {
    const lines = [
      ...HISTORY.split("\n").slice(0, 4),
      ...Array.from({ length: 6 }, (_, i) => `2026-02-0${i + 1},1,1,1,1,1,1`),
    ];
    const result = await home.loadOne([name, lines.join("\n")]);
    expect(result.counts).toMatchObject({ loaded: 8, rejected: 1 });
    expect(result.issues).toMatchObject([{ line: 3, column: "close" }]);
    expect((await home.effective("prices"))[0]).toMatchObject({
      instrument_id: instrument,
      price: "30.54000092",
      source: "yahoo",
      restated: "true",
      currency: null,
    });
  });

  it("without a symbol in its name is refused", async () => {
    const result = await home.loadOne(["bitcoin-usd-coingecko.csv", HISTORY]);
    expect(result.issues[0]?.reason).toContain("PETR4.SA.csv");
  });
});

describe("series of the central bank", () => {
  it.each([
    ["sgs-12-cdi.json", "CDI", null],
    ["bcdata.sgs.433.json", "IPCA", null],
    ["sgs-1-usdbrl-venda.json", "USDBRL", "BRL"],
  ])("%s is %s", async (name, instrument, currency) => {
    const result = await home.loadOne([
      name,
      '[{"data":"02/01/2026","valor":"0.055131"},{"data":"05/01/2026","valor":"0.05"}]',
    ]);
    expect(result.counts.loaded).toBe(2);
    expect(await home.effective("prices")).toMatchObject([
      { instrument_id: instrument, price: "0.05513100", currency, source: "bcb", restated: "false" },
      { date: "2026-01-05" },
    ]);
  });

  it("of an unknown number is refused", async () => {
    const result = await home.loadOne(["sgs-11.json", '[{"data":"02/01/2026","valor":"1"}]']);
    expect(result.issues[0]?.reason).toContain("sgs-12");
  });
});

describe("clients, instruments and actions", () => {
  it("fill in what they leave open and correct by their key", async () => {
    await home.loadOne([
      "c.csv",
      "cliente;nome;corretor;controla_caixa;moeda_base;validade_perfil\nana;Ana;c1;Sim;US$;31/12/2030\nbia;Bia;c1;;;\n",
    ]);
    await home.loadOne(["d.csv", "cliente;nome;corretor\nbia;Beatriz;c2\n"]);
    expect(await home.effective("clients")).toMatchObject([
      { client_id: "ana", controls_cash: "true", base_currency: "USD", profile_valid_until: "2030-12-31" },
      { client_id: "bia", name: "Beatriz", broker_id: "c2", controls_cash: "false", base_currency: "BRL" },
    ]);
  });

  it("know the classes, and ask for the currency of foreign shares", async () => {
    const file =
      "ativo;nome;classe;moeda;apelidos\nCDB X;CDB do X;CDB;;x, cdb x\nAAPL;Apple;Ação no exterior;USD;\nMSFT;Microsoft;acao_exterior;;\nA1;A;fii;;\nA2;A;fii;;\n";
    const result = await home.loadOne(["i.csv", file]);
    expect(result.issues).toMatchObject([{ line: 4, column: "moeda" }]);
    expect(await home.effective("instruments")).toMatchObject([
      {},
      {},
      { instrument_id: "AAPL", class: "acao_exterior", currency: "USD" },
      { instrument_id: "CDB X", class: "cdb", currency: "BRL", aliases: "x|cdb x" },
    ]);
  });

  it("hold splits as whole numbers", async () => {
    await home.loadOne([
      "a.csv",
      "ativo;data;tipo;fator\nMGLU3;27/05/2024;grupamento;10:1\nPETR4;05/01/2026;Desdobramento;1:2\n",
    ]);
    expect(await home.effective("actions")).toMatchObject([
      { instrument_id: "MGLU3", type: "grupamento", factor_new: "1", factor_old: "10" },
      { instrument_id: "PETR4", type: "desdobramento", factor_new: "2", factor_old: "1" },
    ]);
  });

  it("hold bonus shares, whose factor is above one", async () => {
    const rows = [
      "MGLU3;30/12/2025;Bonificação;1,05",
      "ITUB4;20/03/2025;bonificacao;10:11",
      "VALE3;20/03/2025;bonus;1,5",
    ];
    const wrong = "PETR4;05/01/2026;bonificacao;0,05";
    const result = await home.loadOne([
      "a.csv",
      ["ativo;data;tipo;fator", ...rows, ...rows.slice(0, 2), wrong, ""].join("\n"),
    ]);
    expect(result.issues).toMatchObject([{ line: 7, column: "fator", value: "0,05" }]);
    expect(await home.effective("actions")).toMatchObject([
      { instrument_id: "ITUB4", type: "bonificacao", factor_new: "11", factor_old: "10" },
      { instrument_id: "MGLU3", type: "bonificacao", factor_new: "21", factor_old: "20" },
      { instrument_id: "VALE3", type: "bonificacao", factor_new: "3", factor_old: "2" },
    ]);
  });
});

describe("parseFactor", () => {
  it.each([
    ["1:2", ["2", "1"]],
    ["10:1", ["1", "10"]],
    ["2 : 3", ["3", "2"]],
    ["4:2", ["1", "2"]],
    ["2", ["2", "1"]],
    ["0,1", ["1", "10"]],
    ["1,5", ["3", "2"]],
    ["0", null],
    ["1:0", null],
    ["-2", null],
    ["1.5", null],
    ["dois", null],
  ])("reads %s", (text, factor) => {
    expect(parseFactor(text, "comma")).toEqual(factor);
  });
});
