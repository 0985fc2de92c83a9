import { expect, it, onTestFinished } from "vitest";
import { openState } from "./index.ts";
import { newPlace } from "./places.testing.ts";

it("keeps the newest reference of a key and tells the first one apart, across processes", async () => {
  const { place, remove } = await newPlace();
  onTestFinished(remove);
  const [one, other] = [await openState(place), await openState(place)];
  const saved = await Promise.all(
    [one, other, one].map(({ references }) => references.save("teams:t:a", { n: 1 })),
  );
  expect(saved.filter(Boolean)).toHaveLength(1);
  expect(await one.references.save("teams:t:a", { n: 2 })).toBe(false);
  expect(await other.references.find("teams:t:a")).toEqual({ n: 2 });
  expect(await other.references.find("teams:t:b")).toBeNull();
  await other.references.forget("teams:t:a");
  expect(await one.references.find("teams:t:a")).toBeNull();
  expect(await one.references.save("teams:t:a", { n: 3 })).toBe(true);
  await one.close();
  await other.close();
});
