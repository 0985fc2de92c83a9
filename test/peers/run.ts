import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ALONE, canBeAlone } from "./alone.ts";
import { findGluePeer } from "./glue-peers.ts";
import { install } from "./packages.ts";
import { startPostgres } from "./postgres.ts";
import { findS3Peers } from "./s3-peers.ts";

/**
 * `npm run test:peers`: the tests whose peers need more than Node and npm. Arguments go on to vitest.
 * It finds each peer first and hands it over in the environment: Chromium for all channels, a Slack that runs on this
 * machine, what stands in for Teams, a PostgreSQL server, two S3s, and Spark. Slack and Teams listen on every interface, so all
 * of it runs in a network of its own where there is only loopback; PostgreSQL is reached by a socket in a folder.
 */

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const TESTS_TIMEOUT_MS = 30 * 60_000;
const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

/** A Slack for tests, with a page: independent of this project. It does not check blocks; ours are checked elsewhere. */
const LOCAL_SLACK = { name: "local-slack-linux-x64", version: "0.1.8", program: "bin/local-slack" };
/** What stands in for Teams: Microsoft's playground, and the schema of an app's manifest. */
const TEAMS_PEERS = [
  "@microsoft/m365agentsplayground@0.2.28",
  "@microsoft/app-manifest@1.1.2",
  "ajv-draft-04@1.0.0",
];

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

/** Installs packages of Debian's. What apt says goes to standard error; the caller looks for what came of it. */
function installDebian(aptGet: string, packages: readonly string[]): void {
  say(`Missing: installing Debian's ${packages.join(" and ")} with apt-get.`);
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
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

/** What may install Debian's packages here: in CI, where this is root's machine. */
function debianInstaller(): ((packages: readonly string[]) => void) | null {
  const aptGet = onPath(["apt-get"]);
  if (!inCi || process.getuid?.() !== 0 || aptGet === null) return null;
  return (packages) => installDebian(aptGet, packages);
}

/** The browser's path, or null where there is none and none could be installed. */
function findChromium(): string | null {
  const found = onPath(BROWSERS);
  const install = debianInstaller();
  if (found !== null || install === null) return found;
  install(["chromium"]);
  return onPath(BROWSERS);
}

/** The path of the Slack for tests; null where it cannot be had, and why is said. */
function findLocalSlack(folder: string): string | null {
  const chosen = process.env["CARTEIRA_LOCAL_SLACK"] ?? "";
  if (chosen !== "") return chosen;
  if (process.platform !== "linux" || process.arch !== "x64") {
    say("Skipped: Slack (test/peers/slack.test.ts), whose peer runs on Linux x64 only.");
    return null;
  }
  const { name, version, program } = LOCAL_SLACK;
  const path = join(folder, "node_modules", name, program);
  if (install(folder, [`${name}@${version}`]) && isProgram(path)) return path;
  say(`Skipped: Slack (test/peers/slack.test.ts), since npm could not install ${name}@${version}.`);
  return null;
}

/** The folder with Teams' peers; null where they cannot be had, and why is said. */
function findTeamsPeers(folder: string): string | null {
  const chosen = process.env["CARTEIRA_TEAMS_PEERS"] ?? "";
  if (chosen !== "") return chosen;
  if (install(folder, TEAMS_PEERS)) return folder;
  say("Skipped: Teams (test/peers/teams*.test.ts), since npm could not install its peers.");
  return null;
}

/** Runs the tests and returns the exit code of all this. */
function run(): number {
  const folder = mkdtempSync(join(tmpdir(), "carteira-peer-tools-"));
  try {
    return runIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runIn(folder: string): number {
  // Another user than this one may have to run the server out of it.
  chmodSync(folder, 0o755);
  const chat = findChatPeers(folder);
  if (typeof chat === "number") return chat;
  const s3 = findS3Peers(join(folder, "s3"), debianInstaller(), say);
  const glue = findGluePeer(join(folder, "glue"), debianInstaller(), say);
  const postgres = startPostgres(folder, install, say);
  try {
    if (inCi && (postgres === null || s3 === null || glue === null)) {
      say("In CI a peer that is missing is a failure.");
      return 1;
    }
    return runTests({ chat, s3, glue, postgresUrl: postgres?.url ?? null });
  } finally {
    postgres?.stop();
  }
}

interface ChatPeers {
  readonly chromium: string;
  readonly alone: boolean;
  readonly slack: string | null;
  readonly teams: string | null;
}

/** What the channels need; null where they are skipped, and an exit code where that is a failure. */
function findChatPeers(folder: string): ChatPeers | null | number {
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
    say("Skipped: the web chat in a real browser (test/peers/chat.test.ts), Slack and Teams,");
    say("since no Chromium was found.");
    say("Install chromium, or set CARTEIRA_CHROMIUM to the path of a Chromium or Chrome, to run it.");
    return null;
  }
  const alone = canBeAlone();
  if (!alone) {
    say(
      "Skipped: Slack and Teams (test/peers/slack.test.ts, teams*.test.ts): their peers open ports on every",
    );
    say("address, and no network of their own can be had for them here (unshare, ip).");
  }
  const slack = alone ? findLocalSlack(join(folder, "slack")) : null;
  const teams = alone ? findTeamsPeers(join(folder, "teams")) : null;
  if (inCi && (slack === null || teams === null)) {
    say("In CI a peer that is missing is a failure.");
    return 1;
  }
  return { chromium, alone, slack, teams };
}

interface Peers {
  readonly chat: ChatPeers | null;
  readonly s3: string | null;
  /** A Python with Spark. */
  readonly glue: string | null;
  readonly postgresUrl: string | null;
}

function runTests({ chat, s3, glue, postgresUrl }: Peers): number {
  const projects = [
    ...(chat === null ? [] : ["peers"]),
    ...(s3 === null ? [] : ["s3"]),
    ...(postgresUrl === null ? [] : ["postgres"]),
    ...(glue === null ? [] : ["glue"]),
    ...(glue === null || s3 === null || postgresUrl === null ? [] : ["aws"]),
  ];
  if (projects.length === 0) return 0;
  say(
    "Not among these: Trino, the engine behind Athena, which has a command of its own (npm run test:trino).",
  );
  const tests = [
    process.execPath,
    VITEST,
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    ...process.argv.slice(2),
  ];
  const [program = process.execPath, ...args] = chat?.alone === true ? [...ALONE, ...tests] : tests;
  const { slack = null, teams = null } = chat ?? {};
  const { status, error } = spawnSync(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      ...(chat === null ? {} : { CARTEIRA_CHROMIUM: chat.chromium }),
      ...(slack === null ? {} : { CARTEIRA_LOCAL_SLACK: slack }),
      ...(teams === null ? {} : { CARTEIRA_TEAMS_PEERS: teams }),
      ...(s3 === null ? {} : { CARTEIRA_S3_PEERS: s3 }),
      ...(glue === null ? {} : { CARTEIRA_GLUE_PYTHON: glue }),
      ...(postgresUrl === null ? {} : { CARTEIRA_TEST_POSTGRES: postgresUrl }),
    },
    timeout: TESTS_TIMEOUT_MS,
  });
  if (error !== undefined) say(`The tests did not end well: ${error.message}.`);
  return status ?? 1;
}

process.exitCode = run();
