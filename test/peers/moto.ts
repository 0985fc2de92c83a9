import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/**
 * Moto's server, which speaks S3: from PyPI, in a virtual environment of its own. The tests start it; it listens on
 * 127.0.0.1 and keeps nothing.
 */

const PACKAGE = "moto[server]==5.2.5";
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** The server's path; null where it cannot be had, and why is said. */
export function findMoto(
  folder: string,
  installDebian: ((packages: readonly string[]) => void) | null,
  say: (text: string) => void,
): string | null {
  const chosen = process.env["CARTEIRA_MOTO"] ?? "";
  if (chosen !== "") return chosen;
  const server = join(folder, "bin", "moto_server");
  if (!makeEnvironment(folder) && installDebian !== null) {
    // Debian's python3 makes virtual environments only with another package.
    installDebian(["python3", "python3-venv"]);
    makeEnvironment(folder);
  }
  const pip = join(folder, "bin", "pip");
  if (existsSync(pip) && runs(pip, ["install", "--quiet", "--disable-pip-version-check", PACKAGE])) return server;
  say(`Skipped: the lake in S3 (test/peers/s3*.test.ts), since python3 and pip could not install ${PACKAGE}.`);
  say("Install Python 3 with venv, or set CARTEIRA_MOTO to the path of a moto_server, to run it.");
  return null;
}

function makeEnvironment(folder: string): boolean {
  return runs("python3", ["-m", "venv", "--clear", folder]);
}

function runs(program: string, args: readonly string[]): boolean {
  const stdio = ["ignore", process.stderr, process.stderr] as const;
  return spawnSync(program, args, { stdio: [...stdio], timeout: INSTALL_TIMEOUT_MS }).status === 0;
}
