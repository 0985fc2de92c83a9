import { rename } from "node:fs/promises";
import { join } from "node:path";
import { SAME_EVENT_DAYS } from "../../src/market/actions.ts";
import { type Engine, quote } from "../engine.ts";

/** SQL of what the ledger holds that changes what a unit is: inferred or confirmed, never rejected. */
export const CHANGES_UNITS = "type <> 'provento' and status <> 'recusado'";

/**
 * Makes `ledger_ops`: the confirmed actions of the ledger as operations of each dirty client who ever had the instrument
 * before that day and whose own files do not tell the event, with the columns of silver. Whether something is held on the day,
 * only the fold knows: `settleLedger` takes the others out. Returns whether there are any.
 *
 * A client's own row tells one row of the ledger: of its sort (bonus shares, or a split) rather than of the other, then the
 * nearest. A conversion tells one of either of its instruments, where its factor changes the number of units.
 */
export async function makeLedgerOperations(engine: Engine): Promise<boolean> {
  await engine.run(`
    create or replace table ledger as
    select *, row_number() over (order by instrument_id, date, type) as ledger_no
    from effective_actions where ${CHANGES_UNITS} and not starts_with(instrument_id, 'CAIXA-')`);
  const [confirmed] = await engine.rows("select 1 from ledger where status = 'confirmado' limit 1");
  if (confirmed === undefined) return false;
  // Narrow tables, read from the operations in two passes: a large book's would not fit beside the sort that follows.
  await engine.run(`
    create or replace temp view ledger_uses as
    select * from (
      select client_id, unnest([instrument_id, to_instrument_id]) as instrument_id, date, type, factor_new, factor_old
      from effective_operations where client_id in (select client_id from dirty)
    ) where instrument_id in (select instrument_id from ledger);
    create or replace table told_actions as
    select distinct client_id, ledger_no from (
      select u.client_id, l.ledger_no, row_number() over (
        partition by u.client_id, u.instrument_id, u.date, u.type
        order by (u.type = 'bonificacao') = (l.type = 'bonificacao') desc, abs(l.date - u.date), l.date, l.type
      ) as place
      from (
        select distinct client_id, instrument_id, date, type from ledger_uses
        where type in ('desdobramento', 'grupamento', 'bonificacao') or (type = 'conversao' and factor_new <> factor_old)
      ) u
      join ledger l on l.instrument_id = u.instrument_id and abs(l.date - u.date) <= ${SAME_EVENT_DAYS}
    ) where place = 1;
    create or replace table due_actions as
    select h.client_id, l.ledger_no
    from (select client_id, instrument_id, min(date) as first_day from ledger_uses group by 1, 2) h
    join ledger l on l.instrument_id = h.instrument_id and h.first_day < l.date and l.status = 'confirmado'
    anti join told_actions t on t.client_id = h.client_id and t.ledger_no = l.ledger_no;
    create or replace view ledger_ops as
    select d.client_id, l.date, l.type, l.instrument_id, l.cost as price, cast(0 as decimal(20,8)) as fees, cast(0 as decimal(20,8)) as tax,
           l.factor_new, l.factor_old, '' as brokerage, 'ledger' as origin, l.upload_id, l.source_file, l.row_number, l.row_hash, l.occurrence
    from due_actions d join ledger l using (ledger_no)`);
  const [row] = await engine.rows("select 1 from due_actions limit 1");
  return row !== undefined;
}

/**
 * After the fold: takes out the rows of the ledger that found nothing held, with what the fold said of them, and writes the
 * operations of `from` that are left to `to`, both in the scratch folder. The numbers of the others stay.
 */
export async function settleLedger(
  engine: Engine,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await engine.run(`
    create or replace table unused_actions as
    select o.seq from fold_findings f join ops o on o.seq = f.op_no where o.origin = 'ledger' and f.code = 'nothing_held';
    delete from fold_findings where op_no in (select seq from unused_actions)`);
  const [unused] = await engine.rows("select 1 from unused_actions limit 1");
  const path = join(engine.scratchDir, to);
  if (unused === undefined) await rename(join(engine.scratchDir, from), path);
  else {
    await engine.run(`
      copy (select * from ops where seq not in (select seq from unused_actions))
      to ${quote(path)} (format parquet, compression zstd)`);
  }
  await engine.run(`create or replace view ops as select * from read_parquet(${quote(path)})`);
}
