import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/**
 * Two stores that speak S3, from PyPI in a virtual environment of their own: Moto, which knows conditional writes and
 * permissions, and OpenStack's Swift, which checks what arrives against its hashes. The tests start them; they listen on
 * 127.0.0.1 and keep nothing.
 */

const PACKAGES = ["moto[server]==5.2.5", "swift==2.38.3"];
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** The folder with their programs; null where they cannot be had, and why is said. */
export function findS3Peers(
  folder: string,
  installDebian: ((packages: readonly string[]) => void) | null,
  say: (text: string) => void,
): string | null {
  const chosen = process.env["CARTEIRA_S3_PEERS"] ?? "";
  if (chosen !== "") return chosen;
  if (!makeEnvironment(folder) && installDebian !== null) {
    // Debian's python3 makes virtual environments only with another package.
    installDebian(["python3", "python3-venv"]);
    makeEnvironment(folder);
  }
  const pip = join(folder, "bin", "pip");
  const quietly = ["install", "--quiet", "--disable-pip-version-check"];
  if (existsSync(pip) && runs(pip, [...quietly, ...PACKAGES])) return folder;
  say(
    `Skipped: the lake in S3 (test/peers/s3*.test.ts), since pip could not install ${PACKAGES.join(" and ")}.`,
  );
  say(
    "Install Python 3 with venv, or set CARTEIRA_S3_PEERS to a virtual environment that has them, to run it.",
  );
  return null;
}

function makeEnvironment(folder: string): boolean {
  return runs("python3", ["-m", "venv", "--clear", folder]);
}

function runs(program: string, args: readonly string[]): boolean {
  const { status } = spawnSync(program, args, {
    stdio: ["ignore", process.stderr, process.stderr],
    timeout: INSTALL_TIMEOUT_MS,
  });
  return status === 0;
}
