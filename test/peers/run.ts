import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * `npm run test:peers`: the tests whose peers need more than Node and npm. Arguments go on to vitest.
 * It finds each peer first and hands it over in the environment: Chromium, and what stands in for Teams.
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

/** What stands in for Teams: Microsoft's playground, and the schema of an app's manifest. */
const TEAMS_PEERS = [
  "@microsoft/m365agentsplayground@0.2.28",
  "@microsoft/app-manifest@1.1.2",
  "ajv-draft-04@1.0.0",
];

/** Installs Teams' peers into a temporary folder of their own; null, and said, where that cannot be done. */
function installTeamsPeers(): string | null {
  const chosen = process.env["CARTEIRA_TEAMS_PEERS"] ?? "";
  if (chosen !== "") return chosen;
  const folder = mkdtempSync(join(tmpdir(), "carteira-teams-peers-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, ...TEAMS_PEERS];
  const { status } = spawnSync(npm, args, {
    stdio: ["ignore", "ignore", process.stderr],
    shell: process.platform === "win32",
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (status === 0) return folder;
  say("Skipped: Teams (test/peers/teams*.test.ts), since npm could not install its peers.");
  return null;
}

/** A network of its own, with nothing but this machine in it: the peers open ports on every address. */
function isolated(command: readonly string[]): readonly string[] {
  for (const kind of [["--net"], ["--map-root-user", "--net"]]) {
    const inside = [...kind, "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
    const tried = spawnSync("unshare", [...inside, "true"], { stdio: "ignore" });
    if (tried.status === 0) return ["unshare", ...inside, ...command];
  }
  say("The peers run on this machine's own network: one of their own could not be made (unshare, ip).");
  return command;
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
  const teams = installTeamsPeers();
  if (teams === null && inCi) return 1;
  const [program = process.execPath, ...rest] = isolated([process.execPath, ...args]);
  const { status, error } = spawnSync(program, rest, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      CARTEIRA_CHROMIUM: chromium,
      ...(teams === null ? {} : { CARTEIRA_TEAMS_PEERS: teams }),
    },
    timeout: TESTS_TIMEOUT_MS,
  });
  if (error !== undefined) say(`The tests did not end well: ${error.message}.`);
  return status ?? 1;
}

process.exitCode = run();
