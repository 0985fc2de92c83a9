import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { identify } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { addDays, addMonths, dayIn, type IsoDay, isIsoDay, startOfMonth } from "../../money/day.ts";
import type { Period } from "../../questions/question.ts";
import { readArguments } from "../arguments.ts";
import { askerOf, mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  as: { type: "string" },
  month: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
} as const;

/** Writes a client's report to a file, for those who may see the client. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, io } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const [client, extra] = positionals;
  if (client === undefined) throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theClient));
  if (extra !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(extra));
  const period = periodOf(values, dayIn(io.now()), words);
  const who = await askerOf(values.as, shell);
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const asker = await identify(who, book.directory, words.language);
  if (asker === null) throw new Refusal(EXIT.badInput, words.unknownUser(who));
  const request = { client, period, brokers: asker.brokers, language: words.language, at: null };
  const outcome = await book.statements.make(request);
  await createAuditWriter(book.state.audit)({
    who,
    place: `cli:${who}`,
    intent: "statement",
    client: outcome.kind === "made" ? client : null,
    outcome: outcome.kind === "made" ? "ok" : outcome.kind === "not_found" ? "not_found" : "refused",
  });
  if (outcome.kind === "not_found") throw new Refusal(EXIT.badInput, words.clientNotFound);
  if (outcome.kind === "not_set_up") {
    throw new Refusal(EXIT.notSetUp, words.statementNotSetUp(outcome.missing.join(", ")));
  }
  const path = values.out?.trim() || outcome.file.fileName;
  await write(resolve(io.workingFolder, path), outcome.file.body, words);
  terminal.print(words.statementWritten(path));
  return EXIT.answered;
}

async function write(path: string, body: Uint8Array, words: Words): Promise<void> {
  try {
    await writeFile(path, body);
  } catch (error) {
    throw new Refusal(EXIT.badInput, words.statementNotWritten(path), error);
  }
}

type Given = { readonly [name in "month" | "from" | "to"]?: string | undefined };

/** The month or the days that were given, none after today; the last month that ended where there are none. */
function periodOf({ month, from, to }: Given, today: IsoDay, words: Words): Period {
  const end = (day: IsoDay) => (day < today ? day : today);
  if (from === undefined && to === undefined) {
    const first = month === undefined ? addMonths(startOfMonth(today), -1) : `${month.trim()}-01`;
    if (!isIsoDay(first) || first > today) throw new Refusal(EXIT.badUsage, words.badMonth(month ?? ""));
    return { kind: "range", from: first, to: end(addDays(addMonths(first, 1), -1)) };
  }
  if (month !== undefined) throw new Refusal(EXIT.badUsage, words.monthOrDays);
  if (from === undefined) throw new Refusal(EXIT.badUsage, words.optionMissing("--from"));
  if (to === undefined) throw new Refusal(EXIT.badUsage, words.optionMissing("--to"));
  for (const day of [from, to]) if (!isIsoDay(day)) throw new Refusal(EXIT.badUsage, words.badDay(day));
  if (from > to || from > today) throw new Refusal(EXIT.badUsage, words.badPeriod(from, to));
  return { kind: "range", from, to: end(to) };
}
