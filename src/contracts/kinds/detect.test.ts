import { describe, expect, it } from "vitest";
import { detectKind } from "./detect.ts";
import { type ContractName, FILE_CONTRACTS } from "./index.ts";
import { plain } from "./kind.ts";
import { REASONS, reasonText } from "./reasons.ts";

const FREE = { forced: null, clientGiven: false };
const kindOf = (header: string, options: Parameters<typeof detectKind>[1] = FREE) => {
  const detected = detectKind(header.split(";"), options);
  return "layout" in detected ? detected.layout.kind : null;
};

describe("detectKind", () => {
  it.each<[ContractName, string]>([
    ["operations", "cliente; data; tipo; ativo; quantidade; preco; moeda; taxas"],
    ["operations", "Observação;TAXAS;Moeda;Preço;Qtde;Ativo;Tipo;Data;Cliente"],
    ["operations", "client;trade_date;side;ticker;shares;price;currency;fees;external_id"],
    ["positions", "cliente; data; ativo; quantidade; preco_medio; moeda"],
    ["positions", "Client;Date;Asset;Quantity;Average Price;Currency"],
    ["prices", "data; ativo; preco; moeda"],
    ["prices", "date;ticker;close"],
    ["clients", "cliente; nome; corretor"],
    ["instruments", "ativo; nome; classe; setor; moeda; emissor; simbolo_yahoo; apelidos"],
    ["actions", "ativo; data; tipo; fator"],
    ["yahoo_history", "date;open;high;low;close;adj_close;volume"],
    ["yahoo_history", "Date;Open;High;Low;Close;Adj Close;Volume"],
    [
      "tesouro_prices",
      "Tipo Titulo;Data Vencimento;Data Base;Taxa Compra Manha;Taxa Venda Manha;PU Compra Manha;PU Venda Manha;PU Base Manha",
    ],
    [
      "b3_trades",
      "Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço (R$);Valor Total (R$)",
    ],
    [
      "b3_movements",
      "Entrada/Saída;Data;Movimentação;Produto;Instituição;Quantidade;Preço unitário;Valor da Operação",
    ],
    [
      "b3_positions",
      "Produto;Instituição;Conta;Código de Negociação;CNPJ da Empresa;Código ISIN / Distribuição;Tipo;Escriturador;Quantidade;Quantidade Disponível;Quantidade Indisponível;Motivo;Preço de Fechamento;Valor Atualizado",
    ],
  ])("knows %s by %s", (kind, header) => {
    expect(kindOf(header)).toBe(kind);
  });

  it("does not take a file for another kind because a column is missing", () => {
    expect(kindOf("cliente;data;ativo;quantidade;preco;moeda;taxas")).toBeNull();
    expect(kindOf("cliente;data;tipo;preco")).toBeNull();
  });

  it("says which kind is nearest and what it lacks", () => {
    expect(detectKind(["cliente", "data", "ativo", "quantidade", "preco", "taxas"], FREE)).toEqual({
      nearest: { kind: "operations", missing: ["tipo"], known: 6 },
    });
  });

  it("does without the client's column where the sender names the client", () => {
    const header = "data;tipo;ativo;quantidade;preco";
    expect(kindOf(header)).toBeNull();
    expect(kindOf(header, { forced: null, clientGiven: true })).toBe("operations");
    expect(kindOf("nome;corretor", { forced: null, clientGiven: true })).toBeNull();
  });

  it("places columns wherever they stand, and leaves unknown ones out", () => {
    expect(detectKind(["Cor", "Preço", "Ativo", "Data"], FREE)).toEqual({
      layout: { kind: "prices", positions: [null, "preco", "ativo", "data"] },
    });
  });
});

describe("the contracts", () => {
  it.each(Object.entries(FILE_CONTRACTS))(
    "%s: cells and rules speak of columns that exist",
    (_name, contract) => {
      const columns = contract.columns.map((column) => column.name) as string[];
      for (const { source } of [...contract.cells, ...contract.rules]) expect(columns).toContain(source);
    },
  );

  it.each(Object.entries(FILE_CONTRACTS))("%s: no spelling means two columns", (_name, contract) => {
    const names = contract.columns.flatMap((column) => [column.name, ...column.aliases]).map(plain);
    const own = new Set(contract.columns.map((column) => plain(column.name)));
    const doubled = names.filter((name, i) => names.indexOf(name) !== i && !own.has(name));
    expect(doubled).toEqual([]);
  });
});

describe("reasonText", () => {
  it("puts the column and the detail in", () => {
    expect(reasonText("number_too_big", "pt", { column: "Preço" })).toBe(
      "Preço é grande demais: confira o número",
    );
    expect(reasonText("type_unknown", "en", { detail: "a, b" })).toBe("unknown type: use a, b");
  });

  it("says in both languages whether a word is to be put in", () => {
    for (const { pt, en } of Object.values(REASONS)) {
      expect(pt.match(/\{\w+\}/g)?.includes("{detail}") ?? false).toBe(
        en.match(/\{\w+\}/g)?.includes("{detail}") ?? false,
      );
    }
  });
});
