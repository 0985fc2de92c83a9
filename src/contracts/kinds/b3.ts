import { choices, type FileContract, oneOf, type SourceColumn } from "./kind.ts";
import { CELLS, cell, operationRules } from "./operations.ts";

/**
 * The exports of B3's investor area. None names the client; an amount that does not apply is `-`, which the
 * reader of files turns into nothing.
 */

function source(name: string, required: boolean, ...aliases: string[]): SourceColumn {
  return { name, aliases, required };
}

const CLIENT = (column: string) => ({ ...CELLS.client, source: column, from: "null" });

/** `Negociação`: one row a trade. */
export const B3_TRADES: FileContract = {
  kind: "b3_trades",
  table: "operations",
  title: { pt: "Negociação da B3", en: "B3 trades" },
  excludes: [],
  columns: [
    source("data_do_negocio", true, "data negocio"),
    source("tipo_de_movimentacao", true),
    source("mercado", true),
    source("prazo_vencimento", false),
    source("instituicao", true),
    source("codigo_de_negociacao", true),
    source("quantidade", true),
    source("preco", true, "preço (r$)"),
    source("valor", true, "valor (r$)", "valor total (r$)", "valor total"),
  ],
  cells: [
    CLIENT("codigo_de_negociacao"),
    { ...CELLS.date, source: "data_do_negocio" },
    cell("type", "tipo_de_movimentacao", "choice", {
      required: true,
      missing: "type_missing",
      invalid: "type_unknown",
      choices: choices({ compra: [], venda: [] }),
    }),
    { ...CELLS.asset, source: "codigo_de_negociacao" },
    cell("quantity", "quantidade", "number", { required: true, missing: "quantity_missing" }),
    cell("price", "preco", "number", { rounded: true }),
    { ...CELLS.currency, source: "preco", from: "'BRL'" },
    cell("amount", "valor", "number", { rounded: true }),
    cell("brokerage", "instituicao", "text"),
    cell("origin", "mercado", "text", { from: "'b3_trades'" }),
  ],
  rules: [
    {
      code: "b3_market",
      source: "mercado",
      when: `coalesce({~mercado}, '') not in ${oneOf("mercadoavista", "mercadofracionario", "vista", "avista", "fracionario")}`,
    },
    ...operationRules({
      asset: "codigo_de_negociacao",
      quantity: "quantidade",
      price: "preco",
      amount: "valor",
    }),
  ],
};

/** Fixed income stands in `Produto` as `CDB - CODE - BANK`. */
const CODED_PRODUCTS = oneOf("CDB", "RDB", "LCI", "LCA", "LC", "LF", "LIG", "CRI", "CRA", "DEB");
const PRODUCT_CODE =
  `case when upper(split_part({produto}, ' - ', 1)) in ${CODED_PRODUCTS} ` +
  "then trim(split_part({produto}, ' - ', 2)) else trim(split_part({produto}, ' - ', 1)) end";
const PRODUCT_ISSUER =
  `case when upper(split_part({produto}, ' - ', 1)) in ${CODED_PRODUCTS} ` +
  "then nullif(trim(split_part({produto}, ' - ', 3)), '') end";

/** What a movement is, with its direction: a debit of income takes it back, which nobody can book alone. */
const MOVEMENTS = choices({
  dividendo: ["dividendo credito"],
  jcp: ["juros sobre capital proprio credito"],
  rendimento: ["rendimento credito"],
  juros: ["pagamento de juros credito", "juros credito"],
  amortizacao: ["amortizacao credito", "pagamento de amortizacao credito"],
  bonificacao: ["bonificacao em ativos credito"],
  // Without its ratio: the quantity is what the split adds.
  desdobramento: ["desdobro credito"],
  grupamento: ["grupamento credito", "grupamento debito"],
  fracao: ["leilao de fracao credito"],
  transferencia_entrada: ["transferencia credito"],
  transferencia_saida: ["transferencia debito"],
  resgate: ["resgate credito", "resgate debito", "resgate antecipado credito", "resgate antecipado debito"],
  vencimento: ["vencimento credito", "vencimento debito"],
  compra: [
    "compra / venda credito",
    "compra credito",
    "aplicacao credito",
    "transferencia liquidacao credito",
  ],
  venda: ["compra / venda debito", "venda debito", "transferencia liquidacao debito"],
});

/** `Movimentação`: events and income. Its settlements are the trades that Negociação supplies. */
export const B3_MOVEMENTS: FileContract = {
  kind: "b3_movements",
  table: "operations",
  title: { pt: "Movimentação da B3", en: "B3 movements" },
  excludes: [],
  columns: [
    source("entrada_saida", true),
    source("data", true),
    source("movimentacao", true),
    source("produto", true),
    source("instituicao", true),
    source("quantidade", true),
    source("preco_unitario", true, "preço unitário (r$)", "preco"),
    source("valor_da_operacao", true, "valor da operação (r$)", "valor"),
  ],
  // The settlement of a trade, and the fraction that waits for its auction, come from other rows.
  suppliedElsewhere: `{~movimentacao} in ${oneOf("transferencialiquidacao", "fracaoemativos")}`,
  cells: [
    CLIENT("produto"),
    CELLS.date,
    cell("type", "movimentacao", "choice", {
      required: true,
      missing: "type_missing",
      invalid: "b3_movement",
      choices: MOVEMENTS,
      from: "{~movimentacao} || coalesce({~entrada_saida}, '')",
    }),
    { ...CELLS.asset, source: "produto", from: PRODUCT_CODE },
    cell("quantity", "quantidade", "number"),
    cell("price", "preco_unitario", "number", { rounded: true }),
    { ...CELLS.currency, source: "valor_da_operacao", from: "'BRL'" },
    cell("amount", "valor_da_operacao", "number", { rounded: true }),
    cell("brokerage", "instituicao", "text"),
    cell("issuer", "produto", "text", { from: PRODUCT_ISSUER }),
    cell("origin", "movimentacao", "text", { from: "'b3_movements'" }),
  ],
  rules: [
    {
      code: "b3_direction",
      source: "entrada_saida",
      when: "coalesce({~entrada_saida}, '') not in ('credito', 'debito')",
    },
    { code: "b3_factor", source: "movimentacao", when: "{~movimentacao} = 'grupamento'" },
    {
      code: "quantity_missing",
      source: "quantidade",
      when: "type = 'desdobramento' and quantity is null",
    },
    {
      code: "b3_amount",
      source: "valor_da_operacao",
      when:
        "type in ('dividendo', 'jcp', 'rendimento', 'juros', 'amortizacao', 'fracao', 'compra', 'venda', 'resgate', 'vencimento') " +
        "and amount is null and (price is null or quantity is null)",
    },
    ...operationRules({
      asset: "produto",
      quantity: "quantidade",
      price: "preco_unitario",
      amount: "valor_da_operacao",
    }).filter((rule) => rule.code !== "price_missing" && rule.code !== "amount_missing"),
  ],
};

/** `Posição`: custody on one day. It holds closing prices but no average cost, so the cost stays unknown. */
export const B3_POSITIONS: FileContract = {
  kind: "b3_positions",
  table: "operations",
  title: { pt: "Posição da B3", en: "B3 custody" },
  excludes: ["data", "movimentacao", "mercado"],
  columns: [
    source("produto", true),
    source("instituicao", true),
    source("conta", false),
    source("codigo_de_negociacao", false),
    source("codigo", false),
    source("emissor", false),
    source("indexador", false),
    source("vencimento", false),
    source("quantidade", true),
    source("quantidade_disponivel", true),
  ],
  // Each table ends with a line `Total` and an amount.
  ignore: "({produto} is null and {quantidade} is null) or {~produto} = 'total'",
  cells: [
    CLIENT("produto"),
    cell("date", "produto", "pastDay", { required: true, from: "{file_date}" }),
    cell("type", "produto", "text", { from: "'custodia'" }),
    {
      ...CELLS.asset,
      source: "produto",
      from: `coalesce({codigo_de_negociacao}, {codigo}, ${PRODUCT_CODE})`,
    },
    cell("quantity", "quantidade", "number", { required: true, missing: "quantity_missing" }),
    { ...CELLS.currency, source: "produto", from: "'BRL'" },
    cell("brokerage", "instituicao", "text"),
    cell("indexer", "indexador", "choice", {
      from: `case when {~indexador} in ${oneOf("di", "cdi", "ipca", "pre", "prefixado", "selic")} then {indexador} end`,
      choices: choices({ CDI: ["di"], IPCA: [], PRE: ["prefixado"], SELIC: [] }),
    }),
    cell("maturity", "vencimento", "day"),
    cell("issuer", "emissor", "text", { from: `coalesce({emissor}, ${PRODUCT_ISSUER})` }),
    cell("origin", "produto", "text", { from: "'b3_positions'" }),
  ],
  rules: [],
};
