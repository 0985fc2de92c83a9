import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
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
export const JOB_TIMEOUT_MS = 10 * 60_000;
/** Small on purpose: a test's book needs no more, and the machine has other work. */
const SUBMIT = [
  "--master local[2]",
  "--driver-memory 1g",
  "--conf spark.ui.enabled=false",
  "--conf spark.driver.host=127.0.0.1",
  "--conf spark.driver.bindAddress=127.0.0.1",
  "--conf spark.sql.shuffle.partitions=2",
  // Of so few rows most of the time goes into planning and compiling.
  "--conf spark.sql.adaptive.enabled=false",
  "--conf spark.sql.codegen.wholeStage=false",
  "pyspark-shell",
].join(" ");

/** Builds a book's gold in both engines and compares every column but the run's name. */
export async function compareEngines(book: TestBook, python: string): Promise<Parity> {
  const embeddedFrom = performance.now();
  await book.build();
  const embeddedMs = performance.now() - embeddedFrom;
  const folder = await mkdtemp(join(book.dir, "spark-"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(glueManifest(await book.ledger.active())));
  const sparkFrom = performance.now();
  const asOf = await runJob(python, folder, join(book.dir, "lake"));
  const sparkMs = performance.now() - sparkFrom;
  const engine = await openEngine(join(folder, "reader"));
  try {
    const { tables, asOf: embedded } = await book.manifest();
    const compared: Compared[] = [];
    for (const table of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      await registerFiles(engine, book.lake, "embedded", tables[table]);
      const files = quote(join(folder, "gold", table, RUN_ID, "*.parquet"));
      await engine.run(`create or replace view spark as select * from read_parquet(${files})`);
      compared.push(await compareTable(engine, table));
    }
    return { tables: compared, asOf: { embedded, spark: asOf }, embeddedMs, sparkMs };
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the last session that the job found. */
async function runJob(python: string, folder: string, lake: string): Promise<string | null> {
  const args = [
    "--manifest",
    join(folder, "manifest.json"),
    "--lake",
    lake,
    "--output",
    join(folder, "gold"),
  ];
  const job = spawn(
    python,
    [join(JOB_FOLDER, "job.py"), ...args, "--run-id", RUN_ID, "--today", TODAY, "--JOB_NAME", "parity"],
    {
      cwd: folder,
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
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let told = "";
  job.stdout.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  let said = "";
  job.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-20_000);
  });
  const [code] = (await once(job, "close")) as [number | null];
  if (code !== 0) throw new Error(`the Spark job ended with ${code}:\n${said}`);
  const { asOf } = JSON.parse(told) as { readonly asOf: string | null };
  return asOf;
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
export function parityTable(name: string, { tables, embeddedMs, sparkMs }: Parity): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const lines = tables.map(
    ({ table, rows, columns, differences }) =>
      `  ${table.padEnd(16)} ${String(rows).padStart(8)} rows ${String(columns).padStart(3)} columns ${String(differences).padStart(6)} differences`,
  );
  return [`${name}: embedded ${seconds(embeddedMs)}, Spark ${seconds(sparkMs)}`, ...lines].join("\n");
}
