import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Teams } from "../../bots/teams/teams.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { readConfig } from "../../src/config.ts";
import { openBook } from "../../src/main/book.ts";
import { createLogger } from "../../src/main/logger.ts";
import { createShell } from "../../src/main/shell.ts";
import { serveTeams } from "../../src/main/teams-channel.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import { start } from "./service.testing.ts";
import { BROWSER_FLAGS } from "./stage.testing.ts";

const PLAYGROUND_PORT = 56_150;
const START_TIMEOUT_MS = 60_000;
const PERSONAL_CHAT = "personal-chat-of-alex";
/** The person whom the playground speaks as, by the account that it makes up. */
export const ALEX = "teams:00000000-0000-0000-0000-0000000000001:00000000-0000-0000-0000-0000000000020";

/** The Teams channel over a demo book, and Microsoft's playground in a browser in the place of Teams. */
export interface Playground {
  readonly page: Page;
  readonly teams: Teams;
  /** Sends the CSV into Alex's personal chat with a text, as an activity that the playground's own menu could make. */
  sendFile(name: string, text?: string): Promise<void>;
  /** Keeps a picture of the page where CARTEIRA_PICTURES names a folder. */
  picture(name: string): Promise<void>;
  /** What the channel logged. */
  logged(): string;
  close(): Promise<void>;
}

/** Starts all of it. `peers` is the folder that the playground was installed into. */
export async function openPlayground(peers: string, csv: string): Promise<Playground> {
  const executablePath = process.env["CARTEIRA_CHROMIUM"];
  if (executablePath === undefined) throw new Error("run these tests with: npm run test:peers");
  const folder = await mkdtemp(join(tmpdir(), "carteira-teams-"));
  const closing = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const home = join(folder, "home");
    const demo = start(["demo", "--clients", "6", "--home", home], folder);
    closing.push(demo.stop);
    await demo.until(/Demonstração pronta/);
    await demo.stop();
    const channel = await serveChannel(home, folder);
    closing.push(channel.close);
    const file = await serveFile(csv);
    closing.push(file.close);
    closing.push(await startPlayground(peers, channel.url, folder));
    const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS, timeout: START_TIMEOUT_MS });
    closing.push(() => browser.close());
    const page = await openPage(browser);
    const { teams, logged } = channel;
    const sendFile: Playground["sendFile"] = (name, text) => inject(fileActivity(name, file.url, text));
    const picture = async (name: string) => {
      const kept = process.env["CARTEIRA_PICTURES"];
      if (kept !== undefined) await page.screenshot({ path: join(kept, `${name}.png`) });
    };
    return { page, teams, sendFile, picture, logged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function inject(activity: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${PLAYGROUND_PORT}/_internal/v1/customActivities`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(activity),
  });
  if (!response.ok) throw new Error(`the playground answered ${response.status}`);
}

/** A message with a file, as Teams sends it: the playground has no button for that. */
function fileActivity(name: string, downloadUrl: string, text?: string): object {
  return {
    type: "message",
    id: `file ${name}`,
    ...(text === undefined ? {} : { text }),
    channelId: "msteams",
    serviceUrl: `http://127.0.0.1:${PLAYGROUND_PORT}/_connector`,
    locale: "pt-BR",
    from: { id: "user-id-0", name: "Alex Wilber", aadObjectId: ALEX.split(":").at(-1) },
    recipient: { id: "00000000-0000-0000-0000-00000000000011", name: "Test Bot" },
    conversation: { id: PERSONAL_CHAT, conversationType: "personal", tenantId: ALEX.split(":").at(1) },
    channelData: { tenant: { id: ALEX.split(":").at(1) } },
    attachments: [
      {
        contentType: "application/vnd.microsoft.teams.file.download.info",
        name,
        content: { downloadUrl, uniqueId: "a-file", fileType: "csv" },
      },
    ],
  };
}

/** The channel in this process, as `carteira serve` makes it, over the home's book. */
async function serveChannel(home: string, folder: string) {
  const logged: string[] = [];
  const said: string[] = [];
  const io = {
    stdout: { write: (text: string) => void said.push(text) },
    stderr: { write: (text: string) => void logged.push(text) },
    environment: {},
    workingFolder: folder,
    now: () => new Date(),
    stop: new AbortController().signal,
  };
  const config = readConfig({ CARTEIRA_HOME: home, TEAMS_LOCAL: "true", TEAMS_PORT: "0" }, folder);
  const shell = createShell(io, { config, words: wordsOf("pt"), language: undefined });
  const book = await openBook(shell);
  const alex = { id: "alex", name: "Alex", role: "broker", brokers: ["corretor1"], language: null } as const;
  await book.state.people.save([{ person: alex, links: [ALEX] }]);
  const teams = await serveTeams(book, shell, {
    logger: createLogger(io.stderr, io.now),
    draw: drawChart,
  });
  const url = /http:\S+/.exec(said.join(""))?.[0];
  if (teams === null || url === undefined) throw new Error(`no channel: ${[...said, ...logged].join("")}`);
  return { teams, url, logged: () => logged.join(""), close: () => shell.close() };
}

async function startPlayground(
  peers: string,
  endpoint: string,
  folder: string,
): Promise<() => Promise<void>> {
  const program = join(peers, "node_modules", "@microsoft", "m365agentsplayground", "cli.js");
  const args = [program, "start", "-e", endpoint, "-c", "msteams", "-p", String(PLAYGROUND_PORT), "--dt"];
  const child = spawn(process.execPath, [...args, "--conversation-id", PERSONAL_CHAT], {
    cwd: folder,
    env: { PATH: process.env["PATH"], BROWSER: "none", HOME: folder },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  };
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; ) {
    const up = await fetch(`http://127.0.0.1:${PLAYGROUND_PORT}/`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return stop;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`the playground did not start on port ${PLAYGROUND_PORT}`);
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1_400, height: 1_000 } })).newPage();
  await page.goto(`http://127.0.0.1:${PLAYGROUND_PORT}/`);
  return page;
}

/** A file on this machine, as a store of files would hand it out. */
async function serveFile(content: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => response.end(content));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/operacoes.csv`, close };
}
