import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { synthesise, VARIANTS, type Variant } from "../../infra/stack.testing.ts";
import { S3_PEERS } from "./moto.testing.ts";

/** PyPI's cfn-lint, which Moto brings with it. */
const CFN_LINT = process.env["CARTEIRA_CFN_LINT"] ?? join(S3_PEERS ?? "", "bin", "cfn-lint");
const IGNORED = {
  W3005: "dependencies that CDK itself writes twice",
  W3691:
    "its list has the minor versions of PostgreSQL; RDS takes the major one alone, and chooses the newest",
};
const VARIANT_NAMES = Object.keys(VARIANTS) as readonly Variant[];
const PLANTED = "planted";
/** Half a minute where the machine has nothing else to do. */
const LINT_TIMEOUT_MS = 300_000;

interface Finding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
}

describe.runIf(existsSync(CFN_LINT))("the templates, by a judge of their own", () => {
  const folder = mkdtempSync(join(tmpdir(), "carteira-lint-"));
  const fileOf = (name: string) => join(folder, `${name.replaceAll(" ", "-")}.json`);
  let found: readonly Finding[];

  // All at once: it takes longer to start than to read one of them.
  beforeAll(() => {
    for (const variant of VARIANT_NAMES)
      writeFileSync(fileOf(variant), JSON.stringify(synthesise(variant).template.toJSON()));
    writeFileSync(fileOf(PLANTED), JSON.stringify(MISTAKE));
    const files = [...VARIANT_NAMES, PLANTED].map(fileOf);
    const args = ["--format", "json", "--regions", "sa-east-1", "--ignore-checks", ...Object.keys(IGNORED)];
    const { stdout } = spawnSync(CFN_LINT, [...args, "--", ...files], {
      encoding: "utf8",
      timeout: LINT_TIMEOUT_MS,
    });
    found = JSON.parse(stdout);
  }, LINT_TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(VARIANT_NAMES)("finds nothing in: %s", (variant) => {
    const own = found.filter(({ Filename }) => Filename === fileOf(variant));
    expect(own.map(({ Rule, Message }) => `${Rule.Id} ${Message}`)).toEqual([]);
  });

  it("finds a planted mistake", () => {
    const own = found.filter(({ Filename }) => Filename === fileOf(PLANTED));
    expect(own.map(({ Rule }) => Rule.Id)).toEqual(["E3002"]);
  });
});

/** A property that the job of Glue does not have. */
const MISTAKE = {
  Resources: {
    Job: {
      Type: "AWS::Glue::Job",
      Properties: { Role: "role", Command: { Name: "glueetl" }, Worker: "G.1X" },
    },
  },
};
