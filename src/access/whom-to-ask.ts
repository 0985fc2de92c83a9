import type { People } from "../state/index.ts";

/** More names than these help nobody to choose. */
const NAMES_MAX = 3;

/**
 * Whom a stranger is sent to: what the operator wrote, or else the names of the admins who are let in. Empty where
 * there is neither.
 */
export async function whomToAsk(
  contact: string | null,
  people: Pick<People, "list">,
): Promise<readonly string[]> {
  if (contact !== null) return [contact];
  const admins = (await people.list()).filter(
    ({ role, removedAt }) => role === "admin" && removedAt === null,
  );
  return admins.map(({ name }) => name).slice(0, NAMES_MAX);
}
