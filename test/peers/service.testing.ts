import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../src/main/carteira.mjs", import.meta.url));
const PROGRAM_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** The program as a process of its own. */
export interface Program {
  /** All that it has written so far. */
  said(): string;
  /** What it writes that matches. Rejects where it ends first, or says nothing such for a minute. */
  until(pattern: RegExp): Promise<string>;
  /** Tells it to stop, and kills it where it does not listen. */
  stop(): Promise<void>;
}

/** Starts `carteira` with these arguments in a folder, and with no setting but those. */
export function start(args: readonly string[], folder: string): Program {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      child.emit("said");
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  return {
    said: () => said,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const fail = (how: string) => () => reject(new Error(`carteira ${args.join(" ")} ${how}:\n${said}`));
        const timer = setTimeout(fail(`did not say ${pattern}`), PROGRAM_TIMEOUT_MS);
        const look = () => {
          const found = pattern.exec(said)?.[0];
          if (found === undefined) return;
          clearTimeout(timer);
          resolve(found);
        };
        child.on("said", look);
        look();
        // After it was found, this rejects nothing any more.
        void ended.then(() => clearTimeout(timer)).then(fail(`ended before it said ${pattern}`));
      }),
    async stop() {
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(timer);
    },
  };
}
