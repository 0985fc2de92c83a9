import type { GoldManifest } from "../../src/contracts/gold.ts";
import type { Lake } from "../../src/lake/lake.ts";
import type { IsoDay } from "../../src/money/day.ts";
import type { Engine } from "../engine.ts";
import { registerFiles } from "./publish.ts";

/** An instrument that the book held or holds, or that answers compare with, and what gold has of it. */
export interface NeededInstrument {
  readonly code: string;
  readonly class: string;
  readonly currency: string;
  /** Null where Yahoo Finance has no prices of it. */
  readonly yahooSymbol: string | null;
  /** First day that anybody held it; null for what nobody holds. */
  readonly firstDay: IsoDay | null;
  /** Last day that anybody held it; null while somebody does. */
  readonly lastDay: IsoDay | null;
  readonly held: boolean;
  readonly firstClose: IsoDay | null;
  readonly lastClose: IsoDay | null;
}

/** What a book needs of the markets. Names no client. */
export interface MarketNeeds {
  /** First day of any operation; null for a book without any. */
  readonly firstDay: IsoDay | null;
  readonly instruments: readonly NeededInstrument[];
  /** Currencies other than the real that a client or an instrument of the book is in. */
  readonly currencies: readonly string[];
  /** Newest and first day of each index and pair (`CDI`, `IPCA`, `USDBRL`, …) that gold has points of. */
  readonly series: ReadonlyMap<string, { readonly first: IsoDay; readonly last: IsoDay }>;
}

/** Reads what the published book needs of the markets. */
export async function readNeeds(engine: Engine, lake: Lake, manifest: GoldManifest): Promise<MarketNeeds> {
  for (const name of [
    "instruments",
    "operations",
    "position_spans",
    "clients",
    "prices_daily",
    "fx_daily",
    "index_daily",
  ] as const)
    await registerFiles(engine, lake, `g_${name}`, manifest.tables[name]);
  const [first] = await engine.rows("select cast(min(date) as varchar) as day from g_operations");
  const currencies = await engine.rows(`
    select distinct currency from (
      select currency from g_position_spans union select base_currency from g_clients union select currency from g_operations
    ) where currency is not null and currency <> 'BRL' order by 1`);
  const series = await engine.rows(`
    select from_currency || to_currency as code, cast(min(date) as varchar) as first, cast(max(date) as varchar) as last
    from g_fx_daily where to_currency = 'BRL' group by 1
    union all
    select index_id, cast(min(date) as varchar), cast(max(date) as varchar) from g_index_daily where value is not null group by 1`);
  return {
    firstDay: dayOrNull(first?.["day"]),
    instruments: await readInstruments(engine),
    currencies: currencies.map((row) => String(row["currency"])),
    series: new Map(
      series.map((row) => [String(row["code"]), { first: String(row["first"]), last: String(row["last"]) }]),
    ),
  };
}

async function readInstruments(engine: Engine): Promise<readonly NeededInstrument[]> {
  const rows = await engine.rows(`
    with held as (
      select instrument_id, min(valid_from) filter (quantity <> 0) as first_day,
             max(valid_to - 1) filter (quantity <> 0) as last_day
      from g_position_spans group by 1
    ), closes as (
      select instrument_id, min(date) as first_close, max(date) as last_close from g_prices_daily where source <> 'ajuste' group by 1
    )
    select i.instrument_id, i.class, i.currency, i.yahoo_symbol, cast(h.first_day as varchar) as first_day,
           cast(h.last_day as varchar) as last_day, coalesce(h.last_day >= date '9999-12-30', false) as held,
           cast(c.first_close as varchar) as first_close, cast(c.last_close as varchar) as last_close
    from g_instruments i left join held h using (instrument_id) left join closes c using (instrument_id)
    where h.first_day is not null or i.class in ('indice', 'cambio') order by 1`);
  return rows.map((row) => ({
    code: String(row["instrument_id"]),
    class: String(row["class"]),
    currency: String(row["currency"]),
    yahooSymbol: typeof row["yahoo_symbol"] === "string" ? row["yahoo_symbol"] : null,
    firstDay: dayOrNull(row["first_day"]),
    lastDay: row["held"] === true ? null : dayOrNull(row["last_day"]),
    held: row["held"] === true,
    firstClose: dayOrNull(row["first_close"]),
    lastClose: dayOrNull(row["last_close"]),
  }));
}

function dayOrNull(value: unknown): IsoDay | null {
  return typeof value === "string" ? value : null;
}
