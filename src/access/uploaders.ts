import type { People } from "../state/index.ts";
import { ADMIN_USER, type Asker } from "./access.ts";
import { isLocalUser, PERSON_PREFIX } from "./channel-user.ts";

/**
 * Whose uploads are listed to an asker, as a list of users that a query takes: there is no flag that switches the filter
 * off. Everybody sees their own. A manager sees besides what their brokers sent: on this machine under a broker's own id,
 * or as a person all of whose brokers are the manager's. What an admin loaded concerns every broker and is the admins'
 * alone. Who was removed is left out, for whose brokers they were when they sent is not known any more.
 */
export async function uploadersSeenBy(
  asker: Asker,
  people: Pick<People, "list">,
): Promise<readonly string[]> {
  const own = [asker.userId];
  if (asker.admin) {
    const everybody = await people.list();
    return unique([
      ...own,
      ADMIN_USER,
      ...asker.brokers,
      ...everybody.map(({ id }) => `${PERSON_PREFIX}${id}`),
    ]);
  }
  if (asker.person === undefined) return own;
  const everybody = (await people.list()).filter(({ removedAt }) => removedAt === null);
  const self = everybody.find(({ id }) => id === asker.person?.id);
  if (self?.role !== "manager") return own;
  const team = new Set(asker.brokers);
  const within = everybody.filter(
    ({ role, brokers }) => role === "broker" && brokers.length > 0 && brokers.every((one) => team.has(one)),
  );
  const local = asker.brokers.filter((broker) => broker !== ADMIN_USER && isLocalUser(broker));
  return unique([...own, ...local, ...within.map(({ id }) => `${PERSON_PREFIX}${id}`)]);
}

function unique(users: readonly string[]): readonly string[] {
  return [...new Set(users)];
}
