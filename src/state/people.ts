import type { Transaction } from "kysely";
import { StateError } from "./error.ts";
import { fromRow, type Person, type PersonDetails } from "./person-row.ts";
import type { Clock, Database, Tables } from "./tables.ts";

/** A person to add or to change. `links` takes the place of the links there are; null leaves them. */
export interface PersonChange {
  readonly person: PersonDetails;
  readonly links: readonly string[] | null;
}

/** `taken`: the user is somebody else already. `nobody`: no such person, or one who was removed. */
export type LinkOutcome = "linked" | "already" | "taken" | "nobody";

/** The people who may ask from a channel. Nobody is ever deleted: the audit names them. */
export interface People {
  /** Everybody, removed ones too, by id. */
  list(): Promise<readonly Person[]>;
  find(id: string): Promise<Person | null>;
  /** Who a channel's user is; null where nobody is, and where that person was removed. */
  byLink(channelUser: string): Promise<Person | null>;
  /**
   * Adds and changes people: all or none. Throws StateError `conflict` where one was removed, or where a link is
   * somebody else's.
   */
  save(changes: readonly PersonChange[]): Promise<void>;
  link(id: string, channelUser: string): Promise<LinkOutcome>;
  /** The language that a person is answered in. False where there is nobody to answer. */
  setLanguage(id: string, language: "pt" | "en"): Promise<boolean>;
  /** The id of the person whom the user was; null where nobody was. */
  unlink(channelUser: string): Promise<string | null>;
  /** Lets a person in no more, and frees their links. False where there is nobody to remove. */
  remove(id: string): Promise<boolean>;
}

type Connection = Database | Transaction<Tables>;

export function createPeople(db: Database, now: Clock): People {
  return {
    async list() {
      const rows = await db.selectFrom("people").selectAll().orderBy("id").execute();
      const links = await db
        .selectFrom("people_links")
        .select(["person_id", "channel_user"])
        .orderBy("channel_user")
        .execute();
      const byPerson = Map.groupBy(links, (link) => link.person_id);
      return rows.map((row) =>
        fromRow(
          row,
          (byPerson.get(row.id) ?? []).map((link) => link.channel_user),
        ),
      );
    },
    find: (id) => find(db, id),
    async byLink(channelUser) {
      const link = await db
        .selectFrom("people_links")
        .innerJoin("people", "people.id", "people_links.person_id")
        .select("people.id")
        .where("people_links.channel_user", "=", channelUser)
        .where("people.removed_at_ms", "is", null)
        .executeTakeFirst();
      return link === undefined ? null : await find(db, link.id);
    },
    async save(changes) {
      const atMs = now().getTime();
      await db.transaction().execute(async (trx) => {
        for (const { person } of changes) await put(trx, person, atMs);
        // All links are freed before any is given, so that two people can change places.
        for (const { person, links } of changes) if (links !== null) await freeLinks(trx, person.id);
        for (const { person, links } of changes) {
          for (const user of links ?? []) {
            if (!(await giveLink(trx, person.id, user, atMs))) throw linkTaken(user);
          }
        }
      });
    },
    async link(id, channelUser) {
      return db.transaction().execute(async (trx) => {
        const person = await find(trx, id);
        if (person === null || person.removedAt !== null) return "nobody";
        if (person.links.includes(channelUser)) return "already";
        return (await giveLink(trx, id, channelUser, now().getTime())) ? "linked" : "taken";
      });
    },
    async setLanguage(id, language) {
      const result = await db
        .updateTable("people")
        .set({ language })
        .where("id", "=", id)
        .where("removed_at_ms", "is", null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async unlink(channelUser) {
      const row = await db
        .deleteFrom("people_links")
        .where("channel_user", "=", channelUser)
        .returning("person_id")
        .executeTakeFirst();
      return row?.person_id ?? null;
    },
    async remove(id) {
      return db.transaction().execute(async (trx) => {
        const result = await trx
          .updateTable("people")
          .set({ removed_at_ms: now().getTime() })
          .where("id", "=", id)
          .where("removed_at_ms", "is", null)
          .executeTakeFirst();
        if (result.numUpdatedRows !== 1n) return false;
        await freeLinks(trx, id);
        return true;
      });
    },
  };
}

async function find(db: Connection, id: string): Promise<Person | null> {
  const row = await db.selectFrom("people").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const links = await db
    .selectFrom("people_links")
    .select("channel_user")
    .where("person_id", "=", id)
    .orderBy("channel_user")
    .execute();
  return fromRow(
    row,
    links.map((link) => link.channel_user),
  );
}

/** Adds a person or changes what is said of one; one who was removed stays as they were. */
async function put(trx: Transaction<Tables>, person: PersonDetails, atMs: number): Promise<void> {
  const { id, name, role, language } = person;
  const said = { name, role, language, brokers: JSON.stringify(person.brokers) };
  const row = await trx
    .insertInto("people")
    .values({ id, ...said, created_at_ms: atMs, removed_at_ms: null })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet(said).where("people.removed_at_ms", "is", null),
    )
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) throw new StateError("conflict", `${id} is a person who was removed`);
}

async function freeLinks(trx: Transaction<Tables>, id: string): Promise<void> {
  await trx.deleteFrom("people_links").where("person_id", "=", id).execute();
}

/** False where the user is somebody already. */
async function giveLink(
  trx: Transaction<Tables>,
  id: string,
  channelUser: string,
  atMs: number,
): Promise<boolean> {
  const row = await trx
    .insertInto("people_links")
    .values({ channel_user: channelUser, person_id: id, linked_at_ms: atMs })
    .onConflict((conflict) => conflict.column("channel_user").doNothing())
    .returning("channel_user")
    .executeTakeFirst();
  return row !== undefined;
}

function linkTaken(channelUser: string): StateError {
  return new StateError("conflict", `${channelUser} is linked to somebody else`);
}
