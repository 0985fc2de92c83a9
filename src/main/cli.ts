import { createInterface } from "node:readline/promises";
import { ConfigError, readConfig } from "../config.ts";
import { EXIT, Refusal } from "./exit.ts";
import { refusalOf } from "./refusals.ts";
import { createShell, type Io, type Shell } from "./shell.ts";
import { type CommandName, isCommandName } from "./words/help.ts";
import { isLanguage, type Words, wordsOf } from "./words/words.ts";

/** A command's module. It returns the exit code; what the person can put right is thrown as a Refusal. */
export interface CommandModule {
  run(args: readonly string[], shell: Shell): Promise<number>;
}

/** Commands are loaded when they are called: what one needs, the others do not wait for. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<CommandModule>>> = {
  ask: () => import("./commands/ask.ts"),
  ingest: () => import("./commands/ingest.ts"),
  uploads: () => import("./commands/uploads.ts"),
  undo: () => import("./commands/undo.ts"),
  rejected: () => import("./commands/rejected.ts"),
  explain: () => import("./commands/explain.ts"),
  statement: () => import("./commands/statement.ts"),
  findings: () => import("./commands/findings.ts"),
  refresh: () => import("./commands/refresh.ts"),
  init: () => import("./commands/init.ts"),
  actions: () => import("./commands/actions.ts"),
  serve: () => import("./commands/serve.ts"),
  demo: () => import("./commands/demo.ts"),
  doctor: () => import("./commands/doctor.ts"),
  calendar: () => import("./commands/calendar.ts"),
  instruments: () => import("./commands/instruments.ts"),
  people: () => import("./commands/people.ts"),
  digest: () => import("./commands/digest.ts"),
  audit: () => import("./commands/audit.ts"),
  schedules: () => import("./commands/schedules.ts"),
  deliveries: () => import("./commands/deliveries.ts"),
};

const SHARED_OPTION = /^--(home|lang)(=|$)/;

/** Runs the program as the process that it is. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  // A reader that has seen enough (`carteira uploads | head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.answered);
    throw error;
  });
  process.on("uncaughtException", (error) => {
    reportUnexpected(error, process.env, process.stderr);
    process.exit(EXIT.badInput);
  });
  const exit = await run(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    workingFolder: process.cwd(),
    now: () => new Date(),
    stop: stop.signal,
    ...(process.stdin.isTTY ? { ask: (question: string) => askAtTerminal(question, stop.signal) } : {}),
  });
  // Work that was interrupted may still have threads that keep the process alive.
  if (stop.signal.aborted) process.exit(exit);
  process.exitCode = exit;
}

/** One question at the terminal. Null where it was interrupted. */
async function askAtTerminal(question: string, signal: AbortSignal): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    terminal.close();
  }
}

/** Runs one command line and returns its exit code. Never throws: whatever goes wrong becomes one sentence. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const language = optionValue(argv, "--lang");
  const words = wordsOf(isLanguage(language) ? language : io.environment["CARTEIRA_LANG"]);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (error instanceof Refusal) {
      io.stderr.write(`${error.message}\n`);
      if (error.exit === EXIT.badUsage) io.stderr.write(`${words.seeHelp}\n`);
      return error.exit;
    }
    if (error instanceof ConfigError) {
      for (const { setting, value, allowed } of error.problems) {
        io.stderr.write(`${words.badSetting(setting, value, allowed)}\n`);
      }
      return EXIT.badUsage;
    }
    reportUnexpected(error, io.environment, io.stderr, words);
    return EXIT.badInput;
  }
}

/** The last resort: one sentence, and the details only for who asked for them. */
function reportUnexpected(
  error: unknown,
  environment: Io["environment"],
  stderr: Io["stderr"],
  words: Words = wordsOf(environment["CARTEIRA_LANG"]),
): void {
  stderr.write(`${words.unexpected}\n`);
  if (environment["CARTEIRA_LOG"] === "debug") stderr.write(`${detailsOf(error)}\n`);
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const lang = optionValue(argv, "--lang");
  const fallback = wordsOf(io.environment["CARTEIRA_LANG"]);
  if (lang !== undefined && !isLanguage(lang)) {
    throw new Refusal(EXIT.badUsage, fallback.optionNotAllowed("--lang", lang, "pt, en"));
  }
  const config = readConfig(
    {
      ...io.environment,
      ...override("CARTEIRA_LANG", lang),
      ...override("CARTEIRA_HOME", optionValue(argv, "--home")),
    },
    io.workingFolder,
  );
  const words = wordsOf(config.language);
  const { name, args } = splitCommand(argv);
  if (name === undefined) return withoutCommand(argv, words, io);
  if (name === "help")
    return help(
      args.find((word) => !word.startsWith("-")),
      words,
      io,
    );
  if (!isCommandName(name)) {
    throw new Refusal(
      EXIT.badUsage,
      name.startsWith("-") ? words.unknownOption(name) : words.unknownCommand(name),
    );
  }
  if (asksForHelp(args)) {
    io.stdout.write(`${words.help[name]}\n`);
    return EXIT.answered;
  }
  return runCommand(name, args, createShell(io, { config, words, language: lang }));
}

/** Runs a command, ends early when asked to, and closes what it opened either way. */
async function runCommand(
  name: CommandName,
  args: readonly string[],
  shell: ReturnType<typeof createShell>,
): Promise<number> {
  try {
    const command = await COMMANDS[name]();
    return await Promise.race([command.run(args, shell), interruption(name, shell)]);
  } catch (error) {
    throw refusalOf(error, shell.words, shell.config) ?? error;
  } finally {
    shell.terminal.clearProgress();
    await shell.close();
  }
}

/** Being told to stop is how a service ends well; any other command was cut short. */
function interruption(name: CommandName, { io, terminal, words }: Shell): Promise<number> {
  const serving = name === "serve";
  return new Promise((resolve) => {
    const end = () => {
      terminal.note(serving ? words.stopping : words.interrupted);
      resolve(serving ? EXIT.answered : EXIT.interrupted);
    };
    if (io.stop.aborted) end();
    else io.stop.addEventListener("abort", end, { once: true });
  });
}

/** No command at all: an answer where help was asked for, bad usage otherwise. */
function withoutCommand(argv: readonly string[], words: Words, io: Io): number {
  const asked = asksForHelp(argv);
  (asked ? io.stdout : io.stderr).write(`${words.help.all}\n`);
  return asked ? EXIT.answered : EXIT.badUsage;
}

/** `carteira help [COMMAND]` */
function help(about: string | undefined, words: Words, io: Io): number {
  if (about !== undefined && !isCommandName(about)) {
    throw new Refusal(EXIT.badUsage, words.unknownCommand(about));
  }
  io.stdout.write(`${words.help[about ?? "all"]}\n`);
  return EXIT.answered;
}

function asksForHelp(args: readonly string[]): boolean {
  return beforeTerminator(args).some((word) => word === "--help" || word === "-h");
}

/** The command's name may come after options that all commands share. */
function splitCommand(argv: readonly string[]): { name: string | undefined; args: readonly string[] } {
  let at = 0;
  for (let word = argv[at]; word !== undefined && SHARED_OPTION.test(word); word = argv[at]) {
    at += word.includes("=") ? 1 : 2;
  }
  const name = argv[at];
  if (name === "--help" || name === "-h") return { name: undefined, args: argv };
  return { name, args: argv.filter((_, index) => index !== at) };
}

/** What follows `--` is text, also where it looks like an option. */
function beforeTerminator(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
}

/** The value of an option that is needed before the command's own options are known. */
function optionValue(argv: readonly string[], option: string): string | undefined {
  const args = beforeTerminator(argv);
  const at = args.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = args[at];
  if (word === undefined) return undefined;
  return word === option ? args[at + 1] : word.slice(option.length + 1);
}

function override(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}

function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\n${detailsOf(error.cause)}`;
}
