/**
 * How fast reports on clients are made, against drawing their pictures alone: `node test/bench/statements.ts [reports=60]`.
 * Both in this process and in turn, by the same pool of threads: once the pictures as chats get them, once as the reports print
 * them (without an alpha channel, which takes less work), then the reports whole: figures, words, pictures, layout.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeSheet } from "../../reports/statement/compose.ts";
import type { SheetChart } from "../../reports/statement/sheet.ts";
import { readConfig } from "../../src/config.ts";
import { type Book, openBook } from "../../src/main/book.ts";
import { run } from "../../src/main/cli.ts";
import { createShell } from "../../src/main/shell.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import type { ChartSpec } from "../../src/messages/message.ts";
import type { Period } from "../../src/questions/question.ts";

const CLIENTS = 60;
const ROUNDS = 3;
/** Reports under way at once: enough to keep both cores busy, few enough to keep every queue short. */
const AT_ONCE = 6;
/** Of the time of drawing alone: what making the reports must at least reach. */
const SHARE_WANTED = 0.7;
const ISSUER = { broker: "corretor1", intermediary: "Corretora Exemplo", ombudsman: "0800 000 0000" };
const NOW = new Date("2026-11-25T15:00:00Z");
/** The whole year for every second client, so that long tables are among them. */
const PERIODS: readonly Period[] = [
  { kind: "range", from: "2026-10-01", to: "2026-10-31" },
  { kind: "range", from: "2026-01-01", to: "2026-10-31" },
];

interface Job {
  readonly client: string;
  readonly period: Period;
}

interface Spent {
  readonly wallMs: number;
  /** Of all threads: what other programs take of the machine does not count. */
  readonly cpuMs: number;
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<Spent> {
  const start = performance.now();
  const before = process.cpuUsage();
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

async function chartsOf(book: Book, jobs: readonly Job[]): Promise<readonly ChartSpec[]> {
  const brokers = await book.answers.brokers();
  const charts: ChartSpec[] = [];
  for (const job of jobs) {
    const data = await book.answers.statement(job, brokers, new Date("2026-10-31T20:00:00Z"));
    if (data === null) throw new Error(`no client ${job.client}`);
    const { blocks } = composeSheet(data, { issuer: ISSUER, madeAt: NOW, language: "pt" });
    charts.push(
      ...blocks.filter((block): block is SheetChart => block.kind === "chart").map(({ chart }) => chart),
    );
  }
  return charts;
}

async function measure(book: Book, reports: number): Promise<boolean> {
  const brokers = await book.answers.brokers();
  const { clients } = await book.answers.lexicon(brokers);
  const jobs = Array.from({ length: reports }, (_, place): Job => {
    const period = PERIODS[place % PERIODS.length];
    const client = clients[place % clients.length];
    if (period === undefined || client === undefined) throw new Error("nothing to report on");
    return { client: client.id, period };
  });
  const charts = await chartsOf(book, jobs);
  const { draw } = book.pictures;
  const make = ({ client, period }: Job) =>
    book.statements.make({ client, period, brokers, language: "pt", at: null });
  await Promise.all([inTurn(charts.slice(0, 20), (chart) => draw(chart)), inTurn(jobs.slice(0, 12), make)]);
  const ratios: number[] = [];
  console.log(`${jobs.length} reports with ${charts.length} pictures, ${ROUNDS} rounds`);
  for (let round = 0; round < ROUNDS; round++) {
    const usual = await inTurn(charts, (chart) => draw(chart));
    const printed = await inTurn(charts, (chart) => draw(chart, { theme: "light", opaque: true }));
    const made = await inTurn(jobs, make);
    ratios.push(usual.wallMs / made.wallMs);
    const each = ({ wallMs, cpuMs }: Spent) =>
      `${(wallMs / jobs.length).toFixed(1)} ms (${(cpuMs / jobs.length).toFixed(1)} of CPU)`;
    const share = (drawn: Spent) =>
      `${((100 * drawn.wallMs) / made.wallMs).toFixed(0)}% (${((100 * drawn.cpuMs) / made.cpuMs).toFixed(0)}% by CPU)`;
    console.log(
      `a report: pictures as in chats ${each(usual)}, as printed ${each(printed)}, made whole ${each(made)}; ` +
        `share of drawing ${share(usual)}, of drawing as printed ${share(printed)}`,
    );
  }
  const median = ratios.toSorted((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(`median share of drawing: ${(100 * median).toFixed(0)}% (wanted: ${100 * SHARE_WANTED}%)`);
  return median >= SHARE_WANTED;
}

const reports = Number(process.argv[2] ?? 60);
const folder = await mkdtemp(join(tmpdir(), "carteira-bench-"));
const silent = { write: () => true };
const io = {
  ...{ stdout: silent, stderr: silent, environment: {}, workingFolder: folder },
  ...{ now: () => NOW, stop: new AbortController().signal },
};
const home = join(folder, "home");
if ((await run(["demo", "--clients", String(CLIENTS), "--home", home], io)) !== 0) throw new Error("no demo");
const config = readConfig({ CARTEIRA_HOME: home }, folder);
const shell = createShell(io, { config, words: wordsOf("pt"), language: "pt" });
try {
  process.exitCode = (await measure(await openBook(shell), reports)) ? 0 : 1;
} finally {
  await shell.close();
  await rm(folder, { recursive: true, force: true });
}
