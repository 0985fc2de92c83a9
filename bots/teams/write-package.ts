import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { appPackage } from "./app-package.ts";
import { at, text } from "./person.ts";

/** `npm run teams:package`: writes the app package for the settings in the environment. */

const FILE = "carteira-teams.zip";
const { TEAMS_APP_ID: appId, TEAMS_COMPANY: company, TEAMS_SITE: site } = process.env;
const own: unknown = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
const version = text(at(own, "version")) ?? "0.0.0";
try {
  const identity = {
    appId: appId ?? "",
    version,
    company: company ?? "Carteira",
    site: site ?? "https://example.com",
  };
  await writeFile(FILE, await appPackage(identity));
  process.stdout.write(`${FILE}\n`);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  process.stderr.write(
    `${error.message}: set TEAMS_APP_ID, and TEAMS_COMPANY and TEAMS_SITE where they differ.\n`,
  );
  process.exitCode = 2;
}
