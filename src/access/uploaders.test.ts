import { describe, expect, it } from "vitest";
import type { Person } from "../state/index.ts";
import type { Asker } from "./access.ts";
import { uploadersSeenBy } from "./uploaders.ts";

const person = (
  id: string,
  role: Person["role"],
  brokers: readonly string[],
  removedAt: string | null = null,
) => ({
  id,
  name: id,
  role,
  brokers,
  language: null,
  links: [],
  createdAt: "2026-11-01T12:00:00.000Z",
  removedAt,
});
const PEOPLE: readonly Person[] = [
  person("ana", "broker", ["c1"]),
  person("bia", "broker", ["c2"]),
  person("cai", "broker", ["c2", "c3"]),
  person("nil", "broker", []),
  person("old", "broker", ["c1"], "2026-11-20T12:00:00.000Z"),
  person("eva", "admin", []),
  person("mia", "manager", ["c1", "c2"]),
  person("max", "manager", ["c1"]),
];
const seen = (asker: Asker) => uploadersSeenBy(asker, { list: async () => PEOPLE });
const asPerson = (id: string, brokers: readonly string[], admin = false): Asker => ({
  userId: `person:${id}`,
  brokers,
  admin,
  language: "pt",
  person: { id, language: null },
});

describe("whose uploads are listed", () => {
  it("to a broker, their own alone, on this machine as in a channel", async () => {
    expect(await seen({ userId: "c1", brokers: ["c1"], admin: false, language: "pt" })).toEqual(["c1"]);
    expect(await seen(asPerson("ana", ["c1"]))).toEqual(["person:ana"]);
    expect(await seen(asPerson("cai", ["c2", "c3"]))).toEqual(["person:cai"]);
  });

  it("to a manager, those of the team: nobody who sees other brokers, no admin, none who was removed", async () => {
    expect(await seen(asPerson("mia", ["c1", "c2"]))).toEqual([
      "person:mia",
      "c1",
      "c2",
      "person:ana",
      "person:bia",
    ]);
    // A broker who left the clients file is no longer the manager's.
    expect(await seen(asPerson("mia", ["c1"]))).toEqual(["person:mia", "c1", "person:ana"]);
    expect(await seen(asPerson("mia", []))).toEqual(["person:mia"]);
  });

  it("to a manager nothing of the admin, though a broker of the clients file is called so", async () => {
    expect(await seen(asPerson("mia", ["admin", "person:eva", "c1"]))).toEqual([
      "person:mia",
      "c1",
      "person:ana",
    ]);
  });

  it("to somebody whom the people table does not know any more, their own", async () => {
    expect(await seen(asPerson("gone", ["c1", "c2"]))).toEqual(["person:gone"]);
  });

  it("to an admin, everybody's by name", async () => {
    const all = await seen({ userId: "admin", brokers: ["c1", "c2"], admin: true, language: "pt" });
    expect(all).toEqual(["admin", "c1", "c2", ...PEOPLE.map(({ id }) => `person:${id}`)]);
    expect(await seen(asPerson("eva", ["c1"], true))).toContain("admin");
  });
});
