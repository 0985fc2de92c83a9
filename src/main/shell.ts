import type { Config } from "../config.ts";
import { Terminal, type TextOut } from "./terminal.ts";
import type { Words } from "./words/words.ts";

/** The world outside, as a command sees it; tests bring their own. */
export interface Io {
  readonly stdout: TextOut;
  readonly stderr: TextOut & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly now: () => Date;
  /** Aborted when the person or the system asks the program to end. */
  readonly stop: AbortSignal;
}

/** What every command gets beside its arguments. */
export interface Shell {
  readonly io: Io;
  /** The settings, with those that the command line overrides. */
  readonly config: Config;
  readonly words: Words;
  readonly terminal: Terminal;
  /** Registers what is to be closed when the command ends, however it ends: the last one first. */
  onEnd(close: () => Promise<void>): void;
}

export interface ClosableShell extends Shell {
  close(): Promise<void>;
}

export function createShell(io: Io, config: Config, words: Words): ClosableShell {
  const closers: (() => Promise<void>)[] = [];
  return {
    io,
    config,
    words,
    terminal: new Terminal(io.stdout, io.stderr),
    onEnd(close) {
      closers.push(close);
    },
    async close() {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
    },
  };
}
