import { buffer } from "node:stream/consumers";
import { type Person, type PersonChange, StateError } from "../../state/index.ts";
import { required } from "../arguments.ts";
import { type Book, openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import { openFile } from "../files.ts";
import type { Shell } from "../shell.ts";
import type { Words } from "../words/words.ts";
import { readPerson } from "./details.ts";
import { readPeopleFile } from "./file.ts";
import { type Plan, planOf } from "./plan.ts";
import { leaveTrail } from "./trail.ts";

/** What `people add` was given. */
interface AddOptions {
  readonly id: string;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly broker?: readonly string[] | undefined;
  readonly language?: string | undefined;
  readonly update?: boolean | undefined;
}

/** Adds one person, or with `update` changes one. Throws Refusal (bad usage, or bad input). */
export async function addPerson(shell: Shell, options: AddOptions): Promise<number> {
  const { terminal, words } = shell;
  const read = readPerson(
    {
      id: options.id,
      name: required(options.name, "--name", words),
      role: required(options.role, "--role", words),
      brokers: options.broker ?? [],
      language: options.language ?? "",
    },
    words,
  );
  if ("reason" in read) throw new Refusal(EXIT.badUsage, read.reason);
  const { person } = read;
  const book = await openBook(shell);
  const plan = planOf([{ line: 0, person, slack: null, teams: null }], await book.state.people.list(), words);
  const [issue] = plan.issues;
  if (issue !== undefined) throw new Refusal(EXIT.badInput, issue.reason);
  const old = await book.state.people.find(person.id);
  if (plan.changed.length > 0 && options.update !== true) {
    throw new Refusal(EXIT.badInput, words.people.exists(person.id, old?.name ?? person.name));
  }
  await apply(book, plan, words);
  terminal.print(outcomeOf(plan, person, words));
  await warnOfUnknownBrokers(book, shell, [{ person, links: null }]);
  if ((old?.links.length ?? 0) === 0) terminal.note(words.people.linkNext(person.id));
  return EXIT.answered;
}

function outcomeOf(plan: Plan, { name, id }: Pick<Person, "name" | "id">, words: Words): string {
  if (plan.added.length > 0) return words.people.added(name, id);
  return plan.changed.length > 0 ? words.people.changed(name, id) : words.people.unchanged(id);
}

/** Adds and changes the people of a file: all of them, or none where a line is bad. */
export async function importPeople(shell: Shell, path: string): Promise<number> {
  const { terminal, words } = shell;
  const bytes = await bytesOf(shell, path);
  const { rows, issues } = readPeopleFile(bytes, words);
  const book = await openBook(shell);
  const plan = planOf(rows, await book.state.people.list(), words);
  const bad = [...issues, ...plan.issues].sort((a, b) => a.line - b.line);
  if (bad.length > 0) {
    for (const { line, reason } of bad) terminal.note(words.people.badLine(line, reason));
    throw new Refusal(EXIT.badInput, words.people.nothingApplied(new Set(bad.map(({ line }) => line)).size));
  }
  await apply(book, plan, words);
  terminal.print(words.people.imported(plan.added.length, plan.changed.length, plan.same));
  await warnOfUnknownBrokers(book, shell, [...plan.added, ...plan.changed]);
  return EXIT.answered;
}

const FILE_BYTES_MAX = 4 * 1024 * 1024;

async function bytesOf({ io, words }: Shell, path: string): Promise<Uint8Array> {
  const opened = await openFile(path, io.workingFolder, words);
  if ("reason" in opened) throw new Refusal(EXIT.badInput, opened.reason);
  const { body } = opened.file;
  let read = 0;
  return await buffer(
    body.map((chunk: Uint8Array) => {
      read += chunk.length;
      if (read > FILE_BYTES_MAX) throw new Refusal(EXIT.badInput, words.people.tooLarge(path));
      return chunk;
    }),
  );
}

/** Saves a plan and leaves a trail of each change. Throws Refusal where somebody else changed the same. */
async function apply({ state }: Book, { added, changed }: Plan, words: Words): Promise<void> {
  try {
    await state.people.save([...added, ...changed]);
  } catch (error) {
    if (!(error instanceof StateError) || error.code !== "conflict") throw error;
    throw new Refusal(EXIT.badInput, words.people.overtaken, error);
  }
  for (const { person } of added) await leaveTrail(state, "add", person.id);
  for (const { person } of changed) await leaveTrail(state, "update", person.id);
}

/** Clients may come later, so that a broker whom nobody names yet is no error. */
async function warnOfUnknownBrokers(
  { directory }: Book,
  { terminal, words }: Shell,
  changes: readonly PersonChange[],
): Promise<void> {
  const known = new Set(await directory.brokers());
  const unknown = new Set(changes.flatMap(({ person }) => person.brokers.filter((one) => !known.has(one))));
  for (const broker of unknown) terminal.note(words.people.unknownBroker(broker));
}
