import type { CapturedPrice } from "../../../pipeline/silver/unchanged.ts";
import { Decimal } from "../../money/decimal.ts";

const DECIMALS = 8;

/**
 * Captured prices as a price file, the same that a person could load. All eight decimals are written, so that `13,125` can never be
 * read as thirteen thousand. The moment of capture goes into a column that no contract reads: the same bytes sent again count as of
 * the first time, and a price that goes up and back down again is no old file.
 */
export function pricesCsv(captured: readonly CapturedPrice[], capturedAt: Date): string {
  const lines = captured.map(({ code, day, price, currency, source }) =>
    [day, code, decimalComma(price), currency ?? "", source, capturedAt.toISOString()].join(";"),
  );
  return `${["data;ativo;preco;moeda;fonte;capturado_em", ...lines].join("\n")}\n`;
}

function decimalComma(price: Decimal): string {
  return new Decimal(price.unitsAt(DECIMALS), DECIMALS).toString().replace(".", ",");
}
