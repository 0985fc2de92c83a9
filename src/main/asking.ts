import { isLocalUser } from "../access/channel-user.ts";
import { required } from "./arguments.ts";
import type { Book } from "./book.ts";
import { DEMO_BROKER } from "./demo-book.ts";
import { EXIT, Refusal } from "./exit.ts";
import { readHome } from "./home.ts";
import { readInstant } from "./instant.ts";
import type { Shell } from "./shell.ts";
import type { Words } from "./words/words.ts";

/** Who asks: `--as`, which only the demo does without. Throws Refusal (bad usage, or not set up). */
export async function askerOf(as: string | undefined, { config, words }: Shell): Promise<string> {
  const info = await readHome(config.home);
  // What is shared, a machine that is new to it takes part in.
  const shared = config.lake !== null && config.stateUrl !== null;
  if (info === null && !shared) throw new Refusal(EXIT.notSetUp, words.noBook(config.home));
  return as === undefined && info?.demo === true ? DEMO_BROKER : localUser(as, words);
}

/**
 * Who speaks on this machine: a broker or the admin. Nobody speaks here as a channel's user or as a person, or the
 * audit would say so of somebody who never did. Throws Refusal (bad usage, or bad input).
 */
export function localUser(as: string | undefined, words: Words): string {
  const user = required(as, "--as", words);
  if (!isLocalUser(user)) throw new Refusal(EXIT.badInput, words.unknownUser(user));
  return user;
}

/** The instant that `--at` means; null without it. Throws Refusal (bad usage). */
export function atOf(text: string | undefined, words: Words): Date | null {
  if (text === undefined) return null;
  const at = readInstant(text);
  if (at === null) throw new Refusal(EXIT.badUsage, words.badInstant(text));
  return at;
}

/** A book that was begun but holds nothing yet is not set up. */
export async function mustBePublished(book: Book, { config, words }: Shell): Promise<void> {
  if ((await book.warehouse.current()) === null) {
    const hint = book.info.demo ? words.unfinishedDemo(config.home) : words.emptyBook(config.home);
    throw new Refusal(EXIT.notSetUp, hint);
  }
}
