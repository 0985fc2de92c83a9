/**
 * From CSV to position_spans and portfolio_daily, beside bare DuckDB on the same file in the same run:
 * `node test/bench/pipeline.ts [rows=1000000] [clients=20000]`.
 * Bare DuckDB reads the CSV with given types, writes Parquet and aggregates positions: no checks, no average cost.
 */
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { buildGold } from "../../pipeline/gold/build.ts";
import { ingestFiles } from "../../pipeline/ingest.ts";
import { openDiskLake } from "../../src/lake/disk.ts";
import { openState } from "../../src/state/index.ts";

interface Measure {
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMb: number;
  readonly counts: Readonly<Record<string, number>>;
}

const [, , first = "1000000", second = "20000", role, folder = ""] = process.argv;
const rows = Number(first);
const clients = Number(second);

/** Operations, prices and clients in the product's own CSV contracts; deterministic. */
async function generate(dir: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const client = `'C' || lpad((hash(i) % ${clients})::varchar, 6, '0')`;
  const asset = `'T' || chr((65 + (hash(i * 7) % 5))::int) || chr((65 + (hash(i * 31) % 10))::int) || 'A' || (3 + hash(i * 31) % 2)::varchar`;
  const amount = (expression: string): string => `replace(printf('%.2f', ${expression}), '.', ',')`;
  await connection.run(`copy (
    select ${client} as cliente, strftime(date '2024-11-25' + (hash(i * 17) % 720)::int, '%d/%m/%Y') as data,
           case when hash(i * 13) % 10 < 7 then 'compra' else 'venda' end as tipo, ${asset} as ativo,
           (hash(i * 11) % 500 + 1)::int as quantidade, ${amount("5 + (hash(i * 5) % 19500) / 100.0")} as preco, 'BRL' as moeda,
           ${amount("(hash(i * 3) % 900) / 100.0")} as taxas
    from range(${rows}) t(i)) to '${dir}/operacoes.csv' (header, delimiter ';')`);
  await connection.run(`copy (select 'C' || lpad(i::varchar, 6, '0') as cliente, 'Cliente ' || i as nome, 'corretor1' as corretor
    from range(${clients}) t(i)) to '${dir}/clientes.csv' (header, delimiter ';')`);
  await connection.run(`copy (
    select strftime(date '2024-11-25' + d::int, '%d/%m/%Y') as data, 'T' || chr((65 + a)::int) || chr((65 + b)::int) || 'A' || c as ativo,
           ${amount("20 + (hash(a * 1000 + b * 100 + c * 7 + d) % 3000) / 100.0")} as preco, 'BRL' as moeda
    from range(729) t(d), range(5) x(a), range(10) y(b), range(3, 5) z(c)
    where dayofweek(date '2024-11-25' + d::int) between 1 and 5) to '${dir}/precos.csv' (header, delimiter ';')`);
  connection.closeSync();
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function bare(dir: string): Promise<Measure> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const start = performance.now();
  await connection.run(`copy (
    select * from read_csv('${dir}/operacoes.csv', header = true, delim = ';', dateformat = '%d/%m/%Y', decimal_separator = ',', auto_detect = false, columns = {
      cliente: 'varchar', data: 'date', tipo: 'varchar', ativo: 'varchar', quantidade: 'decimal(18,8)', preco: 'decimal(18,8)', moeda: 'varchar', taxas: 'decimal(18,8)'})
    ) to '${dir}/bare.parquet' (format parquet, compression zstd)`);
  await connection.run(`copy (
    select cliente, ativo, sum(case tipo when 'compra' then quantidade else -quantidade end) as quantidade,
           sum(case tipo when 'compra' then cast(quantidade as decimal(38,8)) * preco + taxas end) as custo
    from '${dir}/bare.parquet' group by 1, 2 order by 1, 2) to '${dir}/bare-positions.parquet' (format parquet, compression zstd)`);
  return { seconds: { total: (performance.now() - start) / 1000 }, peakMb: peakMb(), counts: {} };
}

async function ours(dir: string): Promise<Measure> {
  const home = join(dir, "home");
  const lake = await openDiskLake(join(home, "lake"));
  const state = await openState(join(home, "state.sqlite"));
  const now = (): Date => new Date("2026-11-23T21:00:00Z");
  const seconds: Record<string, number> = {};
  const counts: Record<string, number> = {};
  const request = {
    userId: "admin",
    admin: true,
    brokers: "all",
    clientId: null,
    kind: null,
    replaces: null,
    language: "pt",
  } as const;
  const ingest = async (names: readonly string[]): Promise<void> => {
    const files = names.map((fileName) => ({ fileName, body: createReadStream(join(dir, fileName)) }));
    const results = await ingestFiles(
      { lake, ledger: state.uploads, scratchDir: dir, now },
      { ...request, files },
      () => {},
    );
    for (const result of results) counts[`loaded ${result.upload.fileName}`] = result.counts.loaded;
  };
  await ingest(["clientes.csv", "precos.csv"]);
  let start = performance.now();
  const lap = (name: string): void => {
    seconds[name] = (performance.now() - start) / 1000;
    start = performance.now();
  };
  await ingest(["operacoes.csv"]);
  lap("csv to silver");
  let folded = 0;
  let daily = 0;
  const { runId } = await buildGold(
    { lake, scratchDir: dir, now },
    { uploads: await state.uploads.active(), demo: false },
    (step) => {
      if (step === "spans") folded = performance.now();
      if (step === "daily") daily = performance.now();
    },
  );
  seconds["silver to position_spans"] = (folded - start) / 1000;
  seconds["portfolio_daily"] = (daily - folded) / 1000;
  seconds["gold in all"] = (performance.now() - start) / 1000;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(
    `select (select count(*) from read_parquet('${home}/lake/gold/position_spans/${runId}.parquet')) as spans,
            (select count(*) from read_parquet('${home}/lake/gold/portfolio_daily/${runId}-*.parquet')) as daily,
            (select sum(date_diff('day', valid_from, least(valid_to, date '2026-11-23'))) * 5 // 7 from read_parquet('${home}/lake/gold/position_spans/${runId}.parquet') where quantity <> 0) as days`,
  );
  const [row] = reader.getRowObjects();
  counts["position_spans"] = Number(row?.["spans"]);
  counts["portfolio_daily"] = Number(row?.["daily"]);
  // Sessions that positions are held, at five in seven days.
  counts["position_days"] = Number(row?.["days"]);
  await state.close();
  return { seconds, peakMb: peakMb(), counts };
}

function child(name: string, dir: string): Measure {
  const self = fileURLToPath(import.meta.url);
  const output = execFileSync(process.execPath, [self, first, second, name, dir], {
    encoding: "utf8",
    maxBuffer: 1e7,
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Measure;
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "carteira-bench-"));
  try {
    await generate(dir);
    const size = (await stat(join(dir, "operacoes.csv"))).size / 1e6;
    console.log(`${rows} operations of ${clients} clients, ${size.toFixed(0)} MB of CSV`);
    const reference = [child("bare", dir), child("bare", dir), child("bare", dir)].sort(
      (a, b) => Number(a.seconds["total"]) - Number(b.seconds["total"]),
    )[1];
    const measured = child("ours", dir);
    const bareSeconds = Number(reference?.seconds["total"]);
    console.log(
      `bare DuckDB, CSV -> typed Parquet + position aggregate (median of 3): ${bareSeconds.toFixed(2)} s, peak ${reference?.peakMb} MB`,
    );
    for (const [step, value] of Object.entries(measured.seconds))
      console.log(`  ${step}: ${value.toFixed(2)} s`);
    for (const [name, count] of Object.entries(measured.counts)) console.log(`  ${name}: ${count} rows`);
    const perSecond = Number(measured.counts["position_days"]) / Number(measured.seconds["portfolio_daily"]);
    console.log(`portfolio_daily: ${(perSecond / 1e6).toFixed(1)} million position-days a second`);
    const spans =
      Number(measured.seconds["csv to silver"]) + Number(measured.seconds["silver to position_spans"]);
    console.log(
      `CSV -> position_spans: ${spans.toFixed(2)} s, peak ${measured.peakMb} MB, ratio to bare DuckDB ${(spans / bareSeconds).toFixed(1)}`,
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

if (role === "bare") console.log(JSON.stringify(await bare(folder)));
else if (role === "ours") console.log(JSON.stringify(await ours(folder)));
else await main();
