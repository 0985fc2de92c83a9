import type { GoldManifest } from "../../src/contracts/gold.ts";
import type { SilverTableName } from "../../src/contracts/silver.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { RENAMED_CODES } from "../../src/market/ticker-changes.ts";
import { type Engine, quote } from "../engine.ts";
import { FILE_KINDS, type UploadRecord } from "../ports.ts";
import { silverSql } from "../silver/effective.ts";
import { CURVE_CLASS_LIST } from "./curve.ts";
import { MARKET_VALUED } from "./operations.ts";

/**
 * Changes when the meaning of gold does: a manifest of another format is never built upon. Former codes are part of
 * that meaning, so that a table with one more of them makes the next run build everything again.
 */
export const GOLD_FORMAT = ["gold-4", ...[...RENAMED_CODES].map((change) => change.join(">"))].join(" ");

/** What a build has to do again. Clients to fold are in the table `dirty(client_id, from_day)`,
 * those of whose deposits' index some point differs, to be valued again, in `curve_dirty(client_id, from_day)`. */
export interface Plan {
  /** Nothing of the previous run can be kept. */
  readonly full: boolean;
  /** Every client is valued again from this day, null when only dirty ones are. */
  readonly revalueFrom: string | null;
  /** Silver tables of which rows came or went. */
  readonly changed: ReadonlySet<SilverTableName>;
}

interface Input {
  readonly table: SilverTableName;
  readonly silverKey: string;
  readonly text: string;
}

/** How a manifest names an upload: the same text means the same rows, also when the upload is gone. */
function inputOf(upload: UploadRecord): Input | null {
  if (upload.kind === null || upload.silverKey === null) return null;
  const table = FILE_KINDS[upload.kind];
  const { silverKey, sha256 } = upload;
  return { table, silverKey, text: textOf({ table, silverKey, sha256 }) };
}

function parseInput(text: string): Input {
  const [table, silverKey] = text.split(" ");
  return { table: table as SilverTableName, silverKey: silverKey ?? "", text };
}

/** The inputs of a build as its manifest keeps them: the format, whether it is a demo, then the uploads. */
export function inputsOf(uploads: readonly UploadRecord[]): readonly string[] {
  const texts = uploads.flatMap((upload) => inputOf(upload)?.text ?? []);
  return [GOLD_FORMAT, ...texts.sort()];
}

/** Of what a run of the Glue job built: an embedded build never takes it for one of its own, and builds in full after it. */
export const GLUE_FORMAT = `glue ${GOLD_FORMAT}`;

/** The inputs of a run of the Glue job, as its manifest keeps them. */
export function glueInputsOf(
  uploads: readonly {
    readonly table: SilverTableName;
    readonly silverKey: string;
    readonly sha256: string;
  }[],
): readonly string[] {
  return [GLUE_FORMAT, ...uploads.map(textOf).sort()];
}

/** How many uploads differ between what a manifest was built from and what counts; its format counts as one that differs. */
export function differingInputs(inputs: readonly string[], uploads: readonly UploadRecord[]): number {
  const [format, ...wanted] = inputsOf(uploads);
  const own = inputs[0] === GLUE_FORMAT ? [format, ...inputs.slice(1)] : inputs;
  return new Set(own).symmetricDifference(new Set([format, ...wanted])).size;
}

function textOf(upload: {
  readonly table: SilverTableName;
  readonly silverKey: string;
  readonly sha256: string;
}): string {
  return `${upload.table} ${upload.silverKey} ${upload.sha256}`;
}

const BEGINNING = "1900-01-01";

/**
 * Finds what differs between the previous run and the uploads that count now, rows that were taken back included.
 * The views `g_<table>` of the previous run and the tables `clients`, `instruments` of this one must exist.
 */
export async function planBuild(
  engine: Engine,
  lake: Lake,
  options: { previous: GoldManifest | null; inputs: readonly string[] },
): Promise<Plan> {
  await engine.run(`create or replace table dirty (client_id varchar, from_day date);
    create or replace table curve_dirty (client_id varchar, from_day date)`);
  const before = new Set(options.previous?.inputs ?? []);
  const now = new Set(options.inputs);
  const differing = [...now.symmetricDifference(before)]
    .filter((text) => text !== GOLD_FORMAT)
    .map(parseInput);
  const changed = new Set(differing.map((input) => input.table));
  if (options.previous === null || (await currencyChanged(engine))) {
    await engine.run(`insert into dirty select client_id, date '${BEGINNING}' from clients`);
    return { full: true, revalueFrom: BEGINNING, changed };
  }
  await markChangedOperations(engine, lake, differing);
  await markChangedClients(engine);
  await markActionHolders(engine, lake, differing);
  const splitFrom = await firstChangedSplit(engine, lake, differing);
  if (splitFrom !== null) {
    changed.add("actions");
    await markMarketValued(engine, splitFrom);
  }
  const from = earlier(splitFrom, await revalueFrom(engine, lake, differing));
  await markCurves(engine, lake, differing);
  return { full: false, revalueFrom: from, changed };
}

/**
 * Deposits accrue by the points of an index from the first one that differs. A transfer of one moves at its curve, so
 * that its client is folded again, too.
 */
async function markCurves(engine: Engine, lake: Lake, changed: readonly Input[]): Promise<void> {
  const keys = changed.filter((input) => input.table === "prices").map((input) => input.silverKey);
  const paths = await Promise.all(keys.map((key) => lake.stage(key)));
  if (paths.length === 0) return;
  const [row] = await engine.rows(`
    select cast(min(date) as varchar) as day from read_parquet([${paths.map(quote).join(", ")}])
    where instrument_id in ('CDI', 'SELIC', 'IPCA')`);
  const day = row?.["day"];
  if (typeof day !== "string") return;
  await engine.run(`
    create or replace table curve_pairs as
    select o.client_id, o.instrument_id, min(o.date) as first_day from g_operations o join instruments i using (instrument_id)
    where i.class in (${CURVE_CLASS_LIST}) and o.indexer is not null group by 1, 2;
    insert into curve_dirty select client_id, greatest(min(first_day), date ${quote(day)}) from curve_pairs group by 1;
    insert into dirty select o.client_id, min(o.date) from g_operations o join curve_pairs using (client_id, instrument_id)
    where o.type in (${MARKET_VALUED}) and o.date >= date ${quote(day)} group by 1`);
}

async function currencyChanged(engine: Engine): Promise<boolean> {
  const rows = await engine.rows(
    "select 1 from instruments n join g_instruments o using (instrument_id) where n.currency <> o.currency or n.class <> o.class limit 1",
  );
  return rows.length > 0;
}

async function markChangedOperations(engine: Engine, lake: Lake, changed: readonly Input[]): Promise<void> {
  for (const input of changed) {
    if (input.table !== "operations") continue;
    await engine.run(
      `insert into dirty select client_id, min(date) from read_parquet(${quote(await lake.stage(input.silverKey))}) group by 1`,
    );
  }
}

/** Splits that operations tell of carry a last price over their day, for every holder. */
async function firstChangedSplit(
  engine: Engine,
  lake: Lake,
  changed: readonly Input[],
): Promise<string | null> {
  const paths = await Promise.all(
    changed.filter((input) => input.table === "operations").map((input) => lake.stage(input.silverKey)),
  );
  if (paths.length === 0) return null;
  const [row] = await engine.rows(`
    select cast(min(date) as varchar) as day from read_parquet([${paths.map(quote).join(", ")}])
    where type in ('desdobramento', 'grupamento', 'conversao') and factor_new is not null`);
  const day = row?.["day"];
  return typeof day === "string" ? day : null;
}

/**
 * Who ever had an instrument whose actions changed is folded again, and valued from the first operation in it: the action
 * may change their units, and turns back the closes that they were valued at. Payments change neither.
 */
async function markActionHolders(engine: Engine, lake: Lake, changed: readonly Input[]): Promise<void> {
  const keys = changed.filter((input) => input.table === "actions").map((input) => input.silverKey);
  if (keys.length === 0) return;
  const paths = await Promise.all(keys.map((key) => lake.stage(key)));
  await engine.run(`
    insert into dirty
    select client_id, min(date) from (
      select client_id, unnest([instrument_id, to_instrument_id]) as code, date from effective_operations
      union all
      select client_id, unnest([instrument_id, to_instrument_id]), date from g_operations
    )
    where code in (select instrument_id from ${silverSql("actions", paths.map(quote))} where type <> 'provento')
    group by 1`);
}

/** The earlier of two days, where null is none. */
export function earlier(left: string | null, right: string | null): string | null {
  if (left === null) return right;
  return right === null || left < right ? left : right;
}

/** New clients, and those whose base currency or cash control changed, are folded from their beginning. */
async function markChangedClients(engine: Engine): Promise<void> {
  await engine.run(`
    insert into dirty
    select n.client_id, date '1900-01-01' from clients n
    left join g_clients o on o.client_id = n.client_id and o.base_currency = n.base_currency and o.controls_cash = n.controls_cash
    where o.client_id is null`);
}

/** The first day whose prices differ; marks clients whose costs or flows rest on a changed rate or price. */
async function revalueFrom(engine: Engine, lake: Lake, changed: readonly Input[]): Promise<string | null> {
  const keys = changed.filter((input) => input.table === "prices").map((input) => input.silverKey);
  const paths = await Promise.all(keys.map((key) => lake.stage(key)));
  if (paths.length === 0) return null;
  const [row] = await engine.rows(`
    select cast(min(p.date) filter (i.class is null or i.class <> 'indice') as varchar) as first_day,
           cast(min(p.date) filter (i.class = 'cambio') as varchar) as first_rate
    from read_parquet([${paths.map(quote).join(", ")}]) p left join instruments i using (instrument_id)`);
  const firstRate = row?.["first_rate"];
  if (typeof firstRate === "string") {
    await engine.run(`
      insert into dirty select o.client_id, min(o.date) from g_operations o join clients c using (client_id)
      where (o.currency <> c.base_currency or o.stated_currency is not null) and o.date >= date ${quote(firstRate)} group by 1`);
  }
  const firstDay = row?.["first_day"];
  if (typeof firstDay !== "string") return null;
  await markMarketValued(engine, firstDay);
  return firstDay;
}

/** Some operations move at the market's value, which the changed prices may move. */
async function markMarketValued(engine: Engine, from: string): Promise<void> {
  await engine.run(`
    insert into dirty select client_id, min(date) from g_operations
    where (type in (${MARKET_VALUED}) or price is null) and date >= date ${quote(from)} group by 1`);
}
