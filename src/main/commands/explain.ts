import { identify } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { canonicalCode } from "../../market/instruments.ts";
import { presentExplanation } from "../../messages/explain.ts";
import { readArguments } from "../arguments.ts";
import { askerOf, atOf, mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";

const OPTIONS = { as: { type: "string" }, at: { type: "string" } } as const;

/** Shows the rows and the arithmetic behind one holding, to those who may see the client. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const [client, ...asset] = positionals;
  if (client === undefined || asset.length === 0) {
    throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theClientAndAsset));
  }
  const at = atOf(values.at, words);
  const who = await askerOf(values.as, shell);
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const asker = await identify(who, book.directory, words.language);
  if (asker === null) throw new Refusal(EXIT.badInput, words.unknownUser(who));
  const data = await book.answers.explain(client, canonicalCode(asset.join(" ")), asker.brokers, at);
  await createAuditWriter(book.state.audit)({
    who,
    place: `cli:${who}`,
    intent: "explain",
    client: data === null ? null : client,
    outcome: data === null ? "not_found" : "ok",
  });
  if (data === null) throw new Refusal(EXIT.badInput, words.holdingNotFound);
  for (const line of presentExplanation(data, words.language)) terminal.print(line);
  return EXIT.answered;
}
