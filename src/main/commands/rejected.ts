import { buffer } from "node:stream/consumers";
import { rejectedKey } from "../../../pipeline/silver/quarantine.ts";
import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";

/** Prints the rows of an upload that were rejected, as a CSV to mend and send again. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, io } = shell;
  const { positionals } = readArguments(args, {}, words);
  const [id, more] = positionals;
  if (id === undefined) throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theUpload));
  if (more !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(more));
  const { lake, state } = await openStore(shell);
  const upload = await state.uploads.find(id);
  if (upload === null) throw new Refusal(EXIT.badInput, words.uploadNotFound(id));
  const key = upload.quarantineKey === null ? null : rejectedKey(upload.quarantineKey);
  // An upload of an earlier version has its issues, and not its rows.
  if (key === null || !(await lake.exists(key))) throw new Refusal(EXIT.badInput, words.nothingRejected(id));
  // As it is: a file for a spreadsheet, not words for a terminal.
  io.stdout.write((await buffer(await lake.read(key))).toString("utf8"));
  return EXIT.answered;
}
