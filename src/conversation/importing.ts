import type { Asker } from "../access/access.ts";
import type { Lexicon } from "../questions/question.ts";
import type { ConversationDeps } from "./ports.ts";

/** How long a client stands for the next file. */
const KEEP_MS = 15 * 60_000;

/** One asker's files in one place, in the store that keeps one value a place. */
function keyOf(place: string, { userId }: Asker): string {
  return `import ${userId} ${place}`;
}

type Kept = Pick<ConversationDeps, "now"> & {
  readonly talks: Pick<ConversationDeps["talks"], "set" | "take">;
};

/** Keeps that the asker's next file in a place is of a client, and gives the instant until which that holds. */
export async function keepClient(
  { talks, now }: Kept,
  at: { readonly place: string; readonly asker: Asker },
  client: string,
): Promise<Date> {
  const until = new Date(now().getTime() + KEEP_MS);
  await talks.set(keyOf(at.place, at.asker), { client, untilMs: until.getTime() });
  return until;
}

/** Takes out whose the asker's file in a place was told to be, for exactly one file; null where nothing, or long ago. */
export async function takeClient(
  { talks, now }: Kept,
  at: { readonly place: string; readonly asker: Asker },
): Promise<string | null> {
  const kept = await talks.take(keyOf(at.place, at.asker));
  if (typeof kept !== "object" || kept === null || !("client" in kept) || !("untilMs" in kept)) return null;
  const { client, untilMs } = kept;
  if (typeof client !== "string" || typeof untilMs !== "number") return null;
  return now().getTime() < untilMs ? client : null;
}

/** Whether somebody may name a client now: those who are not theirs are as unknown as those who do not exist. */
export function isKnown({ clients }: Lexicon, client: string): boolean {
  return clients.some(({ id }) => id === client);
}
