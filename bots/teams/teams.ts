import { setTimeout as pause } from "node:timers/promises";
import { reportFailure } from "../../src/conversation/failure.ts";
import { SendError } from "../../src/messages/send-error.ts";
import type { TeamsDeps, TeamsSettings } from "./deps.ts";
import { Desk } from "./desk.ts";
import { FilesOut } from "./files-out.ts";
import { Handler } from "./handler.ts";
import { type Listening, listen } from "./http.ts";
import { isHeard } from "./incoming.ts";
import { Lines } from "./lines.ts";
import { Post } from "./post.ts";
import { confirmed, type Told } from "./tell.ts";
import { Uploads } from "./uploads.ts";
import { createWire } from "./wire.ts";

export { type ReferenceStore, type TeamsDeps, TeamsError, type TeamsSettings } from "./deps.ts";

const CLOSE_TIMEOUT_MS = 10_000;

export interface Teams {
  /** Serves on a port (0: a free one). Throws TeamsError where it cannot be had. */
  listen(port: number): Promise<Listening>;
  /**
   * Writes to a person (`teams:<tenant>:<object id>`) unasked, and returns Teams' id of the message. Throws SendError, `refused`
   * where they do not have the app.
   */
  tell(who: string, told: Told): Promise<string>;
}

/**
 * The Teams channel. Throws TeamsError `no_credentials` where it is not local and has none.
 * @example
 * const { url, close } = await createTeams(deps, { mode: "local" }).listen(3978);
 */
export function createTeams(deps: TeamsDeps, settings: TeamsSettings): Teams {
  const sleep = deps.sleep ?? ((milliseconds: number) => pause(milliseconds));
  const wire = createWire(settings, sleep);
  const post = new Post(wire, deps);
  const filesOut = new FilesOut(post, deps, settings.mode);
  const uploads = new Uploads({ deps, mode: settings.mode, post, filesOut, sleep });
  const lines = new Lines();
  const handler = new Handler(new Desk({ deps, post, uploads, filesOut, lines }));

  return {
    async listen(port) {
      const { url, close } = await listen(
        async (request, response) => {
          const authorization = request.headers["authorization"];
          if (!(await wire.admits(request.body, typeof authorization === "string" ? authorization : ""))) {
            response.status(401);
            response.end();
            return;
          }
          await wire.process(request, response, async (context) => {
            try {
              if (isHeard(context.activity, settings)) await handler.run(context);
            } catch (error) {
              reportFailure(deps.logger, "teams_activity_failed", error);
            }
          });
        },
        port,
        settings.mode === "local",
      );
      return {
        url,
        async close() {
          await close();
          await Promise.race([lines.idle(), pause(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
        },
      };
    },
    async tell(who, { message, language, attachments = [] }) {
      const to = await deps.references.find(who);
      if (to === null) throw new SendError("refused", "not_installed");
      const id = await confirmed(() => post.message(to, { message, language }));
      try {
        for (const file of attachments) await filesOut.offer(to, who, file, language);
      } catch (error) {
        throw new SendError("unknown", "cut_short", { cause: error });
      }
      return id;
    },
  };
}
