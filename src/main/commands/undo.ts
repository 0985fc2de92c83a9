import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { openIntake } from "../intake.ts";
import type { Shell } from "../shell.ts";
import { showSteps } from "../steps.ts";
import { openStore } from "../store.ts";

/** Takes an upload back and publishes the book without it. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, { json: { type: "boolean" } } as const, words);
  const [id, more] = positionals;
  if (id === undefined) throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theUpload));
  if (more !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(more));
  const json = values.json === true;
  const store = await openStore(shell);
  const intake = openIntake(store, shell);
  const outcome = await intake.undo(id, json ? () => {} : showSteps(shell, id));
  if (!outcome.done) {
    throw new Refusal(
      EXIT.badInput,
      outcome.status === null
        ? words.uploadNotFound(id)
        : words.uploadNotActive(id, words.statuses[outcome.status]),
    );
  }
  const { fileName, restored, runId } = outcome;
  if (json) terminal.json({ runId, undone: id, restored });
  else {
    terminal.print(words.undone(id, fileName));
    if (outcome.pending === true) terminal.print(words.undoing);
    if (restored !== null) terminal.print(words.restored(restored));
  }
  return EXIT.answered;
}
