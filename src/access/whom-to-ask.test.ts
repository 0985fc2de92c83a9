import { expect, it } from "vitest";
import type { Person } from "../state/index.ts";
import { whomToAsk } from "./whom-to-ask.ts";

const someone = (name: string, role: Person["role"], removedAt: string | null = null): Person => ({
  id: name.toLowerCase(),
  name,
  role,
  brokers: [],
  language: null,
  links: [],
  createdAt: "2026-11-01T12:00:00.000Z",
  removedAt,
});

it("is what the operator wrote, or up to three admins who are let in", async () => {
  const gone = someone("Gil", "admin", "2026-11-02T12:00:00.000Z");
  const list = async () => [
    gone,
    someone("Ana", "broker"),
    ...["Bia", "Caio", "Davi", "Eva"].map((name) => someone(name, "admin")),
  ];
  expect(await whomToAsk("a TI", { list })).toEqual(["a TI"]);
  expect(await whomToAsk(null, { list })).toEqual(["Bia", "Caio", "Davi"]);
  expect(await whomToAsk(null, { list: async () => [gone] })).toEqual([]);
});
