import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { addPerson, importPeople } from "../people/letting-in.ts";
import { linkUser, removePerson, unlinkUser } from "../people/links.ts";
import { listPeople } from "../people/list.ts";
import type { Shell } from "../shell.ts";

const OPTIONS = {
  name: { type: "string" },
  role: { type: "string" },
  broker: { type: "string", multiple: true },
  update: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** Who may ask through the channels, and about whose clients: lists, lets in, links and removes. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const [action, ...operands] = positionals;
  if (action === undefined) throw new Refusal(EXIT.badUsage, words.argumentMissing(words.people.theAction));
  /** The operands by what they are called; each is needed, and there is no other. */
  const take = (...names: readonly string[]): readonly string[] => {
    const missing = names[operands.length];
    if (missing !== undefined) throw new Refusal(EXIT.badUsage, words.argumentMissing(missing));
    const extra = operands[names.length];
    if (extra !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(extra));
    return operands;
  };
  const { thePerson, theChannelUser, theFile } = words.people;
  switch (action) {
    case "list":
      take();
      return await listPeople(shell, values.json === true);
    case "add": {
      const [id = ""] = take(thePerson);
      return await addPerson(shell, { ...values, id, language: values.lang });
    }
    case "import": {
      const [path = ""] = take(theFile);
      return await importPeople(shell, path);
    }
    case "link": {
      const [id = "", user = ""] = take(thePerson, theChannelUser);
      return await linkUser(shell, { id, user });
    }
    case "unlink": {
      const [user = ""] = take(theChannelUser);
      return await unlinkUser(shell, user);
    }
    case "remove": {
      const [id = ""] = take(thePerson);
      return await removePerson(shell, id);
    }
    default:
      throw new Refusal(EXIT.badUsage, words.people.unknownAction(action));
  }
}
