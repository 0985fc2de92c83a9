import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly error: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

function cruise(...paths: readonly string[]): Cruise {
  const args = ["--no-install", "depcruise", "--output-type", "json", ...paths];
  try {
    return JSON.parse(
      execFileSync("npx", args, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 64_000_000,
      }),
    );
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

describe("the dependency rule of the house", () => {
  it("holds over the whole tree, and the tool really read it", () => {
    const { summary } = cruise("src", "bots", "pipeline", "test");
    expect(summary.totalCruised).toBeGreaterThan(100);
    expect(summary.violations.map((v) => `${v.rule.name}: ${v.from}`)).toEqual([]);
  });

  it("fails on a planted violation", () => {
    const folder = mkdtempSync(join("src", "portfolio", "planted-"));
    planted.push(folder);
    writeFileSync(
      join(folder, "violation.ts"),
      'export type { Warehouse } from "../../warehouse/warehouse.ts";\n',
    );
    const { summary } = cruise("src/portfolio");
    expect(summary.violations.map((v) => v.rule.name)).toContain("room src/portfolio");
  });
});
