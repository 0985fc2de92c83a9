import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { CONTRACT_FILE, glueContract } from "./contract.ts";

describe("the Spark job's contract", () => {
  it("is what the definitions say: npm run glue:contract writes it anew", async () => {
    expect(await readFile(CONTRACT_FILE, "utf8")).toBe(glueContract());
  });

  it("leaves no rule of this project's own regular expressions to a flag that JSON cannot carry", async () => {
    const { instruments } = JSON.parse(glueContract()) as {
      readonly instruments: { readonly patterns: Readonly<Record<string, unknown>> };
    };
    expect(JSON.stringify(instruments.patterns)).not.toMatch(/\\\\p|\(\?<[a-z]/);
  });
});
