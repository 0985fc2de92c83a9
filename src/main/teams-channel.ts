import type { ReferenceStore, Teams } from "../../bots/teams/teams.ts";
import type { ChartPool } from "../charts/pool.ts";
import type { Logger } from "../conversation/failure.ts";
import type { Conversation } from "../conversation/turn.ts";
import type { State } from "../state/index.ts";
import { EXIT, Refusal } from "./exit.ts";
import type { Shell } from "./shell.ts";

/** What the channel needs of a book. */
interface TeamsBook {
  readonly conversation: Conversation;
  readonly state: Pick<State, "references">;
}

/**
 * Serves Teams where the settings say so, until the command ends. Returns the channel, by which reports write to
 * people unasked; null where there is none. Throws Refusal where its port cannot be had.
 */
export async function serveTeams(
  book: TeamsBook,
  shell: Shell,
  { logger, draw }: { readonly logger: Logger; readonly draw: ChartPool["draw"] },
): Promise<Teams | null> {
  const { config, words, terminal, io } = shell;
  const { teams: settings } = config;
  if (settings === null) return null;
  // The Bot Framework takes a third of a second to load: only who uses Teams waits for it.
  const { createTeams, TeamsError } = await import("../../bots/teams/teams.ts");
  const teams = createTeams(
    {
      conversation: book.conversation,
      references: referencesIn(book.state),
      draw,
      logger,
      now: io.now,
    },
    settings,
  );
  try {
    const { url, close } = await teams.listen(settings.port);
    shell.onEnd(close);
    terminal.print(words.servingTeams(url));
    if (settings.mode === "local") terminal.print(words.servingTeamsLocal);
    return teams;
  } catch (error) {
    if (!(error instanceof TeamsError)) throw error;
    const forbidden = error.code === "port_refused";
    const text = forbidden ? words.teamsPortForbidden(settings.port) : words.teamsPortTaken(settings.port);
    throw new Refusal(EXIT.badInput, text, error);
  }
}

/** Conversation references in the state, which keeps them as JSON. */
function referencesIn({ references }: TeamsBook["state"]): ReferenceStore {
  return {
    save: references.save,
    forget: references.forget,
    async find(key) {
      const value = await references.find(key);
      return typeof value === "object" && value !== null ? value : null;
    },
  };
}
