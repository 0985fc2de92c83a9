import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * `npm run test:peers`: the tests whose peers need more than Node and npm. Arguments go on to vitest.
 * It finds each peer first and hands it over in the environment; the one peer of this version is Chromium.
 */

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const TESTS_TIMEOUT_MS = 15 * 60_000;
const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

const say = (text: string) => process.stderr.write(`${text}\n`);
const inCi = process.env["CI"] === "true";

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Whatever keeps it from being run, it is no program for us; the caller says what is missing.
    return false;
  }
}

function onPath(names: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isProgram) ?? null;
}

/** Installs Debian's Chromium. What apt says goes to standard error; the caller looks for what came of it. */
function installChromium(aptGet: string): void {
  say("Chromium is missing: installing Debian's package with apt-get.");
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { status, error } = spawnSync(aptGet, args, {
      stdio: ["ignore", process.stderr, process.stderr],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: INSTALL_TIMEOUT_MS,
    });
    if (status !== 0) {
      say(`apt-get ${args[0]} failed (${error?.message ?? `exit code ${status}`}).`);
      return;
    }
  }
}

/** The browser's path, or null where there is none and none could be installed. */
function findChromium(): string | null {
  const found = onPath(BROWSERS);
  const aptGet = onPath(["apt-get"]);
  if (found !== null || !inCi || process.getuid?.() !== 0 || aptGet === null) return found;
  installChromium(aptGet);
  return onPath(BROWSERS);
}

/** Runs the tests and returns the exit code of all this. */
function run(): number {
  const chosen = process.env["CARTEIRA_CHROMIUM"] ?? "";
  if (chosen !== "" && !isProgram(chosen)) {
    say(`CARTEIRA_CHROMIUM names ${chosen}, which is not a program that can be run.`);
    return 1;
  }
  const chromium = chosen === "" ? findChromium() : chosen;
  if (chromium === null && inCi) {
    say("The tests of the web chat need Chromium: install it, or set CARTEIRA_CHROMIUM to its path.");
    return 1;
  }
  if (chromium === null) {
    say("Skipped: the web chat in a real browser (test/peers/chat.test.ts), since no Chromium was found.");
    say("Install chromium, or set CARTEIRA_CHROMIUM to the path of a Chromium or Chrome, to run it.");
    return 0;
  }
  const args = [VITEST, "run", "--project", "peers", ...process.argv.slice(2)];
  const { status, error } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CARTEIRA_CHROMIUM: chromium },
    timeout: TESTS_TIMEOUT_MS,
  });
  if (error !== undefined) say(`The tests did not end well: ${error.message}.`);
  return status ?? 1;
}

process.exitCode = run();
