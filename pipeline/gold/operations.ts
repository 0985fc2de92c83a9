import { join } from "node:path";
import { OPERATIONS } from "../../src/contracts/gold.ts";
import { type Engine, quote } from "../engine.ts";
import { makeLedgerOperations, settleLedger } from "./ledger.ts";
import { typedColumns } from "./sql.ts";

/** File of the dirty clients' operations in the scratch folder. */
export const FRESH_OPERATIONS = "fresh-operations.parquet";

/** Operations of clients and of the ledger, as files state them. */
const STATED_OPERATIONS = "stated-operations.parquet";

/** The same before the fold has told which of the ledger's actions found something held. */
const CANDIDATE_OPERATIONS = "candidate-operations.parquet";

/** The order of the fold within a day (docs/money.md, rule 2), as src/portfolio/day-order.ts has it. */
export const RANK = `case
  when type in ('desdobramento', 'grupamento', 'bonificacao', 'conversao') then 0
  when type = 'custodia' then 4
  when origin not like 'b3%' then 2
  when type in ('venda', 'resgate', 'vencimento', 'fracao', 'come_cotas', 'transferencia_saida', 'ir', 'taxa', 'retirada') then 3
  else 1 end`;

/**
 * Writes the operations of dirty clients in the order of the fold, each with its exchange rate, as Parquet and makes the view
 * `ops` over it. `seq` numbers them; by it the fold's rows find their source again. An amount in another currency than
 * the instrument's is converted at the day's rate, and says so; where no rate is known it stays as stated, and the fold
 * reports it. Foreign cash that is bought or sold is paid in the stated currency, so that is never converted.
 *
 * Confirmed actions of the ledger are among them (docs/money.md, rule 3). Returns what has to be done once the fold has run.
 */
export async function makeOperations(engine: Engine, runId: string): Promise<() => Promise<void>> {
  const withLedger = await makeLedgerOperations(engine);
  const source = withLedger ? await writeWithLedger(engine) : "effective_operations";
  await engine.run(`
    create or replace view stated_ops as
    select o.* replace (coalesce(o.instrument_id, 'CAIXA-' || coalesce(o.currency, 'BRL')) as instrument_id),
           c.base_currency, i.currency as own_currency, coalesce(o.currency, i.currency) as file_currency
    from ${source} o
    join clients c using (client_id)
    join instruments i on i.instrument_id = coalesce(o.instrument_id, 'CAIXA-' || coalesce(o.currency, 'BRL'))
    where o.client_id in (select client_id from dirty)`);
  await makeOperationRates(engine);
  const converted = (name: string, type: string): string =>
    `case when not o.converted then o.${name} else cast(round(cast(o.${name} as decimal(38,8)) * o.rate, 8) as ${type}) end as ${name}`;
  const rows = `
    select o.* replace (${converted("price", "decimal(18,8)")}, ${converted("amount", "decimal(20,8)")},
             ${converted("fees", "decimal(20,8)")}, ${converted("tax", "decimal(20,8)")}),
           nullif(o.file_currency, o.currency) as stated_currency,
           case when o.currency = o.base_currency then cast(1 as decimal(17,8)) else b.rate end as fx_rate,
           ${quote(runId)} as run_id
    from (
      select s.* exclude (currency), x.rate is not null as converted, x.rate,
             case when x.rate is not null then s.own_currency else s.file_currency end as currency
      from stated_ops s
      left join op_rates x on x.from_currency = s.file_currency and x.to_currency = s.own_currency and x.date = s.date
        and not starts_with(s.instrument_id, 'CAIXA-')
    ) o
    left join op_rates b on b.from_currency = o.currency and b.to_currency = o.base_currency and b.date = o.date`;
  const sorted = `select *, row_number() over () as seq from (
    select * from (${rows}) order by client_id, date, ${RANK}, time nulls last, source_file, row_number, row_hash, occurrence)`;
  const name = withLedger ? CANDIDATE_OPERATIONS : FRESH_OPERATIONS;
  const path = join(engine.scratchDir, name);
  await engine.run(
    `copy (select ${typedColumns(OPERATIONS.columns)} from (${sorted})) to ${quote(path)} (format parquet, compression zstd)`,
  );
  await engine.run(`create or replace view ops as select * from read_parquet(${quote(path)})`);
  await makeNumbers(engine);
  return async () => {
    if (withLedger) await settleLedger(engine, { from: CANDIDATE_OPERATIONS, to: FRESH_OPERATIONS });
  };
}

/**
 * Puts the operations of dirty clients and those of the ledger into one file, in no order, and returns the SQL that reads it:
 * a union under the sort, which takes all the memory there is, makes it run out of it.
 */
async function writeWithLedger(engine: Engine): Promise<string> {
  const path = quote(join(engine.scratchDir, STATED_OPERATIONS));
  await engine.run("set preserve_insertion_order = false");
  await engine.run(`
    copy (
      select * from effective_operations where client_id in (select client_id from dirty)
      union all by name select * from ledger_ops
    ) to ${path} (format parquet, compression snappy)`);
  await engine.run("reset preserve_insertion_order");
  return `read_parquet(${path})`;
}

/** Makes `op_rates`: the last rate on or before each day for each pair that an operation needs, a handful of rows. */
async function makeOperationRates(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table op_rates as
    select n.from_currency, n.to_currency, n.date, r.rate
    from (
      select file_currency as from_currency, own_currency as to_currency, date from stated_ops where file_currency <> own_currency
      union
      select own_currency, base_currency, date from stated_ops where own_currency <> base_currency
      union
      select file_currency, base_currency, date from stated_ops where file_currency <> base_currency
    ) n asof join fx r on r.from_currency = n.from_currency and r.to_currency = n.to_currency and n.date >= r.date`);
}

/** What moves at market value where the file states no price of its own. */
export const MARKET_VALUED =
  "'transferencia_entrada', 'transferencia_saida', 'custodia', 'come_cotas', 'conversao'";

/** Small numbers for clients and instruments, and the market price of the day for what flows at market value. */
async function makeNumbers(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table op_prices as
    select o.seq, p.price from (
      select seq, instrument_id, date from ops
      where type in (${MARKET_VALUED}) or (price is null and type in ('compra', 'venda', 'subscricao', 'resgate', 'vencimento'))
    ) o asof join prices p on p.instrument_id = o.instrument_id and o.date >= p.date;
    create or replace table client_numbers as
    select row_number() over (order by client_id) - 1 as client_no, client_id, base_currency, controls_cash
    from clients where client_id in (select client_id from dirty);
    create or replace table instrument_numbers as
    select row_number() over (order by instrument_id) - 1 as instrument_no, instrument_id, currency, class from instruments;
    create or replace table source_numbers as
    select row_number() over (order by source_file, upload_id) - 1 as source_no, source_file, upload_id
    from (select distinct source_file, upload_id from ops)`);
}
