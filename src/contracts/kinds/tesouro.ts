import { type FileContract, oneOf, type SourceColumn } from "./kind.ts";
import { CELLS, cell } from "./operations.ts";

/**
 * `PrecoTaxaTesouroDireto.csv` of Tesouro Transparente: the prices and rates of Tesouro Direto, one row for each
 * bond and day (tesourotransparente.gov.br, "Taxas dos Títulos Ofertados pelo Tesouro Direto").
 */

function column(name: string, required: boolean): SourceColumn {
  return { name, aliases: [], required };
}

/** Days come as dd/mm/yyyy, and as ISO days from those who have read the file before. */
const MATURITY_YEAR =
  "case when {data_vencimento} like '%/%' then right({data_vencimento}, 4) else left({data_vencimento}, 4) end";
const MATURITY_MONTH =
  "case when {data_vencimento} like '%/%' then substr({data_vencimento}, 4, 2) else substr({data_vencimento}, 6, 2) end";

/**
 * How many years before its last payment a bond begins to pay, which is the year it is named by: Renda+ pays 240
 * months and Educa+ 60, from a 15 January to a 15 December. Renda+ 2030 pays from January 2030 to December 2049
 * (seudinheiro.com, "Tesouro RendA+ estreia hoje", 30/01/2023), and Educa+ 2026 matures on 15/12/2030
 * (investnews.com.br, "Tesouro Educa+ é lançado nesta terça", 01/08/2023).
 */
const YEARS_OF_PAYMENTS = { tesourorendaaposentadoriaextra: 19, tesouroeduca: 4 } as const;

const NAMED_BY_MATURITY = oneOf(
  "tesouroselic",
  "tesouroprefixado",
  "tesouroprefixadocomjurossemestrais",
  "tesouroipca",
  "tesouroipcacomjurossemestrais",
  "tesouroigpmcomjurossemestrais",
);

const NAMED_BY_CONVERSION = Object.entries(YEARS_OF_PAYMENTS)
  .map(
    ([type, years]) =>
      `when {~tipo_titulo} = '${type}' and ${MATURITY_MONTH} = '12' ` +
      `then {tipo_titulo} || ' ' || cast(try_cast(${MATURITY_YEAR} as integer) - ${years} as varchar)`,
  )
  .join(" ");

/** The name of the bond in the Treasury's shop, or nothing where the row does not give it for sure. */
const BOND_NAME =
  `case when {~tipo_titulo} in ${NAMED_BY_MATURITY} then {tipo_titulo} || ' ' || ${MATURITY_YEAR} ` +
  `${NAMED_BY_CONVERSION} end`;

/** From here on no two bonds of one type have matured in one year, so that the year names the bond. */
const FIRST_YEAR = "2012";

/** A price of nothing but zeros and punctuation stands for none: the Treasury did not buy back on that day. */
const PRICE =
  "case when replace({~pu_venda_manha}, '0', '') <> '' then {pu_venda_manha} else {pu_base_manha} end";

/** What an investor gets who sells: `PU Venda Manha` is the Treasury's price for buying a bond back. */
export const TESOURO_PRICES: FileContract = {
  kind: "tesouro_prices",
  table: "prices",
  title: { pt: "preços do Tesouro Direto", en: "Tesouro Direto prices" },
  excludes: ["cliente", "client"],
  columns: [
    column("tipo_titulo", true),
    column("data_vencimento", true),
    column("data_base", true),
    column("taxa_compra_manha", false),
    column("taxa_venda_manha", false),
    column("pu_compra_manha", false),
    column("pu_venda_manha", true),
    column("pu_base_manha", false),
  ],
  ignore: `try_cast(${MATURITY_YEAR} as integer) < ${FIRST_YEAR}`,
  cells: [
    { ...CELLS.asset, source: "tipo_titulo", from: BOND_NAME, required: true, missing: "tesouro_bond" },
    { ...CELLS.date, source: "data_base" },
    cell("price", "pu_venda_manha", "number", { required: true, from: PRICE }),
    { ...CELLS.currency, source: "pu_venda_manha", from: "'BRL'" },
    cell("source", "pu_venda_manha", "text", { from: "'tesouro'" }),
    cell("restated", "pu_venda_manha", "flag", { from: "'nao'" }),
  ],
  rules: [
    { code: "price_zero", source: "pu_venda_manha", when: "price = 0" },
    {
      code: "tesouro_twice",
      source: "data_vencimento",
      when:
        "instrument_id is not null and min({data_vencimento}) over (partition by instrument_id, date) <> " +
        "max({data_vencimento}) over (partition by instrument_id, date)",
    },
  ],
};
