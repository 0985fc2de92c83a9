import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type PersonDetails, type State } from "./index.ts";

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "people-"));
  state = await openState(join(folder, "state.db"), () => new Date("2026-11-23T12:00:00Z"));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const ana: PersonDetails = {
  id: "ana",
  name: "Ana Souza",
  role: "broker",
  brokers: ["corretor1", "corretor 2"],
  language: "en",
};
const rui: PersonDetails = { id: "rui", name: "Rui Lima", role: "admin", brokers: [], language: null };
const U1 = "slack:T1:U1";
const U2 = "slack:T1:U2";
const add = (...people: readonly PersonDetails[]) =>
  state.people.save(people.map((person) => ({ person, links: null })));

describe("people", () => {
  it("are kept as they were said, and found by their links", async () => {
    await add(rui, ana);
    expect(await state.people.link("ana", U1)).toBe("linked");
    const kept = { ...ana, links: [U1], createdAt: "2026-11-23T12:00:00.000Z", removedAt: null };
    expect(await state.people.byLink(U1)).toEqual(kept);
    expect(await state.people.find("ana")).toEqual(kept);
    expect((await state.people.list()).map(({ id, links }) => [id, links])).toEqual([
      ["ana", [U1]],
      ["rui", []],
    ]);
    expect(await state.people.byLink(U2)).toBeNull();
    expect(await state.people.find("eva")).toBeNull();
  });

  it("change their own language, and nobody who was removed does", async () => {
    await add(ana, rui);
    expect(await state.people.setLanguage("rui", "en")).toBe(true);
    expect((await state.people.find("rui"))?.language).toBe("en");
    expect((await state.people.find("ana"))?.language).toBe("en");
    expect(await state.people.setLanguage("rui", "pt")).toBe(true);
    expect(await state.people.find("rui")).toMatchObject({ ...rui, language: "pt" });
    await state.people.remove("rui");
    expect(await state.people.setLanguage("rui", "en")).toBe(false);
    expect(await state.people.setLanguage("eva", "en")).toBe(false);
  });

  it("have several users, but a user is one person", async () => {
    await add(ana, rui);
    expect(await state.people.link("ana", U1)).toBe("linked");
    expect(await state.people.link("ana", U1)).toBe("already");
    expect(await state.people.link("ana", U2)).toBe("linked");
    expect(await state.people.link("rui", U1)).toBe("taken");
    expect(await state.people.link("eva", "slack:T1:U3")).toBe("nobody");
    expect((await state.people.byLink(U1))?.id).toBe("ana");
    expect(await state.people.unlink(U1)).toBe("ana");
    expect(await state.people.unlink(U1)).toBeNull();
    expect(await state.people.link("rui", U1)).toBe("linked");
  });

  it("who are removed stay on the list, are nobody's user, and come back by no way", async () => {
    await add(ana, rui);
    await state.people.link("ana", U1);
    expect(await state.people.remove("ana")).toBe(true);
    expect(await state.people.remove("ana")).toBe(false);
    expect(await state.people.byLink(U1)).toBeNull();
    expect(await state.people.find("ana")).toMatchObject({
      removedAt: "2026-11-23T12:00:00.000Z",
      links: [],
    });
    expect(await state.people.link("ana", U1)).toBe("nobody");
    await expect(add(ana)).rejects.toMatchObject({ code: "conflict" });
    expect(await state.people.link("rui", U1)).toBe("linked");
  });

  it("are saved all or none, and can change places", async () => {
    await state.people.save([
      { person: ana, links: [U1] },
      { person: rui, links: [U2] },
    ]);
    const eva: PersonDetails = { ...ana, id: "eva" };
    await expect(
      state.people.save([
        { person: eva, links: [] },
        { person: { ...rui, name: "Outro" }, links: [U1] },
      ]),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await state.people.find("eva")).toBeNull();
    expect(await state.people.find("rui")).toMatchObject({ name: "Rui Lima", links: [U2] });

    await state.people.save([
      { person: ana, links: [U2] },
      { person: rui, links: [U1] },
    ]);
    expect((await state.people.byLink(U2))?.id).toBe("ana");
    await add({ ...ana, brokers: ["corretor3"] });
    expect(await state.people.byLink(U2)).toMatchObject({ id: "ana", brokers: ["corretor3"] });
  });

  it.each(["brokers = 'corretor1'", "brokers = '[1]'", "role = 'owner'", "language = 'fr'"])(
    "whose row holds what no version writes are not let in (%s)",
    async (change) => {
      await add(ana);
      await state.people.link("ana", U1);
      const raw = new DatabaseSync(join(folder, "state.db"));
      raw.exec(`update people set ${change}`);
      raw.close();
      await expect(state.people.byLink(U1)).rejects.toMatchObject({ code: "corrupt" });
    },
  );
});

describe("the audit", () => {
  it("is listed by who, by client and since when", async () => {
    const entry = {
      who: U1,
      person: "ana",
      channel: "slack",
      place: "slack:D1",
      intent: "portfolio",
      client: "c1",
      outcome: "ok",
    };
    await state.audit.record(entry);
    await state.audit.record({ ...entry, who: U2, person: null, client: null, outcome: "refused" });
    const found = async (filter: Parameters<State["audit"]["latest"]>[1]) =>
      (await state.audit.latest(10, filter)).map(({ who }) => who);
    expect(await found({})).toEqual([U2, U1]);
    expect(await found({ who: "ana" })).toEqual([U1]);
    expect(await found({ who: U2 })).toEqual([U2]);
    expect(await found({ client: "c1" })).toEqual([U1]);
    expect(await found({ client: "c1", who: U2 })).toEqual([]);
    expect(await found({ since: new Date("2026-11-23T12:00:00Z") })).toEqual([U2, U1]);
    expect(await found({ since: new Date("2026-11-23T12:00:01Z") })).toEqual([]);
  });

  it("of a state from before there were people keeps its lines", async () => {
    await state.close();
    const file = join(folder, "state.db");
    const raw = new DatabaseSync(file);
    raw.exec(`drop table channel_references; drop table people_links; drop table people;
      alter table audit drop column channel; alter table audit drop column person_id;
      insert into audit (at, who, place, intent, client_id, outcome)
        values ('2026-11-01T12:00:00.000Z', 'corretor1', 'cli:1', 'help', null, 'ok');
      update meta set value = '6' where key = 'schema_version'`);
    raw.close();
    state = await openState(file);
    expect(await state.audit.latest(10)).toMatchObject([{ who: "corretor1", person: null, channel: null }]);
    expect(await state.people.list()).toEqual([]);
  });
});
