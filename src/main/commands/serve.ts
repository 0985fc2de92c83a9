import { ConsoleError } from "../../../bots/console/server.ts";
import { isPort } from "../../config.ts";
import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

/** Opens the chat on this machine until it is told to stop. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, config } = shell;
  const { values, positionals } = readArguments(args, { port: { type: "string" } } as const, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  if (values.port !== undefined && !isPort(values.port)) {
    throw new Refusal(EXIT.badUsage, words.badPort(values.port));
  }
  const port = values.port === undefined ? config.port : Number(values.port);
  try {
    await serve(shell, port);
    return EXIT.answered;
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    const text = error.code === "port_taken" ? words.portTaken(port) : words.portForbidden(port);
    throw new Refusal(EXIT.badInput, text, error);
  }
}
