import type { CapturedPrice } from "../../../pipeline/silver/unchanged.ts";
import { Decimal } from "../../money/decimal.ts";

const DECIMALS = 8;

/**
 * Captured prices as a price file, the same that a person could load. All eight decimals are written, so that `13,125` can never be
 * read as thirteen thousand.
 */
export function pricesCsv(captured: readonly CapturedPrice[]): string {
  const lines = captured.map(({ code, day, price, currency, source }) =>
    [day, code, decimalComma(price), currency ?? "", source].join(";"),
  );
  return `${["data;ativo;preco;moeda;fonte", ...lines].join("\n")}\n`;
}

function decimalComma(price: Decimal): string {
  return new Decimal(price.unitsAt(DECIMALS), DECIMALS).toString().replace(".", ",");
}
