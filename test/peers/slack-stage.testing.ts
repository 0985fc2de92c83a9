import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createWebServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { createSlack } from "../../bots/slack/slack.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { readConfig } from "../../src/config.ts";
import { openBook } from "../../src/main/book.ts";
import { createShell } from "../../src/main/shell.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import { type Program, start, startProgram } from "./service.testing.ts";
import { BROWSER_FLAGS } from "./stage.testing.ts";

const LAUNCH_TIMEOUT_MS = 60_000;
const WAIT_MS = 20_000;
const SECRET = "signing-secret-of-the-peer";
const APP = { appId: "A01CARTEIRA", botUserId: "U0CARTEIRA", botToken: "xoxb-peer", appToken: "xapp-peer" };
const MARIA = "U01MARIA";
const CONFIG = "slack.json";
/** `cliente123` and two more are of `corretor1`. */
const CLIENTS = 6;

/** The channel over a demo's book, an independent Slack, and its page with Maria before it. */
export interface SlackStage {
  readonly page: Page;
  readonly url: string;
  /** The address of the peer's Web API. */
  readonly apiUrl: string;
  readonly errors: readonly string[];
  control(path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
  log(): Promise<string>;
  /** Ends the peer and starts it again at the same address: all that was said there is gone, and so is the socket. */
  restartPeer(): Promise<void>;
  /** Ends the peer; what answers at its address from then on says that no token is any good. */
  revoke(): Promise<void>;
  /** Saves a picture of the page and gives its path. */
  picture(name: string): Promise<string>;
  close(): Promise<void>;
}

export async function openSlackStage(mode: "http" | "socket"): Promise<SlackStage> {
  const program = needed("CARTEIRA_LOCAL_SLACK");
  const folder = await mkdtemp(join(tmpdir(), "carteira-slack-peer-"));
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const home = join(folder, "home");
    const demo = start(["demo", "--clients", String(CLIENTS), "--home", home], folder);
    closing.push(demo.stop);
    await demo.until(/Demonstração pronta/);
    await demo.stop();

    const port = await freePort();
    const peerPort = await freePort();
    await writeFile(join(folder, CONFIG), JSON.stringify(configOf(mode, port)));
    let peer = await startPeer(program, folder, peerPort);
    closing.push(() => peer.stop());
    const url = `http://127.0.0.1:${peerPort}`;
    const errors = await startChannel({ home, mode, port, apiUrl: `${url}/api/` }, closing);
    const browser = await chromium.launch({
      executablePath: needed("CARTEIRA_CHROMIUM"),
      args: BROWSER_FLAGS,
      timeout: LAUNCH_TIMEOUT_MS,
    });
    closing.push(() => browser.close());
    const restartPeer = async () => {
      await peer.stop();
      peer = await startPeer(program, folder, peerPort);
    };
    const revoke = async () => {
      await peer.stop();
      closing.push(await refuseAt(peerPort));
    };
    return { ...(await visit(browser, url, folder)), errors, restartPeer, revoke, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function needed(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error("run these tests with: npm run test:peers");
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A Web API that takes no token. Gives what ends it. */
async function refuseAt(port: number): Promise<() => Promise<void>> {
  const server = createWebServer((_, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ ok: false, error: "invalid_auth" }));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function startPeer(program: string, folder: string, port: number): Promise<Program> {
  const args = [program, "--config", CONFIG, "--port", String(port), "--base-host", "127.0.0.1"];
  const running = startProgram(args, folder, { HOME: folder });
  await running.until(/http:\/\/127\.0\.0\.1:\d+/);
  return running;
}

/** A workspace of Maria and the app, who meet in one channel. */
function configOf(mode: "http" | "socket", port: number) {
  const events =
    mode === "http"
      ? { mode: "events", requestUrl: `http://127.0.0.1:${port}/slack/events` }
      : { mode: "socket" };
  return {
    workspace: { name: "Corretora", domain: "corretora", teamId: "T01PEER" },
    apps: [{ ...APP, botName: "carteira", signingSecret: SECRET, ...events }],
    users: [
      { id: MARIA, name: "maria", real_name: "Maria Assessora" },
      { id: APP.botUserId, name: "carteira", real_name: "Carteira", is_bot: true },
    ],
    channels: [{ id: "C01GERAL", name: "geral", members: [MARIA, APP.botUserId] }],
  };
}

/** The channel as the service starts it, with Maria as a person who is a broker of the demo. Gives what goes wrong in it. */
async function startChannel(
  given: {
    readonly home: string;
    readonly mode: "http" | "socket";
    readonly port: number;
    readonly apiUrl: string;
  },
  closing: (() => Promise<void>)[],
): Promise<readonly string[]> {
  const errors: string[] = [];
  const config = readConfig({ CARTEIRA_HOME: given.home, CARTEIRA_TURNS_PER_MINUTE: "300" }, "/");
  const write = () => true;
  const shell = createShell(
    {
      stdout: { write },
      stderr: { write: (text: string) => errors.push(text) > 0 },
      environment: {},
      workingFolder: given.home,
      now: () => new Date(),
      stop: new AbortController().signal,
    },
    { config, words: wordsOf("pt"), language: "pt" },
  );
  closing.push(() => shell.close());
  const book = await openBook(shell);
  const maria = {
    id: "maria",
    name: "Maria",
    role: "broker",
    brokers: ["corretor1"],
    language: null,
  } as const;
  await book.state.people.save([{ person: maria, links: [`slack:T01PEER:${MARIA}`] }]);
  const slack = createSlack(
    {
      conversation: book.conversation,
      draw: drawChart,
      logger: { error: (event, fields) => errors.push(JSON.stringify({ event, ...fields })) },
      now: () => new Date(),
      claim: (id) => book.state.events.claim(id),
    },
    {
      botToken: APP.botToken,
      mode:
        given.mode === "http"
          ? { kind: "http", signingSecret: SECRET, port: given.port }
          : { kind: "socket", appToken: APP.appToken },
      apiUrl: given.apiUrl,
      language: "pt",
    },
  );
  await slack.start();
  closing.push(() => slack.stop());
  return errors;
}

async function visit(
  browser: Browser,
  url: string,
  folder: string,
): Promise<Omit<SlackStage, "errors" | "restartPeer" | "revoke" | "close">> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: "pt-BR" });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  await page.goto(url);
  const control: SlackStage["control"] = async (path, body) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: JSON_TYPE };
    const answer: unknown = await (await fetch(`${url}/_control/${path}`, init)).json();
    return typeof answer === "object" && answer !== null ? { ...answer } : {};
  };
  return {
    page,
    url,
    apiUrl: `${url}/api/`,
    control,
    log: async () => JSON.stringify(await control("log")),
    async picture(name) {
      const kept = process.env["CARTEIRA_PICTURES"] ?? folder;
      const path = join(kept, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };
