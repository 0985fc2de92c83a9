import { once } from "node:events";
import { createConsole } from "../../bots/console/server.ts";
import { ADMIN_USER, identify } from "../access/access.ts";
import { isLocalUser } from "../access/channel-user.ts";
import { reportFailure } from "../conversation/failure.ts";
import { planAlerts } from "./alerts/plan.ts";
import { watchAlerts } from "./alerts/watch.ts";
import { type Book, openBook } from "./book.ts";
import { startChannels } from "./channels.ts";
import { SHOWCASE_CLIENT } from "./demo/clients.ts";
import { bringDemoUpToDate, newDemo } from "./demo-book.ts";
import { homePaths, REAL_HOME, readHome } from "./home.ts";
import { readInbox } from "./inbox.ts";
import { createLogger } from "./logger.ts";
import { openSources } from "./market/sources.ts";
import { watchMarket } from "./market/watch.ts";
import { consoleOutlet } from "./outlets/console.ts";
import type { Shell } from "./shell.ts";
import { showSteps } from "./steps.ts";

/** How often a running service looks whether the demo's last day is still today. */
const DEMO_CHECK_MS = 10 * 60_000;

/**
 * Serves the local chat until the shell is told to stop. Where there is no book it makes the demo one; a demo of an
 * earlier day is brought up to today, and what a run that died left behind is published. Throws ConsoleError.
 */
export async function serve(shell: Shell, port: number): Promise<void> {
  const { io, config, words, terminal } = shell;
  // On Glue there is a real book from the beginning on.
  const fresh = config.glue === null ? newDemo(io.now()) : REAL_HOME;
  const book = await openBook(shell, (await readHome(config.home)) === null ? fresh : undefined);
  await freshen(book, shell);
  if (io.stop.aborted) return;

  const logger = createLogger(io.stderr, io.now);
  const chat = createConsole({
    conversation: book.conversation,
    brokers: () => usersOf(book),
    inbox: readInbox(book.state.inbox),
    clients: (user) => clientsOf(book, user),
    ...(book.info.demo ? { featured: SHOWCASE_CLIENT } : {}),
    demo: book.info.demo,
    draw: book.pictures.draw,
    logger,
    now: io.now,
  });
  const { url, close } = await chat.listen(port);
  shell.onEnd(close);
  book.reports.outlets.console = consoleOutlet(book.state.inbox);
  terminal.print(words.serving(url));
  if (book.info.demo) {
    terminal.print(words.servingDemo);
    const timer = setInterval(() => {
      freshen(book, shell).catch((error: unknown) => reportFailure(logger, "demo_not_extended", error));
    }, DEMO_CHECK_MS);
    shell.onEnd(async () => clearInterval(timer));
  }
  if (!io.stop.aborted) await startChannels(shell, book, { logger, draw: book.pictures.draw });
  // A demo's prices are its own; a real book follows the market, on AWS by a Lambda of its own.
  if (!book.info.demo && config.glue === null && !io.stop.aborted) watch(book, shell, logger);
  if (!io.stop.aborted) sendReports(book, shell, logger);
  if (!io.stop.aborted) followAlerts(book, shell, logger);
  if (!io.stop.aborted) await once(io.stop, "abort");
}

/** Judges alerts while the service runs, and hands what is to be told to deliveries. */
function followAlerts(book: Book, shell: Shell, logger: ReturnType<typeof createLogger>): void {
  const { io } = shell;
  const { outlets } = book.reports;
  const plan = planAlerts({
    state: book.state,
    reaches: (channel) => outlets[channel] !== undefined,
    language: shell.config.language,
  });
  const following = watchAlerts({ store: book, alerts: book.alerts, plan, logger, now: io.now }, io.stop);
  shell.onEnd(() => following);
}

/** Starts what plans and sends reports; what is on its way when the shell ends is waited for. */
function sendReports(book: Book, shell: Shell, logger: ReturnType<typeof createLogger>): void {
  const reporter = book.reports.reporter({ logger, log: shell.io.stderr });
  reporter.start();
  shell.onEnd(() => reporter.stop());
}

/** Starts the watch over the market; it ends when the shell does. */
function watch(book: Book, shell: Shell, logger: ReturnType<typeof createLogger>): void {
  const { io, config, words } = shell;
  const watching = watchMarket(
    {
      store: book,
      intake: book.intake,
      sources: openSources(config.sources, { lake: book.lake, now: io.now }),
      scratchDir: homePaths(config.home).market,
      now: io.now,
      language: words.language,
      hours: config.b3Hours,
      everyMs: config.sources.quotesEveryMs,
      logger,
    },
    io.stop,
  );
  shell.onEnd(() => watching);
}

async function freshen(book: Book, shell: Shell): Promise<void> {
  if (book.info.demo) await bringDemoUpToDate(book, shell);
  else await book.intake.refresh(showSteps(shell, book.folder));
}

/** Whoever opens the chat owns this machine, and so may also speak as its admin, who loads clients and prices. */
async function usersOf(book: Book): Promise<readonly string[]> {
  return [...(await book.directory.brokers()).filter(isLocalUser), ADMIN_USER];
}

async function clientsOf(book: Book, user: string): Promise<readonly { id: string; name: string }[]> {
  const asker = await identify(user, book.directory);
  if (asker === null || asker.brokers.length === 0) return [];
  return (await book.answers.lexicon(asker.brokers)).clients;
}
