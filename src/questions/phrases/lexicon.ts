import type { Lexicon } from "../question.ts";

/** Wednesday: the week began on the 23rd. */
export const TODAY = "2026-11-25";

/** A small book with what makes names hard: shared ones, months, companies, numbers, accents. */
export const LEXICON: Lexicon = {
  clients: [
    { id: "cliente123", name: "Ricardo Almeida" },
    { id: "cliente456", name: "Beatriz Nogueira" },
    { id: "cliente7", name: "Ana Souza" },
    { id: "C-001", name: "Marina Dias" },
    { id: "cliente77", name: "Marco Antônio Vale" },
    { id: "cliente78", name: "Maria Silva" },
    { id: "cliente79", name: "Maria Silveira" },
    { id: "cliente80", name: "João Pedro da Costa" },
    { id: "1042", name: "Renata Porto" },
    { id: "cliente82", name: "Rosa Campos" },
    { id: "cliente83", name: "Padaria Bom Dia Ltda" },
  ],
  instruments: [
    { code: "PETR4", name: "Petrobras PN", aliases: ["petrobras", "petro"] },
    { code: "PETR3", name: "Petrobras ON", aliases: ["petrobras on"] },
    { code: "VALE3", name: "Vale ON", aliases: ["vale"] },
    { code: "ITUB4", name: "Itaú Unibanco PN", aliases: ["itaú", "itaú unibanco"] },
    { code: "ITUB3", name: "Itaú Unibanco ON", aliases: ["itaú", "itaú unibanco"] },
    { code: "BBAS3", name: "Banco do Brasil ON", aliases: ["banco do brasil", "bb"] },
    { code: "PSSA3", name: "Porto Seguro ON", aliases: ["porto", "porto seguro"] },
    { code: "OIBR3", name: "Oi ON", aliases: ["oi"] },
    { code: "MGLU3", name: "Magazine Luiza ON", aliases: ["magalu", "magazine luiza"] },
    { code: "B3SA3", name: "B3 ON", aliases: ["b3"] },
    { code: "HGLG11", name: "CSHG Logística", aliases: ["hglg"] },
    { code: "BOVA11", name: "iShares Ibovespa", aliases: [] },
    { code: "AAPL34", name: "Apple BDR", aliases: [] },
    { code: "AAPL", name: "Apple", aliases: ["apple"] },
    { code: "ALL", name: "Allstate", aliases: [] },
    { code: "BTC", name: "Bitcoin", aliases: ["bitcoin"] },
    { code: "TESOURO-SELIC-2029", name: "Tesouro Selic 2029", aliases: ["selic 2029"] },
    { code: "TESOURO-IPCA-2035", name: "Tesouro IPCA+ 2035", aliases: [] },
    { code: "IBOV", name: "Ibovespa", aliases: [] },
    { code: "USDBRL", name: "Dólar", aliases: ["dólar"] },
  ],
};
