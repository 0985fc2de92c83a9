import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { EXIT, Refusal } from "./exit.ts";
import type { Words } from "./words/words.ts";

/** Options of every command. */
const COMMON = {
  home: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options & typeof COMMON; allowPositionals: true }>
>;

/** Reads a command's arguments. Throws Refusal (bad usage) that names the option and what is wrong with it. */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  words: Words,
): Parsed<Options> {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true });
  } catch (error) {
    throw usageRefusal(error, words);
  }
}

/** parseArgs tells what is wrong by a code, and names the option only in its English sentence. */
function usageRefusal(error: unknown, words: Words): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const option = /'(-[^\s'<]*)/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return new Refusal(EXIT.badUsage, words.unknownOption(option), error);
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      return new Refusal(
        EXIT.badUsage,
        error.message.includes("does not take an argument")
          ? words.optionTakesNoValue(option)
          : words.optionNeedsValue(option),
        error,
      );
    default:
      return error;
  }
}

/** The value of an option that a command cannot do without. */
export function required(value: string | undefined, option: string, words: Words): string {
  if (value === undefined || value.trim() === "")
    throw new Refusal(EXIT.badUsage, words.optionMissing(option));
  return value.trim();
}

/** A value that is one of a list, or null where the option was not given. */
export function oneOf<Value extends string>(
  value: string | undefined,
  allowed: readonly Value[],
  option: string,
  words: Words,
): Value | null {
  if (value === undefined) return null;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new Refusal(EXIT.badUsage, words.optionNotAllowed(option, value, allowed.join(", ")));
  }
  return found;
}

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 100_000;

/** How many entries of a list `--limit` asks for. Throws Refusal (bad usage). */
export function readLimit(text: string | undefined, words: Words): number {
  if (text === undefined) return LIMIT_DEFAULT;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LIMIT_MAX) {
    throw new Refusal(EXIT.badUsage, words.optionNotAllowed("--limit", text, `1 … ${LIMIT_MAX}`));
  }
  return limit;
}
