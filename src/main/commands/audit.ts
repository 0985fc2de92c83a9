import { PERSON_PREFIX, readChannelUser } from "../../access/channel-user.ts";
import { UNKNOWN } from "../../messages/format.ts";
import { penOf } from "../../messages/page.ts";
import type { AuditRecord } from "../../state/index.ts";
import { readArguments, readLimit } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { readDay } from "../instant.ts";
import { TRAIL_PLACE } from "../people/trail.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  who: { type: "string" },
  client: { type: "string" },
  since: { type: "string" },
  limit: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Lists who asked what about whom and from where, the newest first. It holds no amounts and no texts. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const limit = readLimit(values.limit, words);
  const since = sinceOf(values.since, words);
  const { state } = await openStore(shell);
  const entries = await state.audit.latest(limit, {
    ...(values.who === undefined ? {} : { who: whoOf(values.who) }),
    ...(values.client === undefined ? {} : { client: values.client.trim() }),
    ...(since === null ? {} : { since }),
  });
  if (values.json === true) {
    terminal.json(entries);
    return EXIT.answered;
  }
  if (entries.length === 0) terminal.print(words.audit.none);
  else
    for (const line of table([words.audit.columns, ...entries.map((entry) => cells(entry, words))]))
      terminal.print(line);
  if (entries.length === limit) terminal.note(words.audit.more(limit));
  return EXIT.answered;
}

/** A channel's user in the form that is kept, a person with or without the prefix, or a local user. */
function whoOf(text: string): string {
  const who = text.trim();
  return readChannelUser(who) ?? (who.startsWith(PERSON_PREFIX) ? who.slice(PERSON_PREFIX.length) : who);
}

/** The first instant of a day in Brasília. */
function sinceOf(text: string | undefined, words: Words): Date | null {
  if (text === undefined) return null;
  const day = readDay(text);
  if (day === null) throw new Refusal(EXIT.badUsage, words.badDay(text));
  return new Date(`${day}T00:00:00-03:00`);
}

/** What was asked; of a change of access, whose. */
function subjectOf({ intent, place }: AuditRecord): string {
  return place.startsWith(TRAIL_PLACE) ? `${intent} ${place.slice(TRAIL_PLACE.length)}` : intent;
}

function cells(entry: AuditRecord, words: Words): readonly string[] {
  return [
    penOf(words.language).format.moment(entry.at),
    entry.who,
    entry.person ?? UNKNOWN,
    entry.channel ?? UNKNOWN,
    subjectOf(entry),
    entry.client ?? UNKNOWN,
    new Map(Object.entries(words.audit.outcomes)).get(entry.outcome) ?? entry.outcome,
  ];
}
