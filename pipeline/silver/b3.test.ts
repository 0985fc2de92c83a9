import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLIENTS, openTestHome, type TestHome } from "../ingest.testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
  await home.load([CLIENTS]);
});
afterEach(() => home.remove());

const TRADES =
  "Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço (R$);Valor Total (R$)";
const MOVEMENTS =
  "Entrada/Saída;Data;Movimentação;Produto;Instituição;Quantidade;Preço unitário;Valor da Operação";
const trades = (...rows: string[]) => [TRADES, ...rows, ""].join("\n");
const movements = (...rows: string[]) => [MOVEMENTS, ...rows, ""].join("\n");
const ANA = { clientId: "ana" } as const;

describe("Negociação", () => {
  it("becomes trades of the client that the sender named", async () => {
    const file = trades(
      "05/01/2026;Compra;Mercado à Vista;-;XP INVESTIMENTOS;PETR4;100;R$ 30,50;R$ 3.050,00",
      "05/01/2026;Venda;Mercado Fracionário;-;XP INVESTIMENTOS;PETR4F;7;R$ 31,00;R$ 217,00",
    );
    const result = await home.loadOne(["negociacao.csv", file], ANA);
    expect(result.upload.kind).toBe("b3_trades");
    expect(result.counts).toEqual({ rows: 2, loaded: 2, replaced: 0, repeated: 0, rejected: 0 });
    expect(await home.effective("operations")).toMatchObject([
      {
        client_id: "ana",
        type: "compra",
        instrument_id: "PETR4",
        quantity: "100.00000000",
        price: "30.50000000",
        amount: "3050.00000000",
        fees: "0.00000000",
        currency: "BRL",
        brokerage: "XP INVESTIMENTOS",
        origin: "b3_trades",
      },
      { type: "venda", instrument_id: "PETR4", quantity: "7.00000000" },
    ]);
  });

  it("rejects options, forwards and the like", async () => {
    const spot = Array.from(
      { length: 4 },
      (_, i) => `0${i + 5}/01/2026;Compra;Mercado à Vista;-;XP;PETR4;1;30,00;30,00`,
    );
    const option = "05/01/2026;Compra;Opção de Compra;16/01/2026;XP;PETRA300;100;1,00;100,00";
    const result = await home.loadOne(["n.csv", trades(...spot, option)], ANA);
    expect(result.counts).toMatchObject({ loaded: 4, rejected: 1 });
    expect(result.issues).toMatchObject([{ line: 6, column: "Mercado", value: "Opção de Compra" }]);
  });

  it("needs the client, and one that the sender may load for", async () => {
    const file = trades("05/01/2026;Compra;Mercado à Vista;-;XP;PETR4;1;30,00;30,00");
    expect((await home.loadOne(["n.csv", file])).issues[0]?.reason).toContain("informe o cliente");
    const c1 = { admin: false, userId: "c1", brokers: ["c1"] } as const;
    const other = await home.loadOne(["n.csv", file], { ...c1, clientId: "cai" });
    const unknown = await home.loadOne(["n.csv", file], { ...c1, clientId: "xyz" });
    expect(other.issues).toEqual(unknown.issues);
    expect(other.issues).toMatchObject([{ line: 0, reason: "cliente não encontrado" }]);
    expect((await home.loadOne(["n.csv", file], { ...c1, clientId: "bia" })).promoted).toBe(true);
  });
});

describe("Movimentação", () => {
  it("books events and income and leaves settlements to Negociação", async () => {
    const file = movements(
      "Credito;05/01/2026;Transferência - Liquidação;PETR4 - PETROLEO BRASILEIRO S/A;XP;100;R$ 30,50;R$ 3.050,00",
      "Credito;06/01/2026;Dividendo;BBAS3 - BANCO DO BRASIL S/A;XP;100;R$ 0,50;R$ 50,00",
      "Credito;06/01/2026;Juros Sobre Capital Próprio;BBAS3 - BANCO DO BRASIL S/A;XP;100;0,20;17,00",
      "Credito;07/01/2026;Rendimento;HGLG11 - CSHG LOGÍSTICA;XP;10;1,10;11,00",
      "Credito;08/01/2026;Desdobro;PETR4 - PETROLEO BRASILEIRO S/A;XP;100;-;-",
      "Credito;08/01/2026;Bonificação em Ativos;ITSA4 - ITAUSA S/A;XP;5;-;-",
      "Debito;08/01/2026;Fração em Ativos;ITSA4 - ITAUSA S/A;XP;0,4;-;-",
      "Credito;09/01/2026;Leilão de Fração;ITSA4 - ITAUSA S/A;XP;0,4;10,00;4,00",
      "Debito;12/01/2026;Transferência;PETR4 - PETROLEO BRASILEIRO S/A;XP;10;-;-",
      "Credito;12/01/2026;COMPRA / VENDA;Tesouro Selic 2029;XP;0,5;15.000,00;7.500,00",
      "Credito;13/01/2026;COMPRA / VENDA;CDB - CDB123ABC - BANCO INTER S/A;XP;1.000;1,00;1.000,00",
      "Debito;14/01/2026;VENCIMENTO;CDB - CDB999 - BANCO X;XP;1.000;1,05;1.050,00",
    );
    const result = await home.loadOne(["movimentacao.csv", file], ANA);
    expect(result.issues).toEqual([]);
    expect(result.counts).toEqual({ rows: 12, loaded: 10, replaced: 0, repeated: 2, rejected: 0 });
    const rows = await home.effective("operations");
    expect(
      rows.map((r) => [r["date"], r["type"], r["instrument_id"], r["quantity"], r["amount"], r["issuer"]]),
    ).toEqual([
      ["2026-01-06", "dividendo", "BBAS3", "100.00000000", "50.00000000", null],
      ["2026-01-06", "jcp", "BBAS3", "100.00000000", "17.00000000", null],
      ["2026-01-07", "rendimento", "HGLG11", "10.00000000", "11.00000000", null],
      ["2026-01-08", "bonificacao", "ITSA4", "5.00000000", null, null],
      ["2026-01-08", "desdobramento", "PETR4", "100.00000000", null, null],
      ["2026-01-09", "fracao", "ITSA4", "0.40000000", "4.00000000", null],
      ["2026-01-12", "compra", "TESOURO SELIC 2029", "0.50000000", "7500.00000000", null],
      ["2026-01-12", "transferencia_saida", "PETR4", "10.00000000", null, null],
      ["2026-01-13", "compra", "CDB123ABC", "1000.00000000", "1000.00000000", "BANCO INTER S/A"],
      ["2026-01-14", "vencimento", "CDB999", "1000.00000000", "1050.00000000", "BANCO X"],
    ]);
  });

  it("rejects what it cannot book, with the reason", async () => {
    const income = Array.from(
      { length: 20 },
      (_, i) => `Credito;06/01/2026;Dividendo;BBAS3 - BB;XP;${i + 1};0,50;50,00`,
    );
    const file = movements(
      ...income,
      "Credito;06/01/2026;Dividendo;BBAS3 - BB;XP;100;-;-",
      "Credito;06/01/2026;Atualização;BBAS3 - BB;XP;100;-;-",
      "Debito;06/01/2026;Dividendo;BBAS3 - BB;XP;100;0,50;50,00",
      "Credito;06/01/2026;Grupamento;BBAS3 - BB;XP;10;-;-",
    );
    const result = await home.loadOne(["m.csv", file], ANA);
    expect(result.issues.map(({ line, reason }) => `${line} ${reason.slice(0, 32)}`)).toEqual([
      "22 movimentação sem valor: o extrat",
      "23 movimentação que não sabemos lan",
      "24 movimentação que não sabemos lan",
      "25 o extrato não traz a proporção: ",
    ]);
  });

  it("warns where a settlement differs from the trades two sessions before", async () => {
    const settled = movements(
      // Bought on Friday 2026-01-02 and Monday 2026-01-05, settled two sessions later.
      "Credito;06/01/2026;Transferência - Liquidação;PETR4 - PETROBRAS;XP;100;30,50;3.050,00",
      "Credito;07/01/2026;Transferência - Liquidação;PETR4 - PETROBRAS;XP;60;30,50;1.830,00",
      "Credito;07/01/2026;Dividendo;PETR4 - PETROBRAS;XP;60;1,00;60,00",
    );
    const [, result] = await home.load(
      [
        [
          "n.csv",
          trades(
            "02/01/2026;Compra;Mercado à Vista;-;XP;PETR4;100;30,50;3.050,00",
            "05/01/2026;Compra;Mercado à Vista;-;XP;PETR4;50;30,50;1.525,00",
          ),
        ],
        ["m.csv", settled],
      ],
      ANA,
    );
    expect(result?.counts).toMatchObject({ rows: 3, loaded: 1, repeated: 2, rejected: 0 });
    expect(result?.issues).toMatchObject([{ line: 3, value: "PETR4" }]);
    expect(result?.issues[0]?.reason).toContain("60 ≠ 50");
  });
});

describe("Posição as CSV", () => {
  it("becomes a custody snapshot without a cost, and leaves the total out", async () => {
    const file = [
      "Produto;Instituição;Conta;Código de Negociação;Tipo;Quantidade;Quantidade Disponível;Preço de Fechamento;Valor Atualizado",
      "PETR4 - PETROBRAS;XP;1;PETR4;PN;100;100;30,50;3.050,00",
      ";;;;;;;;",
      ";;;;;;;Total;3.050,00",
    ].join("\n");
    const result = await home.loadOne(["posicao-2026-02-27.csv", file], ANA);
    expect(result.counts).toMatchObject({ rows: 1, loaded: 1 });
    expect(await home.effective("operations")).toMatchObject([
      {
        type: "custodia",
        date: "2026-02-27",
        quantity: "100.00000000",
        price: null,
        amount: null,
        origin: "b3_positions",
      },
    ]);
  });
});
