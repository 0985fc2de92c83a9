import { describe, expect, it } from "vitest";
import type { Person } from "../state/index.ts";
import { createAccess, identify } from "./access.ts";

const directory = { brokers: async () => ["corretor1", "corretor2", "Ana"] };

describe("identify", () => {
  it("gives a broker the scope of that broker and nothing more", async () => {
    expect(await identify("corretor2", directory)).toEqual({
      userId: "corretor2",
      brokers: ["corretor2"],
      admin: false,
      language: "pt",
    });
  });

  it("gives the admin every broker by name", async () => {
    expect(await identify("admin", directory, "en")).toEqual({
      userId: "admin",
      brokers: ["corretor1", "corretor2", "Ana"],
      admin: true,
      language: "en",
    });
  });

  it.each(["corretor3", "", "corretor", "corretor1,corretor2", "ana", "ADMIN", "%", "__proto__"])(
    "does not know %j",
    async (userId) => {
      expect(await identify(userId, directory)).toBeNull();
    },
  );

  it("takes an id with blanks around it, as people type it", async () => {
    expect((await identify(" Ana ", directory))?.brokers).toEqual(["Ana"]);
  });

  it("knows the admin of an empty book, who sees nobody", async () => {
    expect(await identify("admin", { brokers: async () => [] })).toMatchObject({ admin: true, brokers: [] });
  });
});

describe("access through channels", () => {
  const someone = (person: Partial<Person> & Pick<Person, "id">): Person => ({
    name: "Ana",
    role: "broker",
    brokers: ["corretor1"],
    language: null,
    links: [],
    createdAt: "2026-11-01T12:00:00.000Z",
    removedAt: null,
    ...person,
  });
  const setUp = (people: readonly Person[], brokers: readonly string[] = ["corretor1", "corretor2"]) =>
    createAccess(
      { brokers: async () => brokers },
      {
        byLink: async (user) => people.find(({ links }) => links.includes(user)) ?? null,
        find: async (id) => people.find((person) => person.id === id) ?? null,
      },
    );
  const ana = someone({ id: "corretor2", links: ["slack:T1:U1", "teams:tenant:ana"] });

  it("gives a linked user the scope of the person, not that of a broker of the same id", async () => {
    const { identify } = setUp([ana]);
    for (const who of ["slack:T1:U1", " slack:T1:U1 ", "teams:tenant:ana", "teams:Tenant:ANA"]) {
      expect(await identify(who, "en")).toEqual({
        userId: "person:corretor2",
        brokers: ["corretor1"],
        admin: false,
        language: "en",
        person: { id: "corretor2", language: null },
      });
    }
  });

  it("gives a manager the team and an admin everybody, of those whom the clients file names", async () => {
    const access = setUp([
      someone({ id: "rui", role: "manager", brokers: ["corretor2", "corretor9"], links: ["slack:T1:U2"] }),
      someone({ id: "eva", role: "admin", brokers: [], language: "en", links: ["slack:T1:U3"] }),
    ]);
    expect(await access.identify("slack:T1:U2", undefined)).toMatchObject({
      brokers: ["corretor2"],
      admin: false,
    });
    expect(await access.identify("slack:T1:U3", "pt")).toMatchObject({
      userId: "person:eva",
      brokers: ["corretor1", "corretor2"],
      admin: true,
      language: "en",
    });
  });

  it.each([
    "slack:T1:U9",
    "slack:T1:",
    "slack:U1:T1",
    "slack:T1:U1:U2",
    "teams:tenant",
    "SLACK:T1:U9",
    "person:corretor2",
    "Person:corretor2",
    "person:admin",
    "slack:admin",
  ])("knows nobody as %j, whatever the clients file calls its brokers", async (who) => {
    expect(await setUp([ana], [who, "corretor1", "admin"]).identify(who, undefined)).toBeNull();
    expect(await identify(who, { brokers: async () => [who] })).toBeNull();
  });

  it("goes on knowing those who speak on the machine itself", async () => {
    const { identify } = setUp([ana]);
    expect(await identify("corretor2", undefined)).toMatchObject({
      userId: "corretor2",
      brokers: ["corretor2"],
    });
    expect(await identify("admin", undefined)).toMatchObject({ userId: "admin", admin: true });
  });

  it("recognises an asker of before again, and nobody who was removed", async () => {
    const gone = someone({ id: "gone", removedAt: "2026-11-20T12:00:00.000Z" });
    const access = setUp([ana, gone]);
    expect(await access.again("person:corretor2")).toMatchObject({ brokers: ["corretor1"] });
    expect(await access.again("corretor2")).toMatchObject({ userId: "corretor2", brokers: ["corretor2"] });
    for (const id of ["person:gone", "person:nobody", "slack:T1:U1", "person:", "nobody"]) {
      expect(await access.again(id)).toBeNull();
    }
  });
});
