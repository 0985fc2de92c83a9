import type { ChartPool } from "../charts/pool.ts";
import type { Logger } from "../conversation/failure.ts";
import type { Book } from "./book.ts";
import { EXIT, Refusal } from "./exit.ts";
import { slackOutlet } from "./outlets/slack.ts";
import { teamsOutlet } from "./outlets/teams.ts";
import type { Shell } from "./shell.ts";
import { serveTeams } from "./teams-channel.ts";

/**
 * Starts the channels whose settings are given, beside the local chat; they stop when the shell does. Throws Refusal
 * where one does not start: a service without the channel that was asked for would be taken for one that works.
 */
export async function startChannels(
  shell: Shell,
  book: Book,
  deps: { readonly logger: Logger; readonly draw: ChartPool["draw"] },
): Promise<void> {
  await startSlack(shell, book, deps);
  const teams = await serveTeams(book, shell, deps);
  if (teams !== null) book.reports.outlets.teams = teamsOutlet(teams);
}

async function startSlack(
  shell: Shell,
  book: Book,
  { logger, draw }: { readonly logger: Logger; readonly draw: ChartPool["draw"] },
): Promise<void> {
  const { config, terminal, words, io } = shell;
  if (config.slack === null) return;
  // Loaded only here: whoever has no Slack does not wait for its library.
  const [{ createSlack }, { SlackStartError }] = await Promise.all([
    import("../../bots/slack/slack.ts"),
    import("../../bots/slack/ports.ts"),
  ]);
  const slack = createSlack(
    {
      conversation: book.conversation,
      draw,
      logger,
      now: io.now,
      claim: (id) => book.state.events.claim(id),
    },
    { ...config.slack, language: config.language },
  );
  try {
    const { port } = await slack.start();
    shell.onEnd(() => slack.stop());
    book.reports.outlets.slack = slackOutlet(slack, book.state.references);
    terminal.print(port === null ? words.slackOverSocket : words.slackOverHttp(port));
  } catch (error) {
    if (!(error instanceof SlackStartError)) throw error;
    throw new Refusal(EXIT.badInput, words.slackRefused(error.setting, error.reason), error);
  }
}
