/**
 * How long a digest takes against the bare queries that it is made of: `node test/bench/digest.ts [clients=100,10000] [rounds=5]`.
 * One broker has all of a demo's clients. Both are timed in turn in one process over one warehouse, both warm; the bare queries run at once, as
 * the digest runs them, and their rows are only counted. The charts are drawn once at the end, one after the other.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIGEST_SECTIONS } from "../../reports/digest/digest.ts";
import { picturesOf } from "../../reports/digest/pictures.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { readConfig } from "../../src/config.ts";
import { type Book, openBook } from "../../src/main/book.ts";
import { run } from "../../src/main/cli.ts";
import { digestsOf } from "../../src/main/digests.ts";
import { createShell } from "../../src/main/shell.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import { periodBases } from "../../src/market/periods.ts";
import { addDays, dayIn, startOfMonth } from "../../src/money/day.ts";
import { CATALOGUE } from "../../src/warehouse/catalogue.ts";
import type { CatalogueQuery, Param } from "../../src/warehouse/warehouse.ts";

const middle = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The queries of a digest of a whole book, with its parameters. */
async function bareQueries(
  { warehouse }: Book,
  brokers: readonly string[],
): Promise<readonly { readonly name: string; readonly run: () => Promise<number> }[]> {
  const snapshot = await warehouse.current();
  if (snapshot?.asOf == null) throw new Error("the demo is not published");
  const today = dayIn(new Date());
  const day = (value: string): Param => ({ type: "day", value });
  const days = (from: string, to: string) => ({ from: day(from), to: day(to) });
  const asOf = { as_of: day(snapshot.asOf) };
  const queries: readonly (readonly [CatalogueQuery, Readonly<Record<string, Param>>])[] = [
    [CATALOGUE.bookInstruments, asOf],
    [CATALOGUE.bookClientMoves, { ...asOf, limit: { type: "count", value: 10 } }],
    [CATALOGUE.bookDays, days(periodBases(snapshot.asOf).ytd, snapshot.asOf)],
    [CATALOGUE.bookCredits, days(startOfMonth(today), today)],
    [CATALOGUE.bookAnnounced, days(addDays(today, -60), addDays(today, 30))],
    [CATALOGUE.bookMaturities, { ...asOf, ...days(today, addDays(today, 30)) }],
    [CATALOGUE.bookFindings, {}],
  ];
  const scope: Param = { type: "texts", value: brokers };
  return queries.map(([query, params]) => ({
    name: query.name,
    run: async () => (await warehouse.run(snapshot, query, { ...params, brokers: scope })).length,
  }));
}

async function bench(clients: number, rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "carteira-bench-digest-"));
  const home = join(folder, "home");
  const io = {
    stdout: { write: () => true },
    stderr: { write: () => true },
    environment: {},
    workingFolder: folder,
    now: () => new Date(),
    stop: new AbortController().signal,
  };
  await run(["demo", "--clients", String(clients), "--home", home], io);
  const config = readConfig({ CARTEIRA_HOME: home }, folder);
  const shell = createShell(io, { config, words: wordsOf("pt"), language: "pt" });
  const book = await openBook(shell);
  const brokers = await book.answers.brokers();
  const digests = digestsOf(book, shell);
  const compose = () =>
    digests.compose({
      brokers,
      language: "pt",
      sections: DIGEST_SECTIONS,
      moment: "after_close",
      at: null,
      client: null,
    });
  const queries = await bareQueries(book, brokers);
  const bare = () => Promise.all(queries.map((query) => query.run()));
  const counted = await bare();
  const digest = await compose();
  const times = { bare: [] as number[], digest: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(await timed(bare));
    times.digest.push(await timed(compose));
  }
  const alone: string[] = [];
  for (const query of queries) alone.push(`${query.name} ${(await timed(query.run)).toFixed(0)} ms`);
  const drawMs = await timed(() => picturesOf(digest?.messages ?? [], drawChart));
  const charts =
    digest?.messages.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "chart")) ?? [];
  console.log(`${clients} clients, ${rounds} rounds in turn; ${counted.reduce((a, b) => a + b)} rows`);
  console.log(`  bare queries: ${middle(times.bare).toFixed(0)} ms`);
  console.log(`  one after the other: ${alone.join(", ")}`);
  console.log(
    `  digest: ${middle(times.digest).toFixed(0)} ms, ${(middle(times.digest) / middle(times.bare)).toFixed(2)} times`,
  );
  console.log(`  ${charts.length} charts in two themes: ${drawMs.toFixed(0)} ms`);
  await shell.close();
  await rm(folder, { recursive: true, force: true });
}

const [, , sizes = "100,10000", rounds = "5"] = process.argv;
for (const clients of sizes.split(",")) await bench(Number(clients), Number(rounds));
