import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import { SILVER_TABLES } from "../../src/contracts/silver.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { type Engine, quote } from "../engine.ts";
import { FILE_KINDS, type UploadRecord } from "../ports.ts";
import type { Constants } from "./content.ts";
import { createEffectiveAs, identitySql, keySql, lateness } from "./effective.ts";
import { lineSql, type Staged } from "./staged.ts";

/** Rows of a checked file before they are compared with what is there. */
export interface Tally {
  /** Rows of data, also those that could not be framed. */
  readonly rows: number;
  readonly rejected: number;
  /** Rows that another file supplies. */
  readonly elsewhere: number;
}

/** What becomes of the rows that passed. */
export interface Placement {
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  /** Whether taking the file would change anything. */
  readonly changes: boolean;
}

/** Counts what was checked. `bad` are records that were no rows of the table. */
export async function tallyRows(engine: Engine, checkedPath: string, bad: number): Promise<Tally> {
  const [row] = await engine.rows(
    `select count(*) as checked, count(*) filter (issues is not null) as rejected,
            count(*) filter (elsewhere and issues is null) as elsewhere
     from read_parquet(${quote(checkedPath)})`,
  );
  return {
    rows: Number(row?.["checked"]) + bad,
    rejected: Number(row?.["rejected"]) + bad,
    elsewhere: Number(row?.["elsewhere"]),
  };
}

/**
 * Writes the good rows as a silver file: lineage added, sorted as the table's contract says. Of several rows
 * with one key the last line is written. Returns how many earlier lines gave way.
 */
export async function writeSilver(
  engine: Engine,
  request: {
    readonly contract: FileContract;
    readonly staged: Staged;
    readonly checkedPath: string;
    readonly constants: Constants;
    readonly outPath: string;
    readonly uploadId: string;
    readonly fileName: string;
  },
): Promise<number> {
  const name = request.contract.table;
  const table = SILVER_TABLES[name];
  const { constants } = request;
  const filled = Object.entries(constants).map(([column, value]) => `, ${value} as ${column}`);
  const rows = `select *${filled.join("")} from read_parquet(${quote(request.checkedPath)}) where issues is null and not elsewhere`;
  const good = `(select *, ${keySql(name)} as key from (${rows}))`;
  // Occurrences are counted for rows without a key only: with one, equal rows are versions of each other.
  await engine.run(
    `create or replace temp table twins as
     select position, row_number() over (partition by row_hash order by position) as occurrence
     from ${good} semi join (
       select row_hash from ${good} where key is null group by row_hash having count(*) > 1
     ) using (row_hash)`,
  );
  await engine.run(
    `create or replace temp table versions as
     select key, max(position) as position, count(*) as lines
     from ${good} where key is not null group by key having count(*) > 1`,
  );
  const same: Readonly<Record<string, string>> = {
    ...constants,
    upload_id: quote(request.uploadId),
    source_file: quote(request.fileName),
    row_number: lineSql(request.staged, "position"),
  };
  const sorted = table.columns.filter(
    (column) => same[column.name] === undefined && column.name !== "occurrence",
  );
  const columns = table.columns.map((column) => `${same[column.name] ?? column.name} as ${column.name}`);
  const order = table.sortedBy.map((column) => (column === "row_number" ? "g.position" : `g.${column}`));
  // What is the same in all rows is added after the sort, which would carry it along.
  await engine.run(
    `copy (
       select ${columns.join(", ")} from (
         select g.position, ${sorted.map((column) => `g.${column.name}`).join(", ")}, coalesce(t.occurrence, 1) as occurrence
         from ${good} g
         left join twins t on t.position = g.position
         left join versions v on v.key = g.key
         where v.key is null or v.position = g.position
         order by ${order.join(", ")}
       )
     ) to ${quote(request.outPath)} (format parquet, compression zstd, compression_level 1)`,
  );
  const [row] = await engine.rows("select coalesce(sum(lines - 1), 0)::bigint as superseded from versions");
  return Number(row?.["superseded"]);
}

/**
 * Says for each row of a new silver file whether it is new, takes the place of an earlier version, or is there
 * already, against the other active uploads. Rows of the upload that the new one replaces count as replaced.
 */
export async function placeRows(
  engine: Engine,
  lake: Lake,
  request: {
    readonly contract: FileContract;
    readonly upload: UploadRecord;
    readonly silverPath: string;
    readonly active: readonly UploadRecord[];
  },
): Promise<Placement> {
  const table = request.contract.table;
  const { upload } = request;
  const active = request.active.filter(({ kind }) => kind !== null && FILE_KINDS[kind] === table);
  const others = active.filter(({ id }) => id !== upload.id && id !== upload.replaces);
  const restated = active.filter(({ id }) => id === upload.replaces);
  if (others.length + restated.length === 0) {
    const [all] = await engine.rows(
      `select count(*) as loaded from read_parquet(${quote(request.silverPath)})`,
    );
    const loaded = Number(all?.["loaded"]);
    return { loaded, replaced: 0, repeated: 0, changes: loaded > 0 };
  }
  const there = await createEffectiveAs(engine, lake, { name: "others", table, uploads: others });
  const before = await createEffectiveAs(engine, lake, { name: "restated", table, uploads: restated });
  const late = others.map(({ id, ...rest }) => `(${quote(id)}, ${lateness({ id, ...rest }, others)})`);
  const identity = identitySql(table);
  const mine = lateness(upload, others);
  const [row] = await engine.rows(
    `with fate as (
       select case
         when o.identity is null then case when b.identity is null then 'loaded' else 'replaced' end
         when o.row_hash = n.row_hash or l.late > ${mine} then 'repeated'
         else 'replaced' end as fate
       from (select row_hash, ${identity} as identity from read_parquet(${quote(request.silverPath)})) n
       left join (select row_hash, upload_id, ${identity} as identity from ${there}) o on o.identity = n.identity
       left join (values ${late.length === 0 ? "(null, 0)" : late.join(", ")}) l(upload_id, late) on l.upload_id = o.upload_id
       left join (select ${identity} as identity from ${before}) b on b.identity = n.identity
     )
     select count(*) filter (fate = 'loaded') as loaded, count(*) filter (fate = 'replaced') as replaced,
            count(*) filter (fate = 'repeated') as repeated from fate`,
  );
  const counts = {
    loaded: Number(row?.["loaded"]),
    replaced: Number(row?.["replaced"]),
    repeated: Number(row?.["repeated"]),
  };
  return { ...counts, changes: counts.loaded + counts.replaced > 0 || upload.replaces !== null };
}
