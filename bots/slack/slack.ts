import { Server } from "node:http";
import {
  App,
  type Logger as BoltLogger,
  HTTPReceiver,
  type Receiver,
  SocketModeReceiver,
  webApi,
} from "@slack/bolt";
import type { Workshop } from "./answering.ts";
import { Api } from "./api.ts";
import { listenToFiles } from "./files.ts";
import { listenToForms } from "./forms.ts";
import { createGuard, type Guarding } from "./guard.ts";
import { listenToHome } from "./home.ts";
import { createPace } from "./pace.ts";
import { type Slack, type SlackDeps, type SlackSettings, SlackStartError } from "./ports.ts";
import { boltLogger, createReporter, type Reporter, refusalOf } from "./report.ts";
import { listenToButtons, listenToCommand, listenToMessages } from "./talking.ts";

const CALL_TIMEOUT_MS = 30_000;
/** How long a stop waits for answers under way. */
const DRAIN_MS = 10_000;
/** A socket that was lost is opened again for as long as it takes, ever more slowly up to this. */
const RECONNECT_MS_MAX = 30_000;

/**
 * The Slack channel: takes what Slack sends over HTTP or a socket, and answers through the Web API.
 *
 * @example
 * const slack = createSlack(deps, { botToken, mode: { kind: "http", signingSecret, port: 3001 }, apiUrl: null, language: "pt" });
 * await slack.start();
 */
export function createSlack(deps: SlackDeps, settings: SlackSettings): Slack {
  const reporter = createReporter(deps.logger);
  const guarding = createGuard(reporter, settings);
  let running: App | null = null;
  return {
    async start() {
      if (running !== null) throw new Error("started already");
      const bot = await identity(settings);
      if (settings.mode.kind === "socket") await checkAppToken(settings.mode.appToken, settings);
      const app = assemble(deps, settings, { bot, reporter, guarding });
      const port = await listen(app, settings);
      running = app;
      return { port };
    },
    async stop() {
      const stopping = running;
      running = null;
      if (stopping === null) return;
      // A server closes once its connections have; answers under way hold none of them.
      const closed = stopping.stop().catch((error: unknown) => {
        reporter.failure("slack_stop_failed", error);
      });
      await guarding.drained(DRAIN_MS);
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
    },
  };
}

/** No retries of its own: a message that may have arrived is not sent twice. `patient` waits where Slack says so. */
function clientOptions(settings: SlackSettings): webApi.WebClientOptions {
  return {
    ...(settings.apiUrl === null ? {} : { slackApiUrl: settings.apiUrl }),
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

interface Bot {
  readonly id: string;
  readonly user: string;
}

/** Who we are. Throws SlackStartError where the token opens nothing. */
async function identity(settings: SlackSettings): Promise<Bot> {
  const logger = boltLogger({ error: () => {} }, () => new Date());
  const client = new webApi.WebClient(settings.botToken, { ...clientOptions(settings), logger });
  try {
    const { bot_id: id = "", user_id: user = "" } = await client.auth.test();
    return { id, user };
  } catch (error) {
    throw startError("SLACK_BOT_TOKEN", error);
  }
}

/** Asks for the address of a socket once before Bolt does, who would ask for ever where the token is a wrong one. */
async function checkAppToken(appToken: string, settings: SlackSettings): Promise<void> {
  const logger = boltLogger({ error: () => {} }, () => new Date());
  const client = new webApi.WebClient(appToken, { ...clientOptions(settings), logger });
  try {
    await client.apps.connections.open({});
  } catch (error) {
    throw startError("SLACK_APP_TOKEN", error);
  }
}

/** Without the cause, whose request holds the token. */
function startError(setting: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN", error: unknown): SlackStartError {
  const reason = refusalOf(error);
  return reason === null
    ? new SlackStartError("SLACK_API_URL", "not_reached")
    : new SlackStartError(setting, reason);
}

function assemble(
  deps: SlackDeps,
  settings: SlackSettings,
  { bot, reporter, guarding }: { bot: Bot; reporter: Reporter; guarding: Guarding },
): App {
  const logger = boltLogger(deps.logger, deps.now);
  const app = new App({
    token: settings.botToken,
    botId: bot.id,
    botUserId: bot.user,
    // Done above, with an error that says what to look at.
    tokenVerificationEnabled: false,
    convoStore: false,
    logger,
    logLevel: logger.getLevel(),
    clientOptions: { ...clientOptions(settings), logger },
    receiver: receiverOf(settings, logger, reporter),
  });
  app.error(async (error) => {
    reporter.failure("slack_event_failed", error);
  });
  const api = new Api(app.client, createPace(settings.paceMs));
  const workshop: Workshop = { deps, settings, api, reporter };
  listenToCommand(app, workshop, guarding.guard);
  listenToMessages(app, workshop, guarding.guard);
  listenToButtons(app, workshop, guarding.guard);
  listenToForms(app, workshop, guarding.guard);
  listenToFiles(app, workshop, guarding.guard);
  listenToHome(app, workshop, guarding.guard);
  return app;
}

function receiverOf({ mode, apiUrl }: SlackSettings, logger: BoltLogger, reporter: Reporter): Receiver {
  if (mode.kind === "http") {
    return new HTTPReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  }
  const receiver = new SocketModeReceiver({
    appToken: mode.appToken,
    logger,
    installerOptions: {
      clientOptions: {
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
        timeout: CALL_TIMEOUT_MS,
        retryConfig: { forever: true, factor: 1.3, maxTimeout: RECONNECT_MS_MAX },
      },
    },
  });
  survive(receiver, reporter);
  return receiver;
}

/**
 * Bolt opens a lost socket again without anybody waiting for it: where Slack refuses, as with a token that was taken
 * back, the rejection would end the process, and the other channels with it. It is logged instead.
 */
function survive({ client: socket }: SocketModeReceiver, reporter: Reporter): void {
  const open = socket.start.bind(socket);
  let opened = false;
  socket.start = async () => {
    try {
      const answer = await open();
      opened = true;
      return answer;
    } catch (error) {
      if (!opened) throw error;
      reporter.failure("slack_socket_lost", error, "SLACK_APP_TOKEN");
      return { ok: false };
    }
  };
}

async function listen(app: App, { mode }: SlackSettings): Promise<number | null> {
  try {
    const server: unknown = await app.start();
    return mode.kind === "http" ? portOf(server) : null;
  } catch (error) {
    if (mode.kind === "socket")
      throw new SlackStartError("SLACK_APP_TOKEN", refusalOf(error) ?? "not_connected");
    const code = error instanceof Error && "code" in error ? String(error.code) : "not_listening";
    throw new SlackStartError("SLACK_PORT", code);
  }
}

function portOf(server: unknown): number | null {
  const address = server instanceof Server ? server.address() : null;
  return typeof address === "object" && address !== null ? address.port : null;
}
