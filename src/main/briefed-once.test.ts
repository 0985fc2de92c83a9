import { expect, it } from "vitest";
import type { BriefingRequest } from "../answers/briefing-data.ts";
import { briefedOnce } from "./briefed-once.ts";

const request = (...brokers: readonly string[]): BriefingRequest => ({
  brokers,
  client: null,
  at: null,
  before: null,
});

function counted() {
  const asked: BriefingRequest[] = [];
  let nowMs = 0;
  const once = briefedOnce(
    async (one) => {
      asked.push(one);
      if (one.brokers.includes("none")) throw new Error("not ready");
      return null;
    },
    () => new Date(nowMs),
  );
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { asked, once, pass };
}

it("reads a scope once, whoever asks and in whatever order its brokers are named, and another scope by itself", async () => {
  const { asked, once } = counted();
  await Promise.all([once(request("a", "b")), once(request("b", "a"))]);
  await once(request("a", "b"));
  await once(request("a"));
  await once({ ...request("a"), client: "c1" });
  expect(asked.map(({ brokers, client }) => [brokers, client])).toEqual([
    [["a", "b"], null],
    [["a"], null],
    [["a"], "c1"],
  ]);
});

it("reads anew after half a minute, of a past day each time, and after a failure", async () => {
  const { asked, once, pass } = counted();
  await once(request("a"));
  pass(29_999);
  await once(request("a"));
  pass(1);
  await once(request("a"));
  const past = { ...request("a"), at: new Date(0) };
  await once(past);
  await once(past);
  expect(asked).toHaveLength(4);
  for (const _ of [1, 2]) await expect(once(request("none"))).rejects.toThrow("not ready");
  expect(asked).toHaveLength(6);
});
