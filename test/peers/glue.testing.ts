import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Engine, openEngine, quote } from "../../pipeline/engine.ts";
import { glueManifest } from "../../pipeline/glue/manifest.ts";
import type { TestBook } from "../../pipeline/gold/book.testing.ts";
import { registerFiles } from "../../pipeline/gold/publish.ts";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";

/** What was compared of one table. */
interface Compared {
  readonly table: GoldTableName;
  readonly rows: number;
  readonly columns: number;
  /** Rows that only one of the two engines has, and columns of another type. */
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

const JOB_FOLDER = fileURLToPath(new URL("../../pipeline/glue", import.meta.url));
const RUN_ID = "parity";
/** The day of a test's book in São Paulo, as in ../../pipeline/gold/book.testing.ts. */
const TODAY = "2026-03-31";
/** Small on purpose: a test's book needs no more, and the machine has other work. Most of the time goes into planning and compiling. */
const SUBMIT = [
  "--master local[2]",
  "--driver-memory 1g",
  "--conf spark.ui.enabled=false",
  "--conf spark.driver.host=127.0.0.1",
  "--conf spark.driver.bindAddress=127.0.0.1",
  "--conf spark.sql.shuffle.partitions=2",
  "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'",
  "--conf spark.sql.adaptive.enabled=false",
  "--conf spark.sql.codegen.wholeStage=false",
  "pyspark-shell",
].join(" ");

/** Where the Spark side of a book lies. */
const sparkFolder = (book: TestBook): string => join(book.dir, "spark");

/** Builds the gold of some books, in which files are loaded: each in the embedded engine, and all in one session of Spark. */
export async function buildInBoth(books: readonly TestBook[], python: string): Promise<void> {
  for (const book of books) {
    const from = performance.now();
    await book.build();
    const embedded = JSON.stringify({ ms: performance.now() - from });
    await mkdir(sparkFolder(book));
    await writeFile(join(sparkFolder(book), "embedded.json"), embedded);
    const manifest = JSON.stringify(glueManifest(await book.ledger.active()));
    await writeFile(join(sparkFolder(book), "manifest.json"), manifest);
  }
  const lines = books.map((book) => `${sparkFolder(book)}\t${join(book.dir, "lake")}`);
  await runJobs(python, lines.join("\n"));
}

/** Compares every column but the run's name of a book that is built in both engines. */
export async function compareEngines(book: TestBook): Promise<Parity> {
  const folder = sparkFolder(book);
  const told = async (file: string): Promise<{ readonly asOf: string | null; readonly ms: number }> =>
    JSON.parse(await readFile(join(folder, file), "utf8"));
  const engine = await openEngine(join(folder, "reader"));
  try {
    const { tables, asOf } = await book.manifest();
    const compared: Compared[] = [];
    for (const table of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      await registerFiles(engine, book.lake, "embedded", tables[table]);
      const files = quote(join(folder, "gold", table, RUN_ID, "*.parquet"));
      await engine.run(`create or replace view spark as select * from read_parquet(${files})`);
      compared.push(await compareTable(engine, table));
    }
    const spark = await told("outcome.json");
    const { ms: embeddedMs } = await told("embedded.json");
    return { tables: compared, asOf: { embedded: asOf, spark: spark.asOf }, embeddedMs, sparkMs: spark.ms };
  } finally {
    engine.close();
  }
}

/** Builds gold of each line's book: see glue-gold.testing.py. */
async function runJobs(python: string, books: string): Promise<void> {
  const script = fileURLToPath(new URL("./glue-gold.testing.py", import.meta.url));
  const job = spawn(python, [script, RUN_ID, TODAY], {
    env: {
      ...process.env,
      PYSPARK_PYTHON: python,
      PYSPARK_SUBMIT_ARGS: SUBMIT,
      PYTHONPATH: JOB_FOLDER,
      PYTHONDONTWRITEBYTECODE: "1",
      SPARK_LOCAL_IP: "127.0.0.1",
      // A zone that is not the job's own shows whether it pins one.
      TZ: "America/Sao_Paulo",
    },
    stdio: ["pipe", "ignore", "pipe"],
  });
  job.stdin.end(books);
  let said = "";
  job.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-20_000);
  });
  const [code] = (await once(job, "close")) as [number | null];
  if (code !== 0) throw new Error(`the Spark job ended with ${code}:\n${said}`);
}

async function compareTable(engine: Engine, table: GoldTableName): Promise<Compared> {
  const names = GOLD_TABLES[table].columns.map(({ name }) => name).filter((name) => name !== "run_id");
  const list = names.map((name) => `"${name}"`).join(", ");
  const [count] = await engine.rows("select count(*) as n from embedded");
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
    differences: Number(found?.["n"]) + types.length,
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
