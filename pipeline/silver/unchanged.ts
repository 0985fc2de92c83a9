import type { Lake } from "../../src/lake/lake.ts";
import type { IsoDay } from "../../src/money/day.ts";
import type { Decimal } from "../../src/money/decimal.ts";
import { type Engine, quote } from "../engine.ts";
import type { UploadRecord } from "../ports.ts";
import { createEffectiveAs } from "./effective.ts";

/** A close, a rate or an index point as a source gave it. */
export interface CapturedPrice {
  readonly code: string;
  readonly day: IsoDay;
  readonly price: Decimal;
  readonly currency: string | null;
  readonly source: string;
}

/**
 * Those of the captured prices that say something new: of a day that silver has no price of from that source, or another price.
 * What a source merely says again is left out, so that an old price never counts as newly captured.
 */
export async function withoutRepeated(
  engine: Engine,
  lake: Lake,
  request: { readonly uploads: readonly UploadRecord[]; readonly captured: readonly CapturedPrice[] },
): Promise<readonly CapturedPrice[]> {
  const { uploads, captured } = request;
  if (captured.length === 0) return [];
  const known = await createEffectiveAs(engine, lake, { name: "known_prices", table: "prices", uploads });
  await engine.run(
    "create or replace table captured (place bigint, instrument_id varchar, date date, price decimal(18,8), source varchar)",
  );
  for (let from = 0; from < captured.length; from += ROWS_A_STATEMENT) {
    const rows = captured
      .slice(from, from + ROWS_A_STATEMENT)
      .map(
        ({ code, day, price, source }, place) =>
          `(${from + place}, ${quote(code)}, date ${quote(day)}, ${price.round(PRICE_SCALE).toString()}, ${quote(source)})`,
      );
    await engine.run(`insert into captured values ${rows.join(", ")}`);
  }
  const fresh = await engine.rows(`
    select c.place from captured c
    left join ${known} k on k.instrument_id = c.instrument_id and k.date = c.date and k.source = c.source and k.price = c.price
    where k.price is null order by c.place`);
  return fresh.flatMap((row) => captured[Number(row["place"])] ?? []);
}

const ROWS_A_STATEMENT = 5_000;
const PRICE_SCALE = 8;
