import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manifestOf } from "../../bots/teams/app-package.ts";

const peers = process.env["CARTEIRA_TEAMS_PEERS"];
const SCHEMA =
  "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.19/MicrosoftTeams.schema.json";

interface Validator {
  (value: unknown): boolean;
  readonly errors: unknown;
}
interface Modules {
  readonly default: new (options: object) => { compile(schema: unknown): Validator };
}

describe.runIf(peers !== undefined)("the manifest of the Teams app", () => {
  async function validator(): Promise<Validator> {
    const load = createRequire(join(peers ?? "", "package.json"));
    const { default: Ajv }: Modules = load("ajv-draft-04");
    const schema: unknown = JSON.parse(await readFile(join(peers ?? "", SCHEMA), "utf8"));
    return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  }
  const identity = {
    appId: "00000000-1111-2222-3333-444444444444",
    version: "1.2.3",
    company: "Corretora",
    site: "https://example.com",
  };

  it("is one by Microsoft's schema", async () => {
    const validate = await validator();
    validate(JSON.parse(await manifestOf(identity)));
    expect(validate.errors).toBeNull();
  });

  it("would not be with a misspelt property", async () => {
    const validate = await validator();
    expect(validate({ ...JSON.parse(await manifestOf(identity)), bot: [] })).toBe(false);
  });
});
