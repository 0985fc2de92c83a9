import { describe, expect, it } from "vitest";
import { FILE_KINDS } from "../../pipeline/ports.ts";
import { REASONS } from "../../src/contracts/kinds/reasons.ts";
import { type ComparedFile, compareSilver, type Scenario, silverTable } from "./glue-silver.testing.ts";
import { CORRECTIONS, KINDS, SENDERS } from "./glue-silver-files.testing.ts";
import { messyScenario } from "./glue-silver-mess.testing.ts";

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const SEEDS = [2027];
/** Yahoo names the instrument by the file; the clients are needed as they are. */
const UNMESSY: ReadonlySet<string> = new Set(["yahoo_history", "clients"]);
const TIMEOUT_MS = 20 * 60_000;

describe.skipIf(PYTHON === undefined)("silver in Spark", () => {
  async function compare(...scenarios: readonly Scenario[]): Promise<readonly ComparedFile[]> {
    const compared = await compareSilver(scenarios, PYTHON ?? "");
    console.info(silverTable(compared));
    expect(
      compared.flatMap(({ scenario, file, differences }) =>
        differences.map((text) => `${scenario}, ${file}: ${text}`),
      ),
    ).toEqual([]);
    return compared;
  }

  it(
    "is what the embedded engine makes of every kind of file, every fault, and files that correct each other",
    async () => {
      const compared = await compare(KINDS, CORRECTIONS, SENDERS);
      const taken = compared.filter(({ status }) => status === "active");
      expect(new Set(taken.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FILE_KINDS)));
      expect(new Set(compared.map(({ status }) => status))).toEqual(
        new Set(["active", "repeated", "not_promoted", "failed"]),
      );
      const told = compared.flatMap(({ reasons }) => reasons).join("\n");
      expect(told).toContain("60.5 ≠ 50");
      const ofRows = Object.keys(REASONS).filter(
        (code) => !code.startsWith("file_") && code !== "b3_unmatched",
      );
      expect([...new Set(compared.flatMap(({ codes }) => codes))].sort()).toEqual(ofRows.sort());
    },
    TIMEOUT_MS,
  );

  it(
    "is what the embedded engine makes of files that hold any text in any cell",
    async () => {
      const compared = await compare(...SEEDS.map((seed) => messyScenario(seed, 120)));
      // Their agreement says something where rows were taken and rows were refused.
      for (const kind of Object.keys(FILE_KINDS).filter((one) => !UNMESSY.has(one))) {
        const taken = compared.filter((file) => file.kind === kind && file.status === "active");
        expect(taken.length, kind).toBeGreaterThan(0);
        expect(
          compared.some((file) => file.kind === kind && file.rejected > 0),
          kind,
        ).toBe(true);
      }
    },
    TIMEOUT_MS,
  );
});
