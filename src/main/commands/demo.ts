import { readArguments } from "../arguments.ts";
import { bringDemoUpToDate, DEMO_CLIENTS, newDemo } from "../demo-book.ts";
import { EXIT, Refusal } from "../exit.ts";
import { readHome } from "../home.ts";
import { openIntake } from "../intake.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import type { Words } from "../words/words.ts";

/** Makes the demo book, or brings the one that is there up to today. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, config, io } = shell;
  const { values, positionals } = readArguments(args, { clients: { type: "string" } } as const, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const clients = readClients(values.clients, words);
  if (config.glue !== null) throw new Refusal(EXIT.badInput, words.demoOnGlue(config.home));
  const before = await readHome(config.home);
  if (before?.demo === false) throw new Refusal(EXIT.badInput, words.demoOverReal(config.home));
  const store = await openStore(shell, newDemo(io.now(), clients ?? DEMO_CLIENTS.default));
  const { info } = store;
  // Somebody else may have begun this home in the meantime.
  if (!info.demo) throw new Refusal(EXIT.badInput, words.demoOverReal(config.home));
  if (clients !== null && info.clients !== clients) {
    throw new Refusal(EXIT.badInput, words.demoThere(config.home, info.clients));
  }
  const intake = openIntake(store, shell);
  await bringDemoUpToDate({ folder: store.folder, intake }, shell);
  terminal.print(words.demoReady(config.home, info.clients));
  return EXIT.answered;
}

function readClients(text: string | undefined, words: Words): number | null {
  if (text === undefined) return null;
  const clients = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (clients < DEMO_CLIENTS.min || clients > DEMO_CLIENTS.max) {
    throw new Refusal(EXIT.badUsage, words.badClientCount(text, DEMO_CLIENTS.min, DEMO_CLIENTS.max));
  }
  return clients;
}
