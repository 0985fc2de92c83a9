import type { People, Person } from "../state/index.ts";
import { isLocalUser, PERSON_PREFIX, readChannelUser } from "./channel-user.ts";

/**
 * Who is asking, and whose clients that person may see. The scope leaves this room only as a list of broker ids,
 * which every query takes as a parameter: there is no flag that switches the filter off.
 */

/** The user that owns the machine and sees every broker's clients. */
export const ADMIN_USER = "admin";

/** Somebody who was recognised. */
export interface Asker {
  /** A broker's id, `admin`, or `person:` and the id of a person: no person is taken for a broker of the same name. */
  readonly userId: string;
  /** Ids of the brokers whose clients the asker may see. An admin's are all there are at the moment of asking. */
  readonly brokers: readonly string[];
  /** May load what concerns every broker: clients, instruments, prices, corporate actions. */
  readonly admin: boolean;
  readonly language: "pt" | "en";
  /** Who the people table says this is; absent for those who speak on this machine itself. */
  readonly person?: {
    readonly id: string;
    /** The language that this person is answered in, whatever that of the question. */
    readonly language: Asker["language"] | null;
  };
}

/** The brokers that the published clients name. */
export interface BrokerDirectory {
  brokers(): Promise<readonly string[]>;
}

/**
 * Recognises who speaks on this machine itself: a broker id as the clients file writes it, or `admin`. Null for
 * anybody else, users of channels and people among them. A broker whose last client went to a colleague is nobody
 * from that moment on.
 */
export async function identify(
  userId: string,
  directory: BrokerDirectory,
  language: Asker["language"] = "pt",
): Promise<Asker | null> {
  const id = userId.trim();
  if (!isLocalUser(id)) return null;
  const brokers = await directory.brokers();
  if (id === ADMIN_USER) return { userId: id, brokers, admin: true, language };
  return brokers.includes(id) ? { userId: id, brokers: [id], admin: false, language } : null;
}

export interface Access {
  /**
   * Recognises whoever a channel says is speaking: a local user, or a channel's user who is linked to a person. A
   * stranger, somebody removed and somebody unlinked are null alike. Nothing is kept from one question to the next.
   */
  identify(who: string, language: Asker["language"] | undefined): Promise<Asker | null>;
  /** Recognises an asker again by the `userId` of before, for what is sent later; null where they may see nothing now. */
  again(userId: string): Promise<Asker | null>;
}

export function createAccess(directory: BrokerDirectory, people: Pick<People, "byLink" | "find">): Access {
  return {
    async identify(who, language) {
      if (isLocalUser(who)) return await identify(who, directory, language);
      const user = readChannelUser(who);
      const person = user === null ? null : await people.byLink(user);
      return person === null ? null : await asAsker(person, directory, language);
    },
    async again(userId) {
      if (!userId.startsWith(PERSON_PREFIX)) return await identify(userId, directory);
      const person = await people.find(userId.slice(PERSON_PREFIX.length));
      return person === null ? null : await asAsker(person, directory, undefined);
    },
  };
}

async function asAsker(
  person: Person,
  directory: BrokerDirectory,
  language: Asker["language"] | undefined,
): Promise<Asker | null> {
  if (person.removedAt !== null) return null;
  const published = await directory.brokers();
  const admin = person.role === "admin";
  return {
    userId: `${PERSON_PREFIX}${person.id}`,
    brokers: admin ? published : published.filter((broker) => person.brokers.includes(broker)),
    admin,
    language: person.language ?? language ?? "pt",
    person: { id: person.id, language: person.language },
  };
}
