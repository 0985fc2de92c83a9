import { readChannelUser } from "../../access/channel-user.ts";
import type { State } from "../../state/index.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import type { Words } from "../words/words.ts";
import { leaveTrail } from "./trail.ts";

/** Says which channel's user a person is. Throws Refusal (bad input): no such person, or the user is somebody else. */
export async function linkUser(
  shell: Shell,
  typed: { readonly id: string; readonly user: string },
): Promise<number> {
  const { terminal, words } = shell;
  const user = channelUser(typed.user, words);
  const { state } = await openStore(shell);
  const id = typed.id.trim().toLowerCase();
  const name = (await state.people.find(id))?.name ?? id;
  switch (await state.people.link(id, user)) {
    case "nobody":
      throw new Refusal(EXIT.badInput, words.people.nobody(typed.id));
    case "taken":
      throw new Refusal(EXIT.badInput, words.people.linkTaken(user, await holderOf(state, user)));
    case "already":
      terminal.print(words.people.alreadyLinked(user, name));
      break;
    case "linked":
      await leaveTrail(state, "link", id);
      terminal.print(words.people.linked(user, name));
  }
  return EXIT.answered;
}

/** Frees a channel's user. Throws Refusal (bad input) where it is nobody's. */
export async function unlinkUser(shell: Shell, typed: string): Promise<number> {
  const { terminal, words } = shell;
  const user = channelUser(typed, words);
  const { state } = await openStore(shell);
  const id = await state.people.unlink(user);
  if (id === null) throw new Refusal(EXIT.badInput, words.people.notLinked(user));
  await leaveTrail(state, "unlink", id);
  terminal.print(words.people.unlinked(user, id));
  return EXIT.answered;
}

/** Lets a person in no more. Throws Refusal (bad input) where there is none. */
export async function removePerson(shell: Shell, typed: string): Promise<number> {
  const { terminal, words } = shell;
  const { state } = await openStore(shell);
  const id = typed.trim().toLowerCase();
  if (!(await state.people.remove(id))) throw new Refusal(EXIT.badInput, words.people.nobody(typed));
  await leaveTrail(state, "remove", id);
  terminal.print(words.people.removed(id));
  return EXIT.answered;
}

function channelUser(typed: string, words: Words): string {
  const user = readChannelUser(typed);
  if (user === null) throw new Refusal(EXIT.badInput, words.people.badChannelUser(typed));
  return user;
}

/** Whose a user is; "?" where it was freed in the meantime. */
async function holderOf({ people }: Pick<State, "people">, user: string): Promise<string> {
  return (await people.byLink(user))?.id ?? "?";
}
