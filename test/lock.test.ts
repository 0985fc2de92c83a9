import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

/** npm leaves a platform's package out of the lock when the registry lacks it, and then every `npm ci` refuses the lock. */
it("the lock file holds every optional dependency that it names", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
  const names = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !names.has(name))
      .map((name) => `${path} wants ${name}`),
  );
  expect(names.size).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
