import { expect, it, onTestFinished } from "vitest";
import { openState } from "./index.ts";
import { newPlace } from "./places.testing.ts";

const HOUR_MS = 3_600_000;

it("gives each user their own items once, in order, while they are recent; across processes", async () => {
  const { place, remove } = await newPlace();
  onTestFinished(remove);
  let nowMs = Date.parse("2026-11-25T12:00:00Z");
  const clock = () => new Date(nowMs);
  const [one, other] = [await openState(place, clock), await openState(place, clock)];
  const put = await Promise.all(
    [one, other, one].map(({ inbox }) => inbox.put({ id: "d1", who: "corretor1", message: { n: 1 } })),
  );
  expect(put.filter(Boolean)).toHaveLength(1);
  await one.inbox.put({ id: "d2", who: "corretor2", message: { n: 2 } });
  nowMs += HOUR_MS;
  await one.inbox.put({ id: "d3", who: "corretor1", message: { n: 3 } });

  const [first, second] = await other.inbox.after("corretor1", 0);
  expect([first?.message, second?.message]).toEqual([{ n: 1 }, { n: 3 }]);
  expect(first?.at.toISOString()).toBe("2026-11-25T12:00:00.000Z");
  expect(await other.inbox.after("corretor1", first?.seq ?? 0)).toEqual([second]);
  expect(await other.inbox.after("corretor1", second?.seq ?? 0)).toEqual([]);
  expect(await other.inbox.after("corretor9", 0)).toEqual([]);
  expect([await one.inbox.has("d1"), await one.inbox.has("d9")]).toEqual([true, false]);

  nowMs += 11.5 * HOUR_MS;
  expect((await one.inbox.after("corretor1", 0)).map(({ message }) => message)).toEqual([{ n: 3 }]);
  nowMs += 8 * 24 * HOUR_MS;
  await one.inbox.put({ id: "d4", who: "corretor1", message: { n: 4 } });
  expect(await one.inbox.has("d1")).toBe(false);
  await one.close();
  await other.close();
});

it("gives the newest 50 of more", async () => {
  const { place, remove } = await newPlace();
  onTestFinished(remove);
  const state = await openState(place);
  for (let n = 1; n <= 60; n += 1) await state.inbox.put({ id: `d${n}`, who: "corretor1", message: n });
  const items = await state.inbox.after("corretor1", 0);
  expect(items.map(({ message }) => message)).toEqual(Array.from({ length: 50 }, (_, n) => n + 11));
  await state.close();
});
