import { ADMIN_USER } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { isLocalUser, PERSON_PREFIX } from "../../access/channel-user.ts";
import type { State, Subscription } from "../../state/index.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";

/** Changing schedules from the command line. With `dryRun` it is told what would change, and nothing does. */

interface Change {
  readonly action: "pause" | "resume" | "remove";
  readonly id: string;
  readonly dryRun: boolean;
}

/** Throws Refusal (bad input) where there is no such schedule. */
export async function changeSchedule(shell: Shell, { action, id, dryRun }: Change): Promise<number> {
  const { words, terminal } = shell;
  const say = words.schedules;
  const { state } = await openStore(shell);
  const { owner } = await mustFind(state, id, shell);
  if (dryRun) {
    terminal.print(say.would[action](id, owner));
    return EXIT.answered;
  }
  const { subscriptions } = state;
  const changed = await {
    pause: subscriptions.pause,
    resume: subscriptions.resume,
    remove: subscriptions.remove,
  }[action](id);
  if (changed) await leaveTrail(state, action, id);
  terminal.print(changed ? say.did[action](id, owner) : say.unchanged(id));
  return EXIT.answered;
}

export async function pauseAll(shell: Shell, dryRun: boolean): Promise<number> {
  const { words, terminal } = shell;
  const { state } = await openStore(shell);
  if (dryRun) {
    const running = (await state.subscriptions.list()).filter(({ pausedAt }) => pausedAt === null);
    terminal.print(words.schedules.wouldPauseAll(running.length));
    return EXIT.answered;
  }
  const count = await state.subscriptions.pauseAll();
  if (count > 0) await leaveTrail(state, "pause", "all");
  terminal.print(words.schedules.pausedAll(count));
  return EXIT.answered;
}

/**
 * Gives a schedule to another person, who gets it in their own direct messages of the same channel, and from their own
 * clients. Throws Refusal (bad input).
 */
export async function reassignSchedule(
  shell: Shell,
  { id, to, dryRun }: { readonly id: string; readonly to: string; readonly dryRun: boolean },
): Promise<number> {
  const { words, terminal } = shell;
  const say = words.schedules;
  const { state } = await openStore(shell);
  const subscription = await mustFind(state, id, shell);
  const heir = await heirOf(state, subscription, { to, shell });
  if (dryRun) {
    terminal.print(say.wouldReassign(id, subscription.owner, heir.owner));
    return EXIT.answered;
  }
  switch (await state.subscriptions.reassign(id, heir)) {
    case "missing":
      throw new Refusal(EXIT.badInput, say.notFound(id));
    case "taken":
      throw new Refusal(EXIT.badInput, say.taken(heir.owner));
    case "done":
      await leaveTrail(state, "reassign", id);
      terminal.print(say.reassigned(id, heir.owner));
      return EXIT.answered;
  }
}

async function mustFind(state: State, id: string, { words }: Shell): Promise<Subscription> {
  const found = await state.subscriptions.find(id);
  if (found === null) throw new Refusal(EXIT.badInput, words.schedules.notFound(id));
  return found;
}

async function heirOf(
  state: State,
  { target: { channel }, language }: Subscription,
  { to, shell: { words } }: { readonly to: string; readonly shell: Shell },
): Promise<Pick<Subscription, "owner" | "target" | "language">> {
  if (channel === "console") {
    // Whoever speaks on this machine itself is a broker of the clients file; whether still, is looked at before each send.
    if (!isLocalUser(to)) throw new Refusal(EXIT.badInput, words.unknownUser(to));
    return { owner: to, target: { channel, who: to, place: null }, language };
  }
  const id = to.toLowerCase();
  const person = await state.people.find(id.startsWith(PERSON_PREFIX) ? id.slice(PERSON_PREFIX.length) : id);
  if (person === null || person.removedAt !== null) throw new Refusal(EXIT.badInput, words.people.nobody(to));
  const who = person.links.find((link) => link.startsWith(`${channel}:`));
  if (who === undefined) throw new Refusal(EXIT.badInput, words.schedules.notInChannel(person.id, channel));
  return {
    owner: `${PERSON_PREFIX}${person.id}`,
    target: { channel, who, place: null },
    language: person.language ?? language,
  };
}

async function leaveTrail(state: State, action: string, id: string): Promise<void> {
  await createAuditWriter(state.audit)({
    who: ADMIN_USER,
    place: `cli:schedules:${id}`,
    intent: `schedule_${action}`,
    client: null,
    outcome: "ok",
  });
}
