import { INSTRUMENT_CLASSES } from "../../market/classes.ts";
import { choices, type FileContract, oneOf, type SourceColumn } from "./kind.ts";
import { CELLS, cell, SHARED } from "./operations.ts";

/** What concerns every broker: prices, clients, instruments and corporate actions. */

function source(name: string, required: boolean, ...aliases: string[]): SourceColumn {
  return { name, aliases, required };
}

/** Index points may fall: the IPCA of a month with deflation is below zero. */
const SIGNED_INDICES = "('IPCA', 'CDI', 'SELIC', 'IGPM')";

export const PRICES: FileContract = {
  kind: "prices",
  table: "prices",
  title: { pt: "preços", en: "prices" },
  excludes: ["cliente", "client", "tipo", "type", "quantidade", "quantity"],
  columns: [
    SHARED.date,
    SHARED.asset,
    {
      ...SHARED.price,
      required: true,
      aliases: [...SHARED.price.aliases, "close", "fechamento", "valor", "taxa"],
    },
    SHARED.currency,
    source("fonte", false, "source"),
  ],
  cells: [
    CELLS.asset,
    CELLS.date,
    cell("price", "preco", "number", { required: true, signed: true }),
    // Rates of CDI and IPCA are percentages, which some write into the currency's column.
    { ...CELLS.currency, from: "nullif({moeda}, '%')" },
    cell("source", "fonte", "text", { from: "lower({fonte})", fallback: "'arquivo'" }),
    // Yahoo restates closes for later splits, whether a refresh or a person writes them down.
    cell("restated", "preco", "flag", {
      from: "case when lower({fonte}) = 'yahoo' then 'sim' else 'nao' end",
    }),
  ],
  rules: [
    { code: "conversion_only", source: "ativo", when: "to_instrument_id is not null" },
    {
      code: "number_negative",
      source: "preco",
      when: `price < 0 and instrument_id not in ${SIGNED_INDICES}`,
    },
  ],
};

/** Daily history as Yahoo's downloads have it; the instrument stands in the file's name. */
export const YAHOO_HISTORY: FileContract = {
  kind: "yahoo_history",
  table: "prices",
  title: { pt: "histórico do Yahoo", en: "Yahoo history" },
  excludes: ["ativo", "cliente", "preco"],
  columns: [
    source("date", true),
    source("open", true),
    source("high", true),
    source("low", true),
    source("close", true),
    source("adj_close", false),
    source("volume", false),
  ],
  cells: [
    cell("instrument_id", "date", "asset", { from: "{file_instrument}", required: true }),
    cell("date", "date", "pastDay", { required: true, missing: "date_missing" }),
    cell("price", "close", "number", { required: true, rounded: true }),
    cell("source", "close", "text", { from: "'yahoo'" }),
    cell("restated", "close", "flag", { from: "'sim'" }),
  ],
  rules: [],
};

export const CLIENTS: FileContract = {
  kind: "clients",
  table: "clients",
  title: { pt: "clientes", en: "clients" },
  excludes: ["ativo", "asset"],
  columns: [
    SHARED.client,
    source("nome", true, "name", "full_name"),
    source("corretor", true, "broker", "broker_id", "assessor", "advisor"),
    source("perfil", false, "profile", "suitability"),
    source("validade_perfil", false, "profile_valid_until", "profile_expiry"),
    source("moeda_base", false, "base_currency"),
    source("controla_caixa", false, "controls_cash", "cash"),
    source("email", false, "e-mail", "mail"),
  ],
  cells: [
    cell("client_id", "cliente", "text", { required: true, missing: "client_missing" }),
    cell("name", "nome", "text", { required: true }),
    cell("broker_id", "corretor", "text", { required: true }),
    cell("profile", "perfil", "text"),
    cell("profile_valid_until", "validade_perfil", "day"),
    cell("base_currency", "moeda_base", "currency", { fallback: "'BRL'" }),
    cell("controls_cash", "controla_caixa", "flag", { fallback: "false" }),
    cell("email", "email", "email"),
  ],
  rules: [],
};

/** Other words for classes. */
const OTHER_CLASS_WORDS: Readonly<Record<string, readonly string[]>> = {
  acao: ["acoes", "share", "local stock"],
  fii: ["fundo imobiliario", "reit"],
  acao_exterior: ["acao no exterior", "foreign stock", "stock"],
  tesouro: ["tesouro direto", "treasury"],
  fundo: ["fund", "fundo de investimento"],
  previdencia: ["pension"],
  cripto: ["crypto", "criptomoeda"],
  caixa: ["cash"],
};
/** Where a currency must be stated: it is not the real by nature. */
const FOREIGN_CLASSES = ["acaoexterior", "acaonoexterior", "foreignstock", "stock"];

export const INSTRUMENTS: FileContract = {
  kind: "instruments",
  table: "instruments",
  title: { pt: "ativos", en: "instruments" },
  excludes: ["cliente", "client"],
  columns: [
    SHARED.asset,
    source("nome", true, "name"),
    source("classe", true, "class", "asset_class"),
    source("setor", false, "sector"),
    SHARED.currency,
    source("emissor", false, "issuer"),
    source("simbolo_yahoo", false, "yahoo_symbol"),
    source("apelidos", false, "aliases", "nicknames"),
  ],
  cells: [
    CELLS.asset,
    cell("name", "nome", "text", { required: true }),
    cell("class", "classe", "choice", {
      required: true,
      choices: choices(
        Object.fromEntries(INSTRUMENT_CLASSES.map((name) => [name, OTHER_CLASS_WORDS[name] ?? []])),
      ),
    }),
    cell("sector", "setor", "text"),
    {
      ...CELLS.currency,
      from: `coalesce({moeda}, case when {~classe} not in ${oneOf(...FOREIGN_CLASSES)} then 'BRL' end)`,
      required: true,
      missing: "currency_missing",
    },
    cell("issuer", "emissor", "text"),
    // An empty cell leaves the built-in symbol; a lone `-` is an empty cell everywhere.
    cell("yahoo_symbol", "simbolo_yahoo", "text", {
      from: `case when {~simbolo_yahoo} in ${oneOf("nenhum", "none")} then '-' else {simbolo_yahoo} end`,
    }),
    cell("aliases", "apelidos", "names"),
  ],
  rules: [{ code: "conversion_only", source: "ativo", when: "to_instrument_id is not null" }],
};

/** Where an action states units for units; a payment changes none. */
const CHANGES_UNITS = "type <> 'provento'";

export const ACTIONS: FileContract = {
  kind: "actions",
  table: "actions",
  title: { pt: "eventos corporativos", en: "corporate actions" },
  excludes: ["cliente", "client", "quantidade", "quantity", "preco", "price"],
  columns: [
    SHARED.asset,
    SHARED.date,
    source("tipo", true, "type", "evento", "event"),
    source("fator", true, "factor", "ratio", "proporcao"),
    source("situacao", false, "status", "situation"),
    source("fonte", false, "source"),
    source("custo", false, "cost"),
    source("valor", false, "amount"),
  ],
  cells: [
    CELLS.asset,
    // A payment is announced before its ex day.
    { ...CELLS.date, aheadWhere: { column: "type", source: "tipo", value: "provento" } },
    cell("type", "tipo", "choice", {
      required: true,
      missing: "type_missing",
      invalid: "type_unknown",
      choices: choices({
        desdobramento: ["desdobro", "split"],
        grupamento: ["inplit", "reverse split"],
        // Sources restate prices for bonus shares just as for a split.
        bonificacao: ["bonus", "bonus shares", "stock dividend"],
        provento: ["dividendo", "dividend", "jcp", "rendimento", "distribution", "payment"],
      }),
    }),
    cell("factor", "fator", "factor"),
    cell("status", "situacao", "choice", {
      fallback: "'confirmado'",
      choices: choices({
        confirmado: ["confirmada", "confirmed"],
        inferido: ["inferida", "inferred"],
        recusado: ["recusada", "rejected"],
      }),
    }),
    cell("source", "fonte", "text", { from: "lower({fonte})", fallback: "'arquivo'" }),
    cell("cost", "custo", "number"),
    cell("amount", "valor", "number"),
  ],
  rules: [
    { code: "conversion_only", source: "ativo", when: "to_instrument_id is not null" },
    { code: "factor_missing", source: "fator", when: `${CHANGES_UNITS} and factor_new is null` },
    { code: "factor_not_payment", source: "fator", when: "type = 'provento' and factor_new is not null" },
    {
      code: "factor_not_split",
      source: "fator",
      when: "type = 'desdobramento' and factor_new <= factor_old",
    },
    {
      code: "factor_not_bonus",
      source: "fator",
      when: "type = 'bonificacao' and factor_new <= factor_old",
    },
    { code: "factor_not_reverse", source: "fator", when: "type = 'grupamento' and factor_new >= factor_old" },
    { code: "cost_not_bonus", source: "custo", when: "type <> 'bonificacao' and cost is not null" },
    { code: "payment_missing", source: "valor", when: "type = 'provento' and coalesce(amount, 0) = 0" },
    { code: "amount_not_payment", source: "valor", when: `${CHANGES_UNITS} and amount is not null` },
  ],
};
