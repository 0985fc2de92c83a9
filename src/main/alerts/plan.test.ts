import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AlertNotice, openState, type State } from "../../state/index.ts";
import { planAlerts } from "./plan.ts";

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plan-alerts-"));
  state = await openState(join(folder, "state.db"));
  const person = { name: "Ana", role: "broker", brokers: ["b1"] } as const;
  await state.people.save([
    { person: { ...person, id: "ana", language: "en" }, links: ["slack:T1:U1", "teams:t:ana"] },
    { person: { ...person, id: "bia", language: null }, links: [] },
  ]);
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const notice = (owner: string, id = "n1"): AlertNotice => ({
  id,
  owner,
  urgent: false,
  payload: { firings: ["f1"] },
  createdAt: "2026-11-25T13:00:00.000Z",
});
const planned = (reached: readonly string[]) =>
  planAlerts({ state, reaches: (channel) => reached.includes(channel), language: "pt" });

it("goes once to the first channel of a person that the service speaks to, in their language", async () => {
  const plan = planned(["teams", "console"]);
  await plan(notice("person:ana"));
  await plan(notice("person:ana"));
  // After a crash another service, which speaks to another channel, may hand it on again.
  await planned(["slack"])(notice("person:ana"));
  expect(await state.deliveries.list(5)).toMatchObject([
    {
      kind: "alert",
      owner: "person:ana",
      target: { channel: "teams", who: "teams:t:ana", place: null },
      language: "en",
      state: "planned",
      slot: "2026-11-25T13:00:00.000Z",
      expiresAt: "2026-11-26T01:00:00.000Z",
    },
  ]);
});

it("waits for a service that speaks to the person's channel, where this one does not", async () => {
  await planned([])(notice("person:ana"));
  expect(await state.deliveries.list(5)).toMatchObject([{ target: { channel: "slack" }, state: "planned" }]);
});

it("of somebody without a user in any channel is kept with the reason, and of a local user goes to the chat", async () => {
  await planned(["slack", "console"])(notice("person:bia"));
  await planned(["slack", "console"])(notice("corretor1", "n2"));
  const rows = await state.deliveries.list(5);
  expect(rows.find(({ owner }) => owner === "person:bia")).toMatchObject({
    state: "skipped",
    reason: "nowhere",
  });
  expect(rows.find(({ owner }) => owner === "corretor1")).toMatchObject({
    state: "planned",
    target: { channel: "console", who: "corretor1" },
    language: "pt",
  });
});
