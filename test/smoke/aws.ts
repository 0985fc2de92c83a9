import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checksOf, placeOf } from "./checks.ts";

/**
 * `npm run smoke:aws`: whether the AWS that the settings name does what Carteira asks of it. For a person with an account: it
 * says what it will make, makes it only with `--yes`, and removes it also when something fails. It takes the settings of the
 * bot (docs/aws.md) and credentials as AWS's own tools do; with AWS_ENDPOINT_URL it speaks to another AWS.
 */

const USAGE = "npm run smoke:aws -- [--yes]";

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { yes: { type: "boolean" } } });
  const id = randomBytes(6).toString("hex");
  const place = placeOf(process.env, id);
  if (place === null) {
    say("CARTEIRA_LAKE_BUCKET is not set: there is nothing to look at.");
    return 2;
  }
  const checks = checksOf(place);
  say(`In ${place.region ?? "the region of the profile"}, with bucket ${place.lake.bucket}:`);
  for (const { name, makes } of checks) say(`  ${name}: ${makes}`);
  if (values.yes !== true) {
    say(`Nothing was done. To do it: ${USAGE.replace("[--yes]", "--yes")}`);
    return 0;
  }
  return await runAll(checks);
}

async function runAll(checks: ReturnType<typeof checksOf>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "carteira-smoke-"));
  let failures = 0;
  try {
    for (const { name, run } of checks) {
      const startedMs = performance.now();
      try {
        const found = await run(folder);
        say(`✓ ${name}: ${found} (${Math.round(performance.now() - startedMs)} ms)`);
      } catch (error) {
        failures += 1;
        say(`✗ ${name}: ${sentenceOf(error)}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  say(failures === 0 ? `All ${checks.length} hold.` : `${failures} of ${checks.length} do not hold.`);
  return failures === 0 ? 0 : 1;
}

/** What failed and why, down to AWS's own name for it: here nobody's data can be in it. */
function sentenceOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error && parts.length < 4; at = at.cause)
    parts.push(`${at.name}: ${at.message}`);
  return parts.length === 0 ? String(error) : parts.join(" ← ");
}

process.exitCode = await main();
