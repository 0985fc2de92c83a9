import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { type Chat, chatOn, WAIT_MS } from "./chat.testing.ts";
import { type Program, start } from "./service.testing.ts";

const LAUNCH_TIMEOUT_MS = 60_000;
/** `cliente123` and two more are of `corretor1`, one of `corretor2`. */
const CLIENTS = 6;

/** How Chromium is started: without the network and without a sandbox of its own. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing but this machine has an address, neither for the page nor for the browser itself.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** The real service over a small demo home of its own, and a browser to visit it with. */
export interface Stage {
  /**
   * Opens the chat as somebody new and hands it to `act`. Fails where the page said an error or asked for anything
   * that is not the service's; whatever fails leaves a picture, whose path it prints.
   */
  visit(options: BrowserContextOptions, act: (chat: Chat) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Makes the demo, serves it and opens the browser that CARTEIRA_CHROMIUM names. */
export async function openStage(): Promise<Stage> {
  const executablePath = process.env["CARTEIRA_CHROMIUM"];
  if (executablePath === undefined) throw new Error("run these tests with: npm run test:peers");
  const folder = await mkdtemp(join(tmpdir(), "carteira-peers-"));
  const closing = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const home = ["--home", join(folder, "home")];
    const demo = start(["demo", "--clients", String(CLIENTS), ...home], folder);
    closing.push(demo.stop);
    await demo.until(/Demonstração pronta/);
    await demo.stop();
    const service = start(["serve", ...home], folder);
    closing.push(service.stop);
    const url = await service.until(/http:\/\/localhost:\d+/);
    const browser = await chromium.launch({
      executablePath,
      args: BROWSER_FLAGS,
      timeout: LAUNCH_TIMEOUT_MS,
    });
    closing.push(() => browser.close());
    return { visit: visitor(browser, service, url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function visitor(browser: Browser, service: Program, url: string): Stage["visit"] {
  return async (options, act) => {
    const context = await browser.newContext({ locale: "pt-BR", ...options });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const problems = watch(page, new URL(url).host);
    try {
      await page.goto(url);
      await act(chatOn(page));
      expect(problems).toEqual([]);
    } catch (error) {
      const path = join(await mkdtemp(join(tmpdir(), "carteira-screenshot-")), "page.png");
      await page.screenshot({ path });
      console.error([`Screenshot: ${path}`, ...problems, service.said()].join("\n"));
      throw error;
    } finally {
      await context.close();
    }
  };
}

/** What a visit must not bring about, in words, as it happens. */
function watch(page: Page, host: string): readonly string[] {
  const problems: string[] = [];
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) problems.push(`console: ${said.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== host) problems.push(`request to elsewhere: ${request.url()}`);
  });
  return problems;
}
