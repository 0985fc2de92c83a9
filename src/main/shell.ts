import type { Config } from "../config.ts";
import { Terminal, type TextOut } from "./terminal.ts";
import { isLanguage, type Language, type Words } from "./words/words.ts";

/** The world outside, as a command sees it; tests bring their own. */
export interface Io {
  readonly stdout: TextOut;
  readonly stderr: TextOut & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly now: () => Date;
  /** Asks the person at the terminal; absent where there is none. Null: they gave no answer. */
  readonly ask?: (question: string) => Promise<string | null>;
  /** Aborted when the person or the system asks the program to end. */
  readonly stop: AbortSignal;
}

/** What every command gets beside its arguments. */
export interface Shell {
  readonly io: Io;
  /** The settings, with those that the command line overrides. */
  readonly config: Config;
  readonly words: Words;
  /** The language that somebody set, by the command line or the environment; null: a question has its own. */
  readonly chosenLanguage: Language | null;
  readonly terminal: Terminal;
  /** Registers what is to be closed when the command ends, however it ends: the last one first. */
  onEnd(close: () => Promise<void>): void;
}

export interface ClosableShell extends Shell {
  close(): Promise<void>;
}

/** `language` is what the command line says. */
export function createShell(
  io: Io,
  { config, words, language }: { config: Config; words: Words; language: string | undefined },
): ClosableShell {
  const stated = language ?? io.environment["CARTEIRA_LANG"];
  const closers: (() => Promise<void>)[] = [];
  return {
    io,
    config,
    words,
    chosenLanguage: isLanguage(stated) ? stated : null,
    terminal: new Terminal(io.stdout, io.stderr),
    onEnd(close) {
      closers.push(close);
    },
    async close() {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
    },
  };
}
