import { createDigests, type Digests } from "../../reports/digest/digest.ts";
import { rejectedFiles } from "../../reports/digest/rejected.ts";
import type { Book } from "./book.ts";
import type { Shell } from "./shell.ts";

/** The digests of a book, with what its state knows of refused rows. */
export function digestsOf(
  { answers, state }: Pick<Book, "answers" | "state">,
  { io, config }: Shell,
): Digests {
  return createDigests({
    answers,
    now: io.now,
    hours: config.b3Hours,
    rejected: (query) => rejectedFiles(state.uploads, query),
  });
}
