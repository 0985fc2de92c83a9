import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOf, type Moto, S3_PEERS, startMoto } from "./moto.testing.ts";

const SMOKE = fileURLToPath(new URL("../smoke/aws.ts", import.meta.url));
const JOB = "carteira-test";

/** `npm run smoke:aws` against an AWS of this machine; Moto has S3 and Glue, and Athena's API without its engine. */
describe.runIf(S3_PEERS !== undefined)("the look at a real AWS", () => {
  let moto: Moto;
  let bucket: string;

  beforeAll(async () => {
    moto = await startMoto();
    bucket = await moto.newBucket();
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const glue = new GlueClient({ region: "sa-east-1", endpoint: moto.endpoint, credentials });
    const ExecutionProperty = { MaxConcurrentRuns: 1 };
    const command = {
      Name: JOB,
      Role: "role",
      Command: { Name: "glueetl" },
      GlueVersion: "5.1",
      ExecutionProperty,
    };
    await glue.send(new CreateJobCommand(command));
    glue.destroy();
  });
  afterAll(() => moto.stop());

  function smoke(settings: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const { PATH = "", TMPDIR = "/tmp" } = process.env;
    const env = { PATH, TMPDIR, ...moto.environment, AWS_ENDPOINT_URL: moto.endpoint, ...settings };
    const { status, stdout } = spawnSync(process.execPath, [SMOKE, ...args], {
      env,
      encoding: "utf8",
      timeout: 60_000,
    });
    return { status, lines: stdout.trimEnd().split("\n") };
  }

  async function keysLeft(): Promise<readonly (string | undefined)[]> {
    const client = clientOf(moto.endpoint);
    const { Contents: found = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    client.destroy();
    return found.map(({ Key }) => Key);
  }

  it("says what it will make, and makes nothing", async () => {
    const { status, lines } = smoke({ CARTEIRA_LAKE_BUCKET: bucket });
    expect(status).toBe(0);
    expect(lines.join("\n")).toMatch(/two objects under smoke\/[0-9a-f]{12}\/, removed again/);
    expect(lines.at(-1)).toBe("Nothing was done. To do it: npm run smoke:aws -- --yes");
    expect(await keysLeft()).toEqual([]);
  });

  it("finds that all holds, and leaves nothing", async () => {
    const settings = {
      CARTEIRA_LAKE_BUCKET: bucket,
      CARTEIRA_STATE_URL: "postgres://a@b/c",
      CARTEIRA_GLUE_JOB: JOB,
    };
    const { status, lines } = smoke(settings, "--yes");
    expect(lines.slice(-4).map((line) => line.replace(/ \(\d+ ms\)$/, ""))).toEqual([
      "✓ S3, conditions: what is there is not overwritten, and a pointer moves only from what was read",
      expect.stringMatching(/^✓ S3, objects: written, listed, read, not overwritten, removed under smoke\//),
      `✓ Glue: ${JOB} is there, Glue 5.1, at most 1 run at once`,
      "All 3 hold.",
    ]);
    expect(status).toBe(0);
    expect(await keysLeft()).toEqual([]);
  });

  it("goes on after what does not hold, says so, and leaves nothing", async () => {
    const settings = {
      CARTEIRA_LAKE_BUCKET: bucket,
      CARTEIRA_STATE_URL: "postgres://a@b/c",
      CARTEIRA_GLUE_JOB: "none",
    };
    const { status, lines } = smoke(settings, "--yes");
    expect(status).toBe(1);
    expect(lines).toContainEqual(expect.stringMatching(/^✗ Glue: EntityNotFoundException/));
    expect(lines.at(-1)).toBe("1 of 3 do not hold.");
    expect(await keysLeft()).toEqual([]);
  });

  it("has nothing to look at without a bucket", () => {
    expect(smoke({}).status).toBe(2);
  });
});
