import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { changeSchedule, pauseAll, reassignSchedule } from "../schedules/change.ts";
import { listSchedules } from "../schedules/list.ts";
import type { Shell } from "../shell.ts";

const OPTIONS = {
  all: { type: "boolean" },
  to: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** What is sent by a schedule: lists it with its next runs, pauses, resumes, removes it or gives it to somebody else. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const [action = "list", id, extra] = positionals;
  if (extra !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(extra));
  const dryRun = values["dry-run"] === true;
  const theId = (): string => {
    if (id === undefined)
      throw new Refusal(EXIT.badUsage, words.argumentMissing(words.schedules.theSchedule));
    return id;
  };
  switch (action) {
    case "list":
      if (id !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(id));
      return await listSchedules(shell, values.json === true);
    case "pause":
      if (values.all !== true) return await changeSchedule(shell, { action, id: theId(), dryRun });
      if (id !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(id));
      return await pauseAll(shell, dryRun);
    case "resume":
    case "remove":
      return await changeSchedule(shell, { action, id: theId(), dryRun });
    case "reassign": {
      const schedule = theId();
      if (values.to === undefined) throw new Refusal(EXIT.badUsage, words.optionMissing("--to"));
      return await reassignSchedule(shell, { id: schedule, to: values.to.trim(), dryRun });
    }
    default:
      throw new Refusal(EXIT.badUsage, words.schedules.unknownAction(action));
  }
}
