import { VARCHAR } from "@duckdb/node-api";
import { describeInstrument } from "../../src/market/instruments.ts";
import type { Engine } from "../engine.ts";
import { TableWriter } from "./table-writer.ts";

/**
 * Makes the table `clients` from silver. Runs after `effective_clients` exists.
 */
export async function makeClients(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table clients as
    select client_id, name, broker_id, profile, profile_valid_until, base_currency, controls_cash, email,
           source_file, row_number, row_hash, upload_id
    from effective_clients`);
}

/**
 * Makes the table `instruments`: every code that is held, priced or registered. What a file registers counts
 * before the built-in table, and that before what the code's pattern tells.
 * An unregistered code takes the currency that most of its operations state. Cash exists in every currency used.
 */
export async function makeInstruments(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table seen_codes as
    with uses as (
      select coalesce(instrument_id, 'CAIXA-' || coalesce(currency, 'BRL')) as code, currency from effective_operations
      union all select to_instrument_id, currency from effective_operations where to_instrument_id is not null
      union all select instrument_id, currency from effective_prices
      union all select 'CAIXA-' || base_currency, base_currency from effective_clients group by 1, 2
    ), counted as (select code, currency, count(*) as uses from uses group by all)
    select code, arg_max(currency, (uses, currency)) filter (currency is not null) as currency from counted group by code`);
  const codes = await engine.rows("select code, currency from seen_codes order by code");
  await engine.run(`create or replace table described (instrument_id varchar, name varchar, class varchar, sector varchar,
    currency varchar, issuer varchar, yahoo_symbol varchar, aliases varchar, origin varchar)`);
  const facts = codes.map((row) =>
    describeInstrument(String(row["code"]), typeof row["currency"] === "string" ? row["currency"] : null),
  );
  const filed = await engine.rows("select distinct currency from effective_instruments");
  const known = new Set(facts.map((fact) => fact.code));
  const currencies = new Set([
    ...facts.map((fact) => fact.currency),
    ...filed.map((row) => String(row["currency"])),
  ]);
  for (const currency of currencies) {
    if (!known.has(`CAIXA-${currency}`)) facts.push(describeInstrument(`CAIXA-${currency}`, currency));
  }
  const types = Array.from({ length: 9 }, () => VARCHAR);
  const writer = await TableWriter.open(engine.connection, "described", types);
  for (const fact of facts) {
    writer.add([
      fact.code,
      fact.name,
      fact.class,
      fact.sector,
      fact.currency,
      fact.issuer,
      fact.yahooSymbol,
      fact.aliases.length === 0 ? null : fact.aliases.join("|"),
      fact.origin,
    ]);
  }
  writer.close();
  await engine.run(`
    create or replace table instruments as
    select coalesce(f.instrument_id, d.instrument_id) as instrument_id, coalesce(f.name, d.name) as name,
           coalesce(f.class, d.class) as class, coalesce(f.sector, d.sector) as sector,
           coalesce(f.currency, d.currency) as currency, coalesce(f.issuer, d.issuer) as issuer,
           nullif(coalesce(f.yahoo_symbol, d.yahoo_symbol), '-') as yahoo_symbol, coalesce(f.aliases, d.aliases) as aliases,
           case when f.instrument_id is not null then 'file' else d.origin end as origin,
           f.source_file, f.row_number, f.row_hash
    from described d full join effective_instruments f on f.instrument_id = d.instrument_id`);
}
