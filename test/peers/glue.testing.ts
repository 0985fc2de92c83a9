import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, openEngine, quote } from "../../pipeline/engine.ts";
import { runManifest } from "../../pipeline/glue/manifest.ts";
import { type GlueOutcome, manifestKey, outcomeKey } from "../../pipeline/glue/run.ts";
import type { TestBook } from "../../pipeline/gold/book.testing.ts";
import { registerFiles } from "../../pipeline/gold/publish.ts";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import { runSpark } from "./spark.testing.ts";

/** What was compared of one table. */
interface Compared {
  readonly table: GoldTableName;
  readonly rows: number;
  readonly columns: number;
  /** Rows that only one of the two engines has, columns of another type, and an outcome that tells of another number of rows. */
  readonly differences: number;
  /** Up to three of them. */
  readonly examples: readonly string[];
}

export interface Parity {
  readonly tables: readonly Compared[];
  /** Last session of the book, by engine. */
  readonly asOf: { readonly embedded: string | null; readonly spark: string | null };
  readonly embeddedMs: number;
  readonly sparkMs: number;
}

const DRIVER = fileURLToPath(new URL("./glue-gold.testing.py", import.meta.url));
const RUN_ID = "parity";
/** The day of a test's book in São Paulo, as in ../../pipeline/gold/book.testing.ts. */
const TODAY = "2026-03-31";

/** Where what is known of a book's two runs lies. */
const runFolder = (book: TestBook): string => join(book.dir, "lake", "runs", RUN_ID);

/** Builds the gold of some books, in which files are loaded: each in the embedded engine, and all in one session of Spark. */
export async function buildInBoth(books: readonly TestBook[], python: string): Promise<void> {
  for (const book of books) {
    const from = performance.now();
    await book.build();
    const embedded = JSON.stringify({ ms: performance.now() - from });
    const manifest = runManifest({
      runId: RUN_ID,
      createdAt: new Date(`${TODAY}T21:30:00Z`),
      today: TODAY,
      active: await book.ledger.active(),
      arrivals: [],
    });
    await book.lake.put(manifestKey(RUN_ID), Buffer.from(JSON.stringify(manifest)));
    await mkdir(runFolder(book), { recursive: true });
    await writeFile(join(runFolder(book), "embedded.json"), embedded);
  }
  const lakes = books.map((book) => join(book.dir, "lake"));
  await runSpark(python, DRIVER, { args: [RUN_ID], stdin: lakes.join("\n") });
}

/** Compares every column but the run's name of a book that is built in both engines. */
export async function compareEngines(book: TestBook): Promise<Parity> {
  const folder = runFolder(book);
  const took = async (file: string): Promise<number> =>
    (JSON.parse(await readFile(join(folder, file), "utf8")) as { readonly ms: number }).ms;
  const outcome = JSON.parse(
    await readFile(await book.lake.stage(outcomeKey(RUN_ID)), "utf8"),
  ) as GlueOutcome;
  const engine = await openEngine(join(book.dir, "reader"));
  try {
    const { tables, asOf } = await book.manifest();
    const compared: Compared[] = [];
    for (const table of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      await registerFiles(engine, book.lake, "embedded", tables[table]);
      compared.push(await compareTable(engine, table, await viewOfSpark(engine, book, outcome, table)));
    }
    return {
      tables: compared,
      asOf: { embedded: asOf, spark: outcome.asOf },
      embeddedMs: await took("embedded.json"),
      sparkMs: await took("took.json"),
    };
  } finally {
    engine.close();
  }
}

/** Makes the view `spark` of the files that the outcome names, and says how many rows it says they hold. */
async function viewOfSpark(
  engine: Engine,
  book: TestBook,
  outcome: GlueOutcome,
  table: GoldTableName,
): Promise<number> {
  const files: string[] = [];
  for (const { key } of outcome.tables[table]) files.push(quote(await book.lake.stage(key)));
  await engine.run(`create or replace view spark as select * from read_parquet([${files.join(", ")}])`);
  return outcome.tables[table].reduce((rows, file) => rows + file.rows, 0);
}

export async function compareTable(
  engine: Engine,
  table: GoldTableName,
  sparkRows: number,
): Promise<Compared> {
  const names = GOLD_TABLES[table].columns.map(({ name }) => name).filter((name) => name !== "run_id");
  const list = names.map((name) => `"${name}"`).join(", ");
  const [count] = await engine.rows("select count(*) as n from embedded");
  const miscounted = Number(count?.["n"]) === sparkRows ? 0 : 1;
  const types = await engine.rows(`
    select e.column_name from (describe select * from embedded) e
    full join (describe select * from spark) s on e.column_name = s.column_name and e.column_type = s.column_type
    where e.column_name is null or s.column_name is null`);
  const only = (left: string, right: string): string =>
    `select '${left}' as engine, * from (select ${list} from ${left} except all select ${list} from ${right})`;
  const differing = `${only("embedded", "spark")} union all ${only("spark", "embedded")}`;
  const [found] = await engine.rows(`select count(*) as n from (${differing})`);
  const examples = await engine.rows(`
    select cast(d as varchar) as text from (${differing} order by 2, 3, 4, 1 limit 3) d`);
  return {
    table,
    rows: Number(count?.["n"]),
    columns: names.length,
    differences: Number(found?.["n"]) + types.length + miscounted,
    examples: examples.map((row) => String(row["text"])),
  };
}

/** The comparison as a table for people. */
export function parityTable(name: string, { tables, asOf, embeddedMs, sparkMs }: Parity): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const lines = tables.map(
    ({ table, rows, columns, differences }) =>
      `  ${table.padEnd(18)} ${String(rows).padStart(8)} rows ${String(columns).padStart(3)} columns ${String(differences).padStart(6)} differences`,
  );
  const times = `embedded ${seconds(embeddedMs)}, Spark ${seconds(sparkMs)}`;
  return [`${name}: ${times}, last session ${asOf.embedded}`, ...lines].join("\n");
}
