import { OPERATION_TYPES } from "../operation-types.ts";
import { type Cell, choices, type FileContract, oneOf, type Rule, type SourceColumn } from "./kind.ts";

function source(name: string, required: boolean, ...aliases: string[]): SourceColumn {
  return { name, aliases, required };
}

/** What English files and other systems call each tipo. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  compra: ["c", "buy", "purchase", "aplicacao"],
  venda: ["v", "sell", "sale"],
  subscricao: ["subscription"],
  dividendo: ["dividendos", "dividend", "dividends"],
  jcp: ["juros sobre capital proprio", "juros s/ capital", "interest on equity", "jscp"],
  rendimento: ["rendimentos", "distribution"],
  juros: ["interest", "cupom", "coupon"],
  amortizacao: ["amortization", "amortisation"],
  bonificacao: ["bonificacao em ativos", "bonus", "stock dividend"],
  desdobramento: ["desdobro", "split"],
  grupamento: ["inplit", "reverse split"],
  fracao: ["leilao de fracao", "fraction", "cash in lieu"],
  conversao: ["conversion"],
  transferencia_entrada: ["transferencia de entrada", "transfer in"],
  transferencia_saida: ["transferencia de saida", "transfer out"],
  resgate: ["redemption"],
  vencimento: ["maturity"],
  come_cotas: ["fund tax"],
  ir: ["imposto", "imposto de renda", "tax"],
  taxa: ["fee"],
  aporte: ["deposito", "deposit", "contribution"],
  retirada: ["saque", "withdrawal"],
};

const TYPE_CHOICES = choices(
  Object.fromEntries(OPERATION_TYPES.map((type) => [type, OTHER_WORDS[type] ?? []])),
);

/** Where cash moves without an instrument. */
const CASH_TYPES = oneOf("aporte", "retirada", "taxa", "ir");
const UNIT_TYPES = oneOf(
  "compra",
  "venda",
  "subscricao",
  "bonificacao",
  "transferencia_entrada",
  "transferencia_saida",
  "come_cotas",
);
const PRICED_TYPES = oneOf("compra", "venda", "subscricao", "resgate", "vencimento");
const INCOME_TYPES = oneOf("dividendo", "jcp", "rendimento", "juros", "amortizacao", "fracao");

/** What every operation has to keep to, with the file's columns that a reader has to look at. */
export function operationRules(at: {
  readonly asset: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
}): readonly Rule[] {
  return [
    {
      code: "asset_missing",
      source: at.asset,
      when: `instrument_id is null and type not in ${CASH_TYPES} and {${at.asset}} is null`,
    },
    { code: "quantity_missing", source: at.quantity, when: `type in ${UNIT_TYPES} and quantity is null` },
    // A redemption may say how much it was worth at which price; at maturity everything is redeemed.
    {
      code: "quantity_missing",
      source: at.quantity,
      when: "type = 'resgate' and quantity is null and (price is null or amount is null)",
    },
    { code: "quantity_zero", source: at.quantity, when: `type in ${UNIT_TYPES} and quantity = 0` },
    {
      code: "price_missing",
      source: at.price,
      when: `type in ${PRICED_TYPES} and price is null and amount is null`,
    },
    {
      code: "amount_missing",
      source: at.amount,
      when: `type in ${INCOME_TYPES} and amount is null and (quantity is null or price is null)`,
    },
  ];
}

const OWN_RULES: readonly Rule[] = [
  {
    code: "price_currency",
    source: "preco",
    when:
      "({preco} like '%US$%' and currency <> 'USD') or " +
      "({preco} like '%R$%' and {preco} not like '%US$%' and currency <> 'BRL')",
  },
  {
    code: "cash_amount_missing",
    source: "valor",
    when: `type in ${CASH_TYPES} and amount is null and quantity is null`,
  },
  {
    code: "factor_missing",
    source: "fator",
    when: "type in ('desdobramento', 'grupamento') and factor_new is null",
  },
  { code: "factor_not_split", source: "fator", when: "type = 'desdobramento' and factor_new <= factor_old" },
  { code: "factor_not_reverse", source: "fator", when: "type = 'grupamento' and factor_new >= factor_old" },
  { code: "conversion_target", source: "ativo", when: "type = 'conversao' and to_instrument_id is null" },
  { code: "conversion_only", source: "ativo", when: "type <> 'conversao' and to_instrument_id is not null" },
];

/** Spellings of columns that several kinds share. */
export const SHARED = {
  client: source("cliente", true, "client", "client_id", "customer", "id_cliente", "codigo_cliente"),
  date: source("data", true, "date", "trade_date", "data_operacao", "dt"),
  asset: source("ativo", true, "asset", "ticker", "symbol", "instrument", "papel", "codigo_ativo"),
  quantity: source("quantidade", false, "quantity", "qty", "qtd", "qtde", "shares", "units"),
  price: source("preco", false, "price", "preco_unitario", "unit_price"),
  currency: source("moeda", false, "currency", "ccy"),
} as const;

export const CELLS = {
  client: {
    target: "client_id",
    source: "cliente",
    type: "client",
    required: true,
    missing: "client_missing",
  },
  date: { target: "date", source: "data", type: "pastDay", required: true, missing: "date_missing" },
  asset: {
    target: "instrument_id",
    source: "ativo",
    type: "asset",
    required: true,
    missing: "asset_missing",
    invalid: "asset_invalid",
  },
  currency: { target: "currency", source: "moeda", type: "currency", required: false },
} as const satisfies Record<string, Cell>;

/** An optional cell with the source's own text. */
export function cell(target: string, from: string, type: Cell["type"], more: Partial<Cell> = {}): Cell {
  return { target, source: from, type, required: false, ...more };
}

/**
 * Indexers as fixed income is written with. A bare `CDI` leaves open whether the rate is a percentage of it or a spread
 * (docs/money.md, rule 15); the two after it say so.
 */
const INDEXERS = choices({
  CDI: ["di"],
  CDI_MAIS: ["cdi mais", "di mais", "cdi spread"],
  CDI_PERCENTUAL: ["% do cdi", "percentual do cdi", "cdi percentual"],
  IPCA: ["ipca+", "ipca mais"],
  PRE: ["prefixado", "pre fixado", "fixed"],
  SELIC: ["selic+"],
  IGPM: ["igp-m"],
});

/** Signs are no letters, so that they say nothing once a word is normalised: `CDI +` and `% CDI` are put in words first. */
const INDEXER_TEXT = `case when {~indexador} in ('cdi', 'di') and instr({indexador}, '+') > 0 then 'cdi mais'
  when {~indexador} in ('cdi', 'di') and instr({indexador}, '%') > 0 then 'cdi percentual' else {indexador} end`;

/** Our own format for operations. */
export const OPERATIONS: FileContract = {
  kind: "operations",
  table: "operations",
  title: { pt: "operações", en: "operations" },
  excludes: [],
  columns: [
    SHARED.client,
    SHARED.date,
    source("tipo", true, "type", "operacao", "operation", "side"),
    SHARED.asset,
    SHARED.quantity,
    SHARED.price,
    SHARED.currency,
    source("taxas", false, "fees", "fee", "corretagem", "custos", "costs"),
    source("fator", false, "factor", "ratio", "proporcao"),
    source("valor", false, "amount", "total", "valor_total"),
    source("hora", false, "time", "horario"),
    source("corretora", false, "brokerage", "instituicao", "institution"),
    source("id", false, "external_id", "id_operacao", "trade_id"),
    source("data_com", false, "record_date", "ex_date"),
    source("ir", false, "tax", "imposto", "tax_withheld"),
    source("indexador", false, "indexer", "index"),
    source("taxa_juros", false, "interest_rate", "rate"),
    source("vencimento", false, "maturity", "maturity_date"),
    source("emissor", false, "issuer"),
    source("observacao", false, "note", "notes", "obs", "comment"),
  ],
  cells: [
    CELLS.client,
    CELLS.date,
    cell("time", "hora", "time"),
    cell("type", "tipo", "choice", {
      required: true,
      missing: "type_missing",
      invalid: "type_unknown",
      choices: TYPE_CHOICES,
    }),
    { ...CELLS.asset, required: false },
    cell("quantity", "quantidade", "number"),
    cell("price", "preco", "number"),
    // A sign in the price (`US$ 189,50`) says the currency where the column does not.
    {
      ...CELLS.currency,
      from: "coalesce({moeda}, case when {preco} like '%US$%' then 'USD' when {preco} like '%R$%' then 'BRL' end)",
    },
    cell("fees", "taxas", "number"),
    cell("amount", "valor", "number"),
    cell("tax", "ir", "number"),
    cell("factor", "fator", "factor"),
    cell("brokerage", "corretora", "text"),
    cell("external_id", "id", "text"),
    cell("record_date", "data_com", "day"),
    cell("indexer", "indexador", "choice", { from: INDEXER_TEXT, choices: INDEXERS }),
    cell("indexer_rate", "taxa_juros", "number", { signed: true }),
    cell("maturity", "vencimento", "day"),
    cell("issuer", "emissor", "text"),
    cell("note", "observacao", "text"),
    cell("origin", "tipo", "text", { from: "'own'" }),
  ],
  rules: [
    ...operationRules({ asset: "ativo", quantity: "quantidade", price: "preco", amount: "valor" }),
    ...OWN_RULES,
  ],
};

/** A custody snapshot: what a client held on a day, and at what average cost. */
export const POSITIONS: FileContract = {
  kind: "positions",
  table: "operations",
  title: { pt: "posições", en: "positions" },
  excludes: ["tipo", "type", "side"],
  columns: [
    SHARED.client,
    SHARED.date,
    SHARED.asset,
    { ...SHARED.quantity, required: true },
    source("preco_medio", true, "average_price", "average_cost", "avg_price", "avg_cost", "pm"),
    SHARED.currency,
    source("corretora", false, "brokerage", "instituicao", "institution"),
    source("observacao", false, "note", "notes", "obs"),
  ],
  cells: [
    CELLS.client,
    CELLS.date,
    cell("type", "ativo", "text", { from: "'custodia'" }),
    CELLS.asset,
    cell("quantity", "quantidade", "number", { required: true, missing: "quantity_missing" }),
    cell("price", "preco_medio", "number"),
    CELLS.currency,
    cell("brokerage", "corretora", "text"),
    cell("note", "observacao", "text"),
    cell("origin", "ativo", "text", { from: "'own'" }),
  ],
  rules: [{ code: "conversion_only", source: "ativo", when: "to_instrument_id is not null" }],
};
