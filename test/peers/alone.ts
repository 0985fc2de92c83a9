import { spawnSync } from "node:child_process";

/** Runs a command where nothing but this machine has an address. */
export const ALONE = ["unshare", "-r", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"] as const;

/** Whether a network of its own can be had here. */
export function canBeAlone(): boolean {
  const [program, ...args] = ALONE;
  return spawnSync(program, [...args, "true"], { stdio: "ignore", timeout: 10_000 }).status === 0;
}
