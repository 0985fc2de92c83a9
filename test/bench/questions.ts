/**
 * What each kind of question asks of Athena, and what it costs there: `node test/bench/questions.ts [clients=100]`. A broker with 20
 * of a demo's clients asks; the second time round is counted, when the names of clients and the levels of the indexes are known, and the
 * first time told apart. Bytes are those of the Parquet column chunks in the files of the run; Athena may skip row groups.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIGEST_SECTIONS } from "../../reports/digest/digest.ts";
import { readConfig } from "../../src/config.ts";
import { type Book, openBook } from "../../src/main/book.ts";
import { run } from "../../src/main/cli.ts";
import { digestsOf } from "../../src/main/digests.ts";
import { createShell, type Io } from "../../src/main/shell.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import { CATALOGUE } from "../../src/warehouse/catalogue.ts";
import { openDuckDbWarehouse } from "../../src/warehouse/duckdb.ts";
import { layerOf } from "../../src/warehouse/layers.ts";
import type { CatalogueQuery, Param, Snapshot, Warehouse } from "../../src/warehouse/warehouse.ts";
import { openScanner, type Scanned, type Scanner } from "./scanned.testing.ts";

const BROKER = "corretor20";
const CLIENTS_OF_BROKER = 20;
/** Athena bills each query as at least this much. */
const BILLED_MIN_BYTES = 10e6;
const USD_PER_TB = 5;
const TB = 1e12;
const MB = 1e6;

const QUESTIONS = [
  ["portfolio", "/carteira cliente123"],
  ["portfolio, past day", "/carteira cliente123", "2026-06-30T22:00:00.000Z"],
  ["holding", "/carteira cliente123 PETR4"],
  ["allocation", "alocação do cliente123"],
  ["performance", "como foi a carteira do cliente123 em 12 meses contra o CDI?"],
  ["movers, client", "o que mais subiu na carteira do cliente123 hoje?"],
  ["movers, book", "o que mais subiu hoje?"],
  ["history", "histórico do cliente123"],
  ["income", "proventos do cliente123 no ano"],
  ["ranking", "ranking dos meus clientes no ano"],
  ["ranking, odd period", "ranking dos meus clientes de 10/03/2026 a 17/06/2026"],
  ["holders", "quem tem PETR4?"],
  ["aum", "quanto tenho sob custódia?"],
  ["risk", "risco do cliente123"],
  ["quote", "cotação PETR4"],
  ["clients", "meus clientes"],
] as const satisfies readonly (readonly [string, string, string?])[];

/** What is asked once a minute while a market is open, for the owners of alerts together. */
function watching(snapshot: Snapshot): readonly (readonly [CatalogueQuery, Asked["params"]])[] {
  const day: Param = { type: "day", value: snapshot.asOf ?? "" };
  const scope = { brokers: { type: "texts", value: [BROKER] }, as_of: day } as const;
  const points = { points: { type: "count", value: 500 } } as const;
  const { brokers } = scope;
  return [
    [CATALOGUE.watchQuotes, {}],
    [CATALOGUE.watchHeld, { brokers }],
    [CATALOGUE.watchClients, { ...scope, day, stale: { type: "texts", value: [] } }],
    [CATALOGUE.watchWeights, { ...scope, ...points }],
    [CATALOGUE.watchGains, { ...scope, ...points }],
    [CATALOGUE.watchMaturities, { brokers, from: day, to: day }],
    [CATALOGUE.watchHolders, { ...scope, assets: { type: "texts", value: ["PETR4"] } }],
  ];
}

const WHOSE: CatalogueQuery = {
  name: "whose",
  sql: `SELECT client_id, name, profile, base_currency, controls_cash FROM {clients}
ORDER BY CASE WHEN client_id = 'cliente123' THEN 0 ELSE 1 END, client_id LIMIT ${CLIENTS_OF_BROKER}`,
};

interface Asked {
  readonly snapshot: Snapshot;
  readonly query: CatalogueQuery;
  readonly params: Readonly<Record<string, Param>>;
}

/** DuckDB, and all that it was asked. */
function listening(warehouse: Warehouse, asked: Asked[]): Warehouse {
  return {
    current: () => warehouse.current(),
    run(snapshot, query, params) {
      asked.push({ snapshot, query, params });
      return warehouse.run(snapshot, query, params);
    },
    close: () => warehouse.close(),
  };
}

async function main(): Promise<void> {
  const clients = Number(process.argv[2] ?? "100");
  const folder = await mkdtemp(join(tmpdir(), "carteira-bench-questions-"));
  const io: Io = {
    stdout: { write: () => true },
    stderr: process.stderr,
    environment: {},
    workingFolder: folder,
    now: () => new Date(),
    stop: new AbortController().signal,
  };
  const home = join(folder, "home");
  const carteira = async (...argv: readonly string[]) => {
    const code = await run([...argv, "--home", home], io);
    if (code !== 0) throw new Error(`${argv[0]} ended with ${code}`);
  };
  const shellOf = () =>
    createShell(io, {
      config: readConfig({ CARTEIRA_HOME: home }, folder),
      words: wordsOf("pt"),
      language: undefined,
    });
  await carteira("demo", "--clients", String(clients));
  const file = join(folder, "clientes.csv");
  const first = shellOf();
  await writeFile(file, await clientsFile((await openBook(first)).warehouse));
  await first.close();
  await carteira("ingest", file, "--as", "admin");
  const asked: Asked[] = [];
  const shell = shellOf();
  try {
    const book = await openBook(shell, undefined, async (lake) =>
      listening(await openDuckDbWarehouse(lake), asked),
    );
    const snapshot = await book.warehouse.current();
    if (snapshot === null) throw new Error("nothing is published");
    const scanner = await openScanner(book.lake, snapshot);
    await report({ book, scanner, asked, shell, clients });
    scanner.close();
  } finally {
    await shell.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The clients who become the broker's, as a file that changes nothing else about them. */
async function clientsFile(warehouse: Warehouse): Promise<string> {
  const snapshot = await warehouse.current();
  if (snapshot === null) throw new Error("nothing is published");
  const rows = await warehouse.run(snapshot, WHOSE, {});
  const lines = rows.map((row) =>
    [
      row["client_id"],
      row["name"],
      BROKER,
      row["profile"] ?? "",
      row["base_currency"],
      row["controls_cash"] === true ? "sim" : "nao",
    ].join(";"),
  );
  return `${["cliente;nome;corretor;perfil;moeda_base;controla_caixa", ...lines].join("\n")}\n`;
}

interface Bench {
  readonly book: Book;
  readonly scanner: Scanner;
  readonly asked: Asked[];
  readonly shell: ReturnType<typeof createShell>;
  readonly clients: number;
}

async function report(bench: Bench): Promise<void> {
  const { book, shell, clients } = bench;
  const tell = (text: string, at?: string) => async () => {
    const talk = crypto.randomUUID();
    const reply = await book.conversation.say({
      eventId: talk,
      who: BROKER,
      place: talk,
      text,
      takesFiles: false,
      ...(at === undefined ? {} : { at }),
    });
    if (reply?.answer == null) throw new Error(`no answer to "${text}": ${reply?.message.text}`);
  };
  const digest = async () => {
    const composed = await digestsOf(book, shell).compose({
      brokers: [BROKER],
      owner: BROKER,
      language: "pt",
      sections: DIGEST_SECTIONS,
      moment: "now",
      at: null,
      client: null,
    });
    if (composed === null) throw new Error("no digest");
  };
  const works = [
    ...QUESTIONS.map(([name, text, at]) => [name, tell(text, at)] as const),
    ["digest", digest] as const,
  ];
  const before = await askedBy(bench, works[0]?.[1] ?? digest);
  for (const [, work] of works) await work();
  console.log(
    `${clients} clients; a broker with ${CLIENTS_OF_BROKER} of them; US$ ${USD_PER_TB} per TB, at least 10 MB a query`,
  );
  console.log(
    "queries: all, and those that Redshift takes over where there is one. MB: of all row groups, and of those that may hold the client.",
  );
  console.log(
    line("question", "queries", "batch", "MB", "MB of client", "US$/1,000", "with Redshift", "tables"),
  );
  for (const [name, work] of works) console.log(rowOf(name, await askedBy(bench, work)));
  const watch = async () => {
    const snapshot = await book.warehouse.current();
    if (snapshot === null) return;
    for (const [query, params] of watching(snapshot)) await book.warehouse.run(snapshot, query, params);
  };
  console.log(rowOf("alerts, each minute", await askedBy(bench, watch)));
  console.log(rowOf("the very first portfolio", before));
  for (const scanned of before) console.log(`  ${scanned.query.name}: ${(scanned.bytes / MB).toFixed(2)} MB`);
}

type Counted = Scanned & { readonly query: CatalogueQuery };

/** What is asked of Athena by some work; equal queries are one. */
async function askedBy({ asked, scanner }: Bench, work: () => Promise<void>): Promise<readonly Counted[]> {
  asked.length = 0;
  await work();
  const counted = new Map<string, Counted>();
  for (const { snapshot, query, params } of asked.splice(0)) {
    const scanned = await scanner.look(snapshot, query, params);
    counted.set(scanned.sql, { ...scanned, query });
  }
  return [...counted.values()];
}

function rowOf(name: string, counted: readonly Counted[]): string {
  const speed = counted.filter(({ query }) => layerOf(query) === "speed");
  const mb = (of: (one: Counted) => number) =>
    (counted.reduce((sum, one) => sum + of(one), 0) / MB).toFixed(2);
  const tables = new Set(counted.flatMap(({ scans }) => scans.map(({ table }) => table)));
  return line(
    name,
    String(counted.length),
    String(counted.length - speed.length),
    mb(({ bytes }) => bytes),
    mb(({ bytesOfClient }) => bytesOfClient),
    usdPerThousand(counted),
    usdPerThousand(speed),
    [...tables].sort().join(" "),
  );
}

function usdPerThousand(counted: readonly Counted[]): string {
  const billed = counted.reduce((sum, { bytes }) => sum + Math.max(BILLED_MIN_BYTES, bytes), 0);
  return ((billed / TB) * USD_PER_TB * 1_000).toFixed(3);
}

function line(name: string, ...cells: readonly string[]): string {
  const last = cells.at(-1) ?? "";
  return [name.padEnd(26), ...cells.slice(0, -1).map((cell) => cell.padStart(13)), ` ${last}`].join(" ");
}

await main();
