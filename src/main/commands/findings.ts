import { identify } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { presentFindings } from "../../messages/findings.ts";
import { readArguments } from "../arguments.ts";
import { askerOf, mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";

const OPTIONS = { as: { type: "string" }, client: { type: "string" }, json: { type: "boolean" } } as const;

/** Lists what a person should look at among the asker's clients: the queue of differences and flags. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const client = values.client?.trim() || null;
  const who = await askerOf(values.as, shell);
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const asker = await identify(who, book.directory, words.language);
  if (asker === null) throw new Refusal(EXIT.badInput, words.unknownUser(who));
  const found = await book.answers.findings(asker.brokers, client);
  await createAuditWriter(book.state.audit)({
    who,
    place: `cli:${who}`,
    intent: "findings",
    client: found === null ? null : client,
    outcome: found === null ? "not_found" : "ok",
  });
  if (found === null) throw new Refusal(EXIT.badInput, words.clientNotFound);
  if (values.json === true) terminal.json(found.findings);
  else for (const line of presentFindings(found, words.language)) terminal.print(line);
  return EXIT.answered;
}
