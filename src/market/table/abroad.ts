import { type B3Row, b3Entries, type Entry, splitAliases } from "./entry.ts";

/** Depositary receipts. A company's common name is the alias of its share at home, where that is in the table. */
const BDRS: readonly B3Row[] = [
  ["A1MD34", "AMD BDR", "Tecnologia", "Advanced Micro Devices"],
  ["AAPL34", "Apple BDR", "Tecnologia", "Apple", "apple bdr"],
  ["AMZO34", "Amazon BDR", "Varejo", "Amazon", "amazon bdr"],
  ["AURA33", "Aura Minerals BDR", "Mineração e Metais", "Aura Minerals", "aura|aura minerals"],
  ["AVGO34", "Broadcom BDR", "Tecnologia", "Broadcom"],
  ["BABA34", "Alibaba BDR", "Varejo", "Alibaba", "alibaba"],
  ["BERK34", "Berkshire Hathaway BDR", "Holdings", "Berkshire Hathaway"],
  ["BIVB39", "iShares Core S&P 500 BDR", "Ações Exterior", "iShares Core S&P 500"],
  ["BOAC34", "Bank of America BDR", "Bancos", "Bank of America", "bank of america"],
  ["COCA34", "Coca-Cola BDR", "Bebidas", "Coca-Cola"],
  ["DISB34", "Disney BDR", "Mídia", "Walt Disney"],
  ["EXXO34", "ExxonMobil BDR", "Petróleo e Gás", "ExxonMobil"],
  ["GOGL34", "Alphabet BDR", "Tecnologia", "Alphabet", "google bdr"],
  ["INBR32", "Inter&Co BDR", "Bancos", "Inter&Co", "inter|banco inter"],
  ["JBSS32", "JBS BDR", "Alimentos", "JBS", "jbs|jbss3"],
  ["JNJB34", "Johnson & Johnson BDR", "Saúde", "Johnson & Johnson"],
  ["JPMC34", "JPMorgan BDR", "Bancos", "JPMorgan Chase"],
  ["M1TA34", "Meta BDR", "Tecnologia", "Meta Platforms", "meta bdr"],
  ["MCDC34", "McDonald's BDR", "Alimentação", "McDonald's"],
  ["MELI34", "Mercado Livre BDR", "Varejo", "MercadoLibre", "mercado livre"],
  ["MSFT34", "Microsoft BDR", "Tecnologia", "Microsoft", "microsoft bdr"],
  ["NFLX34", "Netflix BDR", "Mídia", "Netflix"],
  ["NIKE34", "Nike BDR", "Vestuário e Calçados", "Nike", "nike"],
  ["NVDC34", "Nvidia BDR", "Tecnologia", "Nvidia", "nvidia bdr"],
  ["ORCL34", "Oracle BDR", "Tecnologia", "Oracle", "oracle"],
  ["PEPB34", "PepsiCo BDR", "Bebidas", "PepsiCo"],
  ["PFIZ34", "Pfizer BDR", "Saúde", "Pfizer", "pfizer"],
  ["ROXO34", "Nubank BDR", "Bancos", "Nu Holdings", "nubank"],
  ["TSLA34", "Tesla BDR", "Automóveis", "Tesla", "tesla bdr"],
  ["TSMC34", "TSMC BDR", "Tecnologia", "TSMC", "tsmc"],
  ["VISA34", "Visa BDR", "Serviços Financeiros", "Visa"],
  ["WALM34", "Walmart BDR", "Varejo", "Walmart"],
  ["XPBR31", "XP BDR", "Serviços Financeiros", "XP", "xp inc"],
];

/** code, name, sector, aliases. */
type UsRow = readonly [code: string, name: string, sector: string, aliases?: string];

/** Shares and funds of shares quoted in the United States. */
const UNITED_STATES: readonly UsRow[] = [
  ["AAPL", "Apple", "Tecnologia", "apple"],
  ["AMD", "Advanced Micro Devices", "Tecnologia"],
  ["AMZN", "Amazon", "Varejo", "amazon"],
  ["AVGO", "Broadcom", "Tecnologia", "broadcom"],
  ["BRK.B", "Berkshire Hathaway B", "Holdings", "berkshire"],
  ["COST", "Costco", "Varejo", "costco"],
  ["DIS", "Walt Disney", "Mídia", "disney"],
  ["GOOG", "Alphabet C", "Tecnologia"],
  ["GOOGL", "Alphabet A", "Tecnologia", "google|alphabet"],
  ["INTC", "Intel", "Tecnologia", "intel"],
  ["IVV", "iShares Core S&P 500 ETF", "Ações Exterior"],
  ["JNJ", "Johnson & Johnson", "Saúde", "johnson & johnson|johnson"],
  ["JPM", "JPMorgan Chase", "Bancos", "jpmorgan|jp morgan"],
  ["KO", "Coca-Cola", "Bebidas", "coca-cola|coca cola"],
  ["MA", "Mastercard", "Serviços Financeiros", "mastercard"],
  ["MCD", "McDonald's", "Alimentação", "mcdonald's|mcdonalds"],
  ["META", "Meta Platforms", "Tecnologia", "facebook|meta platforms"],
  ["MSFT", "Microsoft", "Tecnologia", "microsoft"],
  ["NFLX", "Netflix", "Mídia", "netflix"],
  ["NVDA", "Nvidia", "Tecnologia", "nvidia"],
  ["PEP", "PepsiCo", "Bebidas", "pepsi|pepsico"],
  ["PG", "Procter & Gamble", "Bens de Consumo", "procter & gamble"],
  ["QQQ", "Invesco QQQ Trust", "Ações Exterior"],
  ["SPY", "SPDR S&P 500 ETF", "Ações Exterior"],
  ["TSLA", "Tesla", "Automóveis", "tesla"],
  ["V", "Visa", "Serviços Financeiros", "visa"],
  ["VOO", "Vanguard S&P 500 ETF", "Ações Exterior"],
  ["VTI", "Vanguard Total Stock Market ETF", "Ações Exterior"],
  ["WMT", "Walmart", "Varejo", "walmart"],
  ["XOM", "ExxonMobil", "Petróleo e Gás", "exxon|exxonmobil"],
];

const usEntries: readonly Entry[] = UNITED_STATES.map(([code, name, sector, aliases]) => ({
  code,
  name,
  class: "acao_exterior",
  sector,
  currency: "USD",
  issuer: name,
  yahooSymbol: code.replace(".", "-"),
  aliases: splitAliases(aliases),
}));

export const ABROAD_ENTRIES = [...b3Entries("bdr", BDRS), ...usEntries];
