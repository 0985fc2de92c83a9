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
  /** Resolves when it has ended by itself, or was stopped. */
  readonly ended: Promise<void>;
  /** Tells it to stop, and kills it where it does not listen. */
  stop(): Promise<void>;
}

/** Starts `carteira` with these arguments in a folder, and with no setting but those given. */
export function start(
  args: readonly string[],
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Program {
  return startProgram([process.execPath, PROGRAM, ...args], folder, { PORT: "0", ...settings });
}

/** Starts a program in a folder, with no variable of this process but the path. */
export function startProgram(
  [program = "", ...args]: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...environment },
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
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const fail = (how: string) => () => reject(new Error(`${args.join(" ")} ${how}:\n${said}`));
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
