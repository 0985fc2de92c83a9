import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import process from "node:process";

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** Installs packages into a folder of their own. Whether that was done. */
export function install(folder: string, packages: readonly string[]): boolean {
  const npm = process.env["npm_execpath"];
  const [command, first] = npm === undefined ? (["npm", []] as const) : ([process.execPath, [npm]] as const);
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder];
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync(command, [...first, "install", ...options, ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", process.stderr],
    timeout: INSTALL_TIMEOUT_MS,
  });
  return status === 0;
}
