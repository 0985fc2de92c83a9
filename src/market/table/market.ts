import { type Entry, splitAliases } from "./entry.ts";

/** code, name, aliases. */
type CryptoRow = readonly [code: string, name: string, aliases?: string];

const CRYPTO: readonly CryptoRow[] = [
  ["ADA", "Cardano", "cardano"],
  ["AVAX", "Avalanche", "avalanche"],
  ["BNB", "BNB", "binance coin"],
  ["BTC", "Bitcoin", "bitcoin"],
  ["DOGE", "Dogecoin", "dogecoin"],
  ["DOT", "Polkadot", "polkadot"],
  ["ETH", "Ethereum", "ethereum|ether"],
  ["LINK", "Chainlink", "chainlink"],
  ["LTC", "Litecoin", "litecoin"],
  ["SOL", "Solana", "solana"],
  ["TRX", "Tron", "tron"],
  ["USDC", "USD Coin", "usd coin"],
  ["USDT", "Tether", "tether"],
  ["XLM", "Stellar", "stellar"],
  ["XRP", "XRP", "ripple"],
];

/** code, name, Yahoo symbol, aliases: reais for one unit of the currency. */
type PairRow = readonly [code: string, name: string, yahooSymbol: string, aliases: string];

const PAIRS: readonly PairRow[] = [
  ["ARSBRL", "Peso argentino", "ARSBRL=X", "peso argentino"],
  ["CHFBRL", "Franco suíço", "CHFBRL=X", "franco suíço"],
  ["EURBRL", "Euro", "EURBRL=X", "euro|eur"],
  ["GBPBRL", "Libra esterlina", "GBPBRL=X", "libra|libra esterlina"],
  ["JPYBRL", "Iene", "JPYBRL=X", "iene"],
  ["USDBRL", "Dólar", "BRL=X", "dólar|dólar comercial|usd"],
];

/** code, name, currency, Yahoo symbol where it has a history there, aliases. */
type IndexRow = readonly [
  code: string,
  name: string,
  currency: string,
  yahoo: string | null,
  aliases?: string,
];

const INDICES: readonly IndexRow[] = [
  ["CDI", "CDI", "BRL", null],
  ["IBOV", "Ibovespa", "BRL", "^BVSP", "ibovespa|bovespa|índice bovespa"],
  ["IFIX", "IFIX", "BRL", null],
  ["IGPM", "IGP-M", "BRL", null, "igp-m"],
  ["IPCA", "IPCA", "BRL", null, "inflação"],
  ["NASDAQ", "Nasdaq Composite", "USD", "^IXIC"],
  ["SELIC", "Selic", "BRL", null],
  ["SP500", "S&P 500", "USD", "^GSPC", "s&p 500|s&p500|s&p"],
];

const cryptoEntries: readonly Entry[] = CRYPTO.map(([code, name, aliases]) => ({
  code,
  name,
  class: "cripto",
  sector: "Criptoativos",
  currency: "BRL",
  issuer: null,
  yahooSymbol: `${code}-BRL`,
  aliases: splitAliases(aliases),
}));

const pairEntries: readonly Entry[] = PAIRS.map(([code, name, yahooSymbol, aliases]) => ({
  code,
  name,
  class: "cambio",
  sector: null,
  currency: "BRL",
  issuer: null,
  yahooSymbol,
  aliases: splitAliases(aliases),
}));

const indexEntries: readonly Entry[] = INDICES.map(([code, name, currency, yahooSymbol, aliases]) => ({
  code,
  name,
  class: "indice",
  sector: null,
  currency,
  issuer: null,
  yahooSymbol,
  aliases: splitAliases(aliases),
}));

export const MARKET_ENTRIES = [...cryptoEntries, ...pairEntries, ...indexEntries];
