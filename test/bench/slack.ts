/**
 * How fast Slack's commands are acknowledged while answers are worked out and charts are drawn:
 * `node test/bench/slack.ts [perSecond=200] [seconds=10]`.
 * The load comes from a thread of its own. Beside it, in the same process and at the same moments, the bare handler of Bolt: it
 * acknowledges and does nothing, so that the ratio says what the channel adds to it under the same background load.
 */
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { FakeSlack } from "../../bots/slack/fake-slack.testing.ts";
import { createSlack } from "../../bots/slack/slack.ts";
import { ChartPool } from "../../src/charts/pool.ts";
import { readConfig } from "../../src/config.ts";
import { openBook } from "../../src/main/book.ts";
import { run } from "../../src/main/cli.ts";
import { createShell } from "../../src/main/shell.ts";
import { wordsOf } from "../../src/main/words/words.ts";

const SECRET = "a-secret-of-the-bench";
const USERS = 400;
const CLIENTS = 60;
/** One bare command for so many of ours. */
const BARE_ONE_IN = 4;

interface Load {
  readonly ours: number;
  readonly bare: number;
  readonly perSecond: number;
  readonly seconds: number;
}

interface Measured {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
  readonly failed: number;
}

/** The thread that sends: one command after the other at its moment, whatever became of those before. */
async function send({ ours, bare, perSecond, seconds }: Load): Promise<Measured> {
  const measured = { ours: [] as number[], bare: [] as number[], failed: 0 };
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = start + (n * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    pending.push(command(ours, n, measured.ours, () => measured.failed++));
    if (n % BARE_ONE_IN === 0) pending.push(command(bare, n, measured.bare, () => measured.failed++));
  }
  await Promise.all(pending);
  return measured;
}

async function command(port: number, n: number, times: number[], onFailure: () => void): Promise<void> {
  const body = new URLSearchParams({
    command: "/carteira",
    text: "cliente123",
    team_id: "T1",
    user_id: `U${n % USERS}`,
    channel_id: "C1",
    trigger_id: `${port}-${n}`,
    response_url: `${workerData.responses}/response/${n}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  const at = performance.now();
  try {
    const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
      },
      body,
    });
    await response.arrayBuffer();
    if (response.status === 200) times.push(performance.now() - at);
    else onFailure();
  } catch {
    onFailure();
  }
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function startBare(): Promise<{ port: number; app: App }> {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, port: 0, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: "xoxb-none" }),
    logLevel: LogLevel.ERROR,
  });
  app.command("/carteira", async ({ ack }) => await ack());
  const server = await app.start();
  const address = "address" in server ? server.address() : null;
  return { port: typeof address === "object" && address !== null ? address.port : 0, app };
}

async function main(): Promise<void> {
  const [, , first = "200", second = "10"] = process.argv;
  const folder = await mkdtemp(join(tmpdir(), "carteira-bench-slack-"));
  const home = join(folder, "home");
  const io = {
    stdout: { write: () => true },
    stderr: { write: () => true },
    environment: {},
    workingFolder: folder,
    now: () => new Date(),
    stop: new AbortController().signal,
  };
  await run(["demo", "--clients", String(CLIENTS), "--home", home], io);
  const config = readConfig({ CARTEIRA_HOME: home, CARTEIRA_TURNS_PER_MINUTE: "1000" }, folder);
  const shell = createShell(io, { config, words: wordsOf("pt"), language: "pt" });
  const book = await openBook(shell);
  await book.state.people.save([
    {
      person: { id: "ana", name: "Ana", role: "broker", brokers: ["corretor1"], language: "pt" },
      links: Array.from({ length: USERS }, (_, n) => `slack:T1:U${n}`),
    },
  ]);
  const fake = await FakeSlack.open();
  const pictures = new ChartPool();
  const slack = createSlack(
    {
      conversation: book.conversation,
      draw: pictures.draw,
      logger: { error: () => {} },
      now: () => new Date(),
      claim: (id) => book.state.events.claim(id),
    },
    {
      botToken: fake.token,
      mode: { kind: "http", signingSecret: SECRET, port: 0 },
      apiUrl: fake.apiUrl,
      language: "pt",
      paceMs: 0,
    },
  );
  const { port } = await slack.start();
  const bare = await startBare();
  const workerInput = {
    ours: port ?? 0,
    bare: bare.port,
    perSecond: Number(first),
    seconds: Number(second),
    responses: fake.origin,
  };
  const measured = await new Promise<Measured>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: workerInput });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  const answered = fake.responses.length;
  const show = (name: string, times: readonly number[]): void =>
    console.log(
      `  ${name}: ${times.length} acknowledged, p50 ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms`,
    );
  console.log(`${first} commands a second for ${second} s, ${CLIENTS} clients, charts in threads`);
  show("ours", measured.ours);
  show("bare Bolt", measured.bare);
  console.log(
    `  ratio: p50 ${(at(measured.ours, 0.5) / at(measured.bare, 0.5)).toFixed(2)}, p99 ${(at(measured.ours, 0.99) / at(measured.bare, 0.99)).toFixed(2)}; failed ${measured.failed}; answers sent meanwhile ${answered}`,
  );
  // What still waits to be answered is not measured.
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

if (isMainThread) await main();
else parentPort?.postMessage(await send(workerData as Load));
