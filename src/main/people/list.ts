import { UNKNOWN } from "../../messages/format.ts";
import { dayIn } from "../../money/day.ts";
import type { Person } from "../../state/index.ts";
import { EXIT } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

/** Lists everybody who is or was let in. */
export async function listPeople(shell: Shell, json: boolean): Promise<number> {
  const { terminal, words } = shell;
  const { state } = await openStore(shell);
  const people = await state.people.list();
  if (json) terminal.json(people);
  else if (people.length === 0) terminal.print(words.people.none);
  else
    for (const line of table([words.people.columns, ...people.map((person) => cells(person, words))]))
      terminal.print(line);
  return EXIT.answered;
}

function cells(person: Person, words: Words): readonly string[] {
  const { id, name, role, brokers, language, links, removedAt } = person;
  const say = words.people;
  return [
    id,
    name,
    say.roles[role],
    role === "admin" ? say.allBrokers : brokers.join(", "),
    language ?? UNKNOWN,
    links.length === 0 ? UNKNOWN : links.join(", "),
    removedAt === null ? say.active : say.removedOn(words.day(dayIn(new Date(removedAt)))),
  ];
}
