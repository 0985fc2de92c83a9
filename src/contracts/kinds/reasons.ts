/** The language of reasons: the reader's. */
export type ReasonLanguage = "pt" | "en";

/**
 * Why a row or a file is not taken, once for all kinds and engines. The codes are stable: they stand in the
 * quarantine. `{column}` is the column's header as the file has it, `{detail}` what the check adds.
 */
export const REASONS = {
  // The cell.
  missing: { pt: "{column} vazio: preencha esta coluna", en: "{column} is empty: fill it in" },
  client_missing: {
    pt: "cliente vazio: preencha o código do cliente",
    en: "client is empty: fill in the client's id",
  },
  client_not_found: { pt: "cliente não encontrado", en: "client not found" },
  date_missing: { pt: "data vazia: use dd/mm/aaaa", en: "date is empty: use yyyy-mm-dd" },
  date_invalid: { pt: "data inválida: use dd/mm/aaaa", en: "invalid date: use yyyy-mm-dd" },
  date_two_digit_year: {
    pt: "ano com dois dígitos: use dd/mm/aaaa",
    en: "two-digit year: use yyyy-mm-dd",
  },
  date_future: { pt: "data no futuro: confira o dia, o mês e o ano", en: "date in the future: check it" },
  date_too_early: { pt: "data anterior a 1990: confira o ano", en: "date before 1990: check the year" },
  date_too_late: { pt: "ano fora do intervalo aceito (até 2199)", en: "year out of range (up to 2199)" },
  time_invalid: { pt: "hora inválida: use HH:MM ou HH:MM:SS", en: "invalid time: use HH:MM or HH:MM:SS" },
  number_invalid: {
    pt: "{column} não é um número: use só algarismos, por exemplo 1.234,56",
    en: "{column} is not a number: use digits only, for example 1234.56",
  },
  number_not_comma: {
    pt: "número com ponto decimal num arquivo de vírgula decimal: escreva 1.234,56",
    en: "a decimal point in a file of decimal commas: write 1.234,56",
  },
  number_not_point: {
    pt: "número com vírgula decimal num arquivo de ponto decimal: escreva 1234.56",
    en: "a decimal comma in a file of decimal points: write 1234.56",
  },
  number_decimals: {
    pt: "{column} tem mais de 8 casas decimais: arredonde você mesmo, nada é arredondado aqui",
    en: "{column} has more than 8 decimals: round it yourself, nothing is rounded here",
  },
  number_too_big: {
    pt: "{column} é grande demais: confira o número",
    en: "{column} is too big: check the number",
  },
  number_negative: {
    pt: "{column} com sinal negativo: escreva o número positivo, o tipo já diz se entra ou sai",
    en: "{column} is negative: write it positive, the type says whether it comes in or goes out",
  },
  price_currency: {
    pt: "o símbolo do preço não é o da coluna moeda: deixe só um dos dois",
    en: "the currency sign in the price contradicts the currency column: keep one of them",
  },
  quantity_missing: {
    pt: "quantidade vazia: preencha quantas cotas ou ações",
    en: "quantity is empty: fill in how many units",
  },
  quantity_zero: {
    pt: "quantidade zero: preencha quantas cotas ou ações",
    en: "quantity is zero: fill in how many units",
  },
  price_missing: {
    pt: "preço vazio: preencha o preço por unidade ou o valor total",
    en: "price is empty: fill in the price of a unit or the total amount",
  },
  amount_missing: {
    pt: "valor vazio: preencha o valor total, ou a quantidade e o preço por unidade",
    en: "amount is empty: fill in the total, or the quantity and the price of a unit",
  },
  cash_amount_missing: {
    pt: "valor vazio: preencha o valor em dinheiro",
    en: "amount is empty: fill in the amount of money",
  },
  asset_missing: { pt: "ativo vazio: preencha o código do ativo", en: "asset is empty: fill in its code" },
  asset_invalid: {
    pt: "ativo não reconhecido: use o código, por exemplo PETR4",
    en: "asset not understood: use its code, for example PETR4",
  },
  type_missing: {
    pt: "tipo vazio: diga se é compra, venda, dividendo…",
    en: "type is empty: say buy, sell, dividend…",
  },
  type_unknown: { pt: "tipo desconhecido: use {detail}", en: "unknown type: use {detail}" },
  choice_unknown: { pt: "{column} desconhecido: use {detail}", en: "unknown {column}: use {detail}" },
  currency_invalid: {
    pt: "moeda desconhecida: use o código de três letras, por exemplo BRL ou USD",
    en: "unknown currency: use its three letters, for example BRL or USD",
  },
  currency_missing: {
    pt: "moeda vazia: preencha a moeda em que o ativo é cotado",
    en: "currency is empty: fill in the one that the asset is quoted in",
  },
  email_invalid: { pt: "e-mail inválido", en: "invalid e-mail" },
  factor_missing: {
    pt: "fator vazio: preencha antigas:novas, por exemplo 1:2 num desdobramento ou 10:1 num grupamento",
    en: "factor is empty: fill in old:new, for example 1:2 for a split or 10:1 for a reverse split",
  },
  factor_invalid: {
    pt: "fator inválido: use antigas:novas (1:2, 10:1) ou quantas novas por antiga (2 ou 0,1)",
    en: "invalid factor: use old:new (1:2, 10:1) or new units per old one (2 or 0.1)",
  },
  factor_not_split: {
    pt: "fator de desdobramento tem de aumentar a quantidade, por exemplo 1:2; se ela diminui, o tipo é grupamento",
    en: "the factor of a split must raise the quantity, for example 1:2; if it falls, the type is a reverse split",
  },
  factor_not_reverse: {
    pt: "fator de grupamento tem de diminuir a quantidade, por exemplo 10:1; se ela aumenta, o tipo é desdobramento",
    en: "the factor of a reverse split must lower the quantity, for example 10:1; if it rises, the type is a split",
  },
  factor_not_bonus: {
    pt: "fator de bonificação tem de ser acima de 1: 5% de bonificação é 1,05 (ou 20:21)",
    en: "the factor of bonus shares must be above 1: a bonus of 5% is 1.05 (or 20:21)",
  },
  factor_not_payment: {
    pt: "provento não tem fator: deixe a coluna vazia, ou use outro tipo",
    en: "a payment has no factor: leave it empty, or use another type",
  },
  cost_not_bonus: {
    pt: "custo só vale para bonificação: é o custo que a empresa declara para cada ação nova",
    en: "cost is for bonus shares only: what the company declares for each new share",
  },
  payment_missing: {
    pt: "valor vazio: preencha quanto a empresa paga por ação ou cota, sem descontar imposto",
    en: "amount is empty: fill in what the company pays a unit, before tax",
  },
  amount_not_payment: {
    pt: "valor só vale para provento: é quanto a empresa paga por ação ou cota",
    en: "amount is for payments only: what the company pays a unit",
  },
  conversion_target: {
    pt: "conversão sem destino: escreva o ativo como ANTIGO>NOVO, por exemplo BRML3>ALOS3",
    en: "conversion without a target: write the asset as OLD>NEW, for example BRML3>ALOS3",
  },
  conversion_only: {
    pt: "ANTIGO>NOVO só vale para o tipo conversao: escreva um ativo só",
    en: "OLD>NEW is for conversions only: write one asset",
  },
  // The Treasury's prices.
  tesouro_bond: {
    pt: "título do Tesouro não reconhecido: espera-se o tipo e o vencimento como no arquivo do Tesouro, por exemplo Tesouro IPCA+ e 15/05/2035",
    en: "not a known Treasury bond: its type and maturity are expected as in the Treasury's file, for example Tesouro IPCA+ and 15/05/2035",
  },
  tesouro_twice: {
    pt: "dois títulos do mesmo tipo vencem no mesmo ano, e o nome só diz o ano: registre os preços num arquivo de preços, com nomes próprios",
    en: "two bonds of this type mature in the same year, and the name says the year only: enter them in a file of prices under names of their own",
  },
  price_zero: {
    pt: "sem preço: nem o de venda nem o de base é maior que zero",
    en: "no price: neither the sale price nor the base price is above zero",
  },
  // B3's exports.
  b3_market: {
    pt: "mercado não suportado (opções, termo, futuro): só entram operações à vista e fracionário",
    en: "market not supported (options, forwards, futures): only cash and odd-lot trades are taken",
  },
  b3_movement: {
    pt: "movimentação que não sabemos lançar: registre-a num arquivo de operações",
    en: "a movement that we cannot book: enter it in an operations file",
  },
  b3_amount: {
    pt: "movimentação sem valor: o extrato traz só «-»; registre-a num arquivo de operações",
    en: "movement without an amount: the export has «-» only; enter it in an operations file",
  },
  b3_factor: {
    pt: "o extrato não traz a proporção: registre-a num arquivo de operações com a coluna fator (1:2, 10:1)",
    en: "the export lacks the ratio: enter it in an operations file with the column fator (1:2, 10:1)",
  },
  b3_direction: {
    pt: "entrada ou saída não reconhecida: use Credito ou Debito",
    en: "neither in nor out: use Credito or Debito",
  },
  b3_unmatched: {
    pt: "aviso: a liquidação não bate com as negociações carregadas ({detail}); confira a Negociação do período",
    en: "warning: the settlement differs from the trades loaded ({detail}); check the trades file of the period",
  },
  // The record.
  record_columns: {
    pt: "a linha tem mais colunas que o cabeçalho: ponha entre aspas o texto que contém o separador",
    en: "the line has more columns than the header: put text that contains the separator in quotes",
  },
  record_quote: {
    pt: "aspas abertas e não fechadas nesta linha: feche as aspas ou retire-as",
    en: "a quote opens in this line and never closes: close it or take it out",
  },
  record_too_long: {
    pt: "linha longa demais: confira se o arquivo é um CSV",
    en: "line too long: check that the file is a CSV",
  },
  // The file.
  file_empty: { pt: "arquivo sem nenhuma linha de dados", en: "the file has no rows of data" },
  file_unreadable: { pt: "arquivo ilegível: {detail}", en: "unreadable file: {detail}" },
  file_too_big: { pt: "arquivo grande demais: {detail}", en: "file too big: {detail}" },
  file_layout: { pt: "cabeçalho não reconhecido: {detail}", en: "header not recognised: {detail}" },
  file_kind_columns: {
    pt: "não é um arquivo de {detail}",
    en: "not a file of {detail}",
  },
  file_admin: {
    pt: "só um administrador carrega este tipo de arquivo ({detail})",
    en: "only an admin loads this kind of file ({detail})",
  },
  file_client: {
    pt: "o arquivo da B3 não diz de quem é: informe o cliente (--client CLIENTE)",
    en: "B3's file does not say whose it is: give the client (--client ID)",
  },
  file_instrument: {
    pt: "o nome do arquivo não diz o ativo: use o símbolo, por exemplo PETR4.SA.csv",
    en: "the file's name does not say the asset: use the symbol, for example PETR4.SA.csv",
  },
  file_series: {
    pt: "série do Banco Central não reconhecida pelo nome: use sgs-12 (CDI), sgs-433 (IPCA) ou sgs-1 (USDBRL)",
    en: "series of the central bank not recognised by the name: use sgs-12 (CDI), sgs-433 (IPCA) or sgs-1 (USDBRL)",
  },
  file_replaces: {
    pt: "a carga a substituir não foi encontrada entre as suas cargas ativas do mesmo tipo",
    en: "the upload to replace is not among your active uploads of the same kind",
  },
  file_sheet: {
    pt: "aviso: a planilha «{detail}» não foi reconhecida e não foi lida",
    en: "warning: the sheet “{detail}” was not recognised and not read",
  },
  file_share: {
    pt: "nada foi carregado: {detail} das linhas têm erro e o limite é 20%; corrija e envie de novo",
    en: "nothing was loaded: {detail} of the rows are wrong and the limit is 20%; correct them and send it again",
  },
} as const;

export type ReasonCode = keyof typeof REASONS;

/** The reason in the reader's language, with the column's header and what the check adds put in. */
export function reasonText(
  code: ReasonCode,
  language: ReasonLanguage,
  words: { readonly column?: string; readonly detail?: string } = {},
): string {
  return (
    REASONS[code][language]
      // A header may hold `$`, which means something in a text that takes another's place.
      .replace("{column}", () => words.column ?? "")
      .replace("{detail}", () => words.detail ?? "")
  );
}
