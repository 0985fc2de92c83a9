import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openState } from "./index.ts";

it("keeps the newest reference of a key and tells the first one apart, across processes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "carteira-references-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "state.db");
  const [one, other] = [await openState(file), await openState(file)];
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
