import { SILVER_TABLES, type SilverTableName } from "../../src/contracts/silver.ts";
import { COLUMN_TYPES } from "../../src/contracts/types.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { type Engine, identifier, quote } from "../engine.ts";
import { FILE_KINDS, type UploadRecord } from "../ports.ts";

/**
 * What makes two rows versions of the same thing: a key of their own (an id, a client, a price's day and
 * source), corrected by a later one with the same key. An operation without an id has none (NULL): it is
 * itself, and its twin in the same file is the second such operation.
 */
const KEY: Readonly<Record<SilverTableName, string>> = {
  operations: "client_id || chr(31) || external_id",
  clients: "client_id",
  instruments: "instrument_id",
  prices: "instrument_id || chr(31) || date || chr(31) || source",
  actions: "instrument_id || chr(31) || date || chr(31) || type",
};

/** Columns that earlier versions did not write, with what their rows mean. Files without them are read all the same. */
export const ADDED: Readonly<Partial<Record<SilverTableName, Readonly<Record<string, string>>>>> = {
  actions: { status: "'confirmado'", source: "'arquivo'", cost: "null", amount: "null" },
};

/** Above every sequence number: two numbers go into one, the more important first. */
const SEQ_LIMIT = 2 ** 26;

/** SQL of a row's key within its table; NULL for a row that has none. */
export function keySql(table: SilverTableName): string {
  return KEY[table];
}

/** SQL of a row's identity within its table, over the columns of silver. */
export function identitySql(table: SilverTableName): string {
  return table === "operations" ? `coalesce(${KEY[table]}, row_hash || '#' || occurrence)` : KEY[table];
}

/**
 * How late an upload's versions are. The same bytes again are as late as they were the first time: sending an
 * old file again does not undo what a newer one corrected.
 */
export function lateness(upload: UploadRecord, others: readonly UploadRecord[]): number {
  const same = others.filter(({ sha256 }) => sha256 === upload.sha256).map(({ seq }) => seq);
  return Math.min(upload.seq, ...same);
}

/** Which of several versions of a row counts, the highest: among keyed rows the latest, of equal content the first. */
function rankOf(
  upload: UploadRecord,
  uploads: readonly UploadRecord[],
): { readonly keyed: number; readonly plain: number } {
  return { keyed: lateness(upload, uploads) * SEQ_LIMIT + (SEQ_LIMIT - upload.seq), plain: -upload.seq };
}

/**
 * Makes the view `effective_<table>` of the rows that count among all rows of these uploads, and returns its
 * name. Of several versions of a keyed row the latest upload's counts; rows of equal content count once. The
 * order of the uploads in the list does not matter; none gives an empty view with all columns.
 */
export function createEffective(
  engine: Engine,
  lake: Lake,
  table: SilverTableName,
  uploads: readonly UploadRecord[],
): Promise<string> {
  return createEffectiveAs(engine, lake, { name: `effective_${table}`, table, uploads });
}

/** The same under a name of the caller's. */
export async function createEffectiveAs(
  engine: Engine,
  lake: Lake,
  wanted: {
    readonly name: string;
    readonly table: SilverTableName;
    readonly uploads: readonly UploadRecord[];
  },
): Promise<string> {
  const { name, table } = wanted;
  const uploads = wanted.uploads.filter(({ kind, silverKey }) => isOf(table, kind) && silverKey !== null);
  const columns = SILVER_TABLES[table].columns;
  if (uploads.length === 0) {
    const empty = columns.map((column) => `cast(null as ${COLUMN_TYPES[column.type]}) as ${column.name}`);
    await engine.run(
      `create or replace temp view ${identifier(name)} as select ${empty.join(", ")} where false`,
    );
    return name;
  }
  const files: string[] = [];
  for (const { silverKey } of uploads) {
    if (silverKey !== null) files.push(quote(await lake.stage(silverKey)));
  }
  const names = columns.map((column) => column.name).join(", ");
  const rows = `select ${names} from ${silverSql(table, files)}`;
  // A file holds no two versions of a row, so that one alone needs no comparing.
  if (uploads.length === 1) await engine.run(`create or replace temp view ${identifier(name)} as ${rows}`);
  else await createMerged(engine, { name, table, rows, names, uploads });
  return name;
}

/** Rows of silver files with all of the table's columns; `files` are quoted paths. */
export function silverSql(table: SilverTableName, files: readonly string[]): string {
  const list = `[${files.join(", ")}]`;
  const added = ADDED[table];
  if (added === undefined) return `read_parquet(${list})`;
  const { columns } = SILVER_TABLES[table];
  const none = columns.map(({ name, type }) => `cast(null as ${COLUMN_TYPES[type]}) as ${name}`);
  const filled = Object.entries(added).map(([name, value]) => `coalesce(${name}, ${value}) as ${name}`);
  return (
    `(select * replace (${filled.join(", ")}) from (` +
    `select ${none.join(", ")} where false union all by name select * from read_parquet(${list}, union_by_name = true)))`
  );
}

async function createMerged(
  engine: Engine,
  merged: {
    readonly name: string;
    readonly table: SilverTableName;
    readonly rows: string;
    readonly names: string;
    readonly uploads: readonly UploadRecord[];
  },
): Promise<void> {
  const { name, table, uploads } = merged;
  const order = identifier(`${name}_order`);
  const several = identifier(`${name}_several`);
  // Among keyed rows the latest counts; equal content stays where it was first.
  const values = uploads.map((upload) => {
    const { keyed, plain } = rankOf(upload, uploads);
    return `(${quote(upload.id)}, ${keyed}::bigint, ${plain}::bigint)`;
  });
  await engine.run(
    `create or replace temp table ${order} as select * from (values ${values.join(", ")}) v(upload_id, keyed, plain)`,
  );
  const ranked =
    `select rows.*, ${identitySql(table)} as identity, case when ${keySql(table)} is null then o.plain else o.keyed end as rank ` +
    `from (${merged.rows}) rows join ${order} o using (upload_id)`;
  await engine.run(
    `create or replace temp table ${several} as
     select identity, max(rank) as rank from (${ranked}) group by identity having count(*) > 1`,
  );
  await engine.run(
    `create or replace temp view ${identifier(name)} as
     select ${merged.names} from (${ranked}) r left join ${several} s using (identity)
     where s.identity is null or s.rank = r.rank`,
  );
}

function isOf(table: SilverTableName, kind: UploadRecord["kind"]): boolean {
  return kind !== null && FILE_KINDS[kind] === table;
}
