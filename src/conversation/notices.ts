import type { Message, Tone } from "../messages/message.ts";
import type { Language } from "../questions/question.ts";
import { codeAmong } from "./failure.ts";
import { turnWordsOf } from "./words.ts";

/** The messages about a turn itself, each saying what the person can do next. */

export function unknownUserNotice(language: Language): Message {
  const words = turnWordsOf(language);
  return notice("warning", words.unknownUser, words.unknownUserHint);
}

/** A channel's user whom nobody has let in: whom to ask, and nothing of what there is. */
export function strangerNotice(whomToAsk: readonly string[], language: Language): Message {
  const words = turnWordsOf(language);
  const names = new Intl.ListFormat(language, { type: "disjunction" }).format(whomToAsk);
  return notice(
    "warning",
    words.unknownUser,
    words.strangerHint(names === "" ? words.whoeverAdministers : names),
  );
}

export function tooManyNotice(kind: "turn" | "upload", language: Language): Message {
  const words = turnWordsOf(language);
  return notice("warning", kind === "turn" ? words.tooManyTurns : words.tooManyUploads, words.tooManyHint);
}

/** `pending`: what is published still has it, and follows by itself. */
export function undoneNotice(upload: string, pending: boolean, language: Language): Message {
  const words = turnWordsOf(language);
  return pending
    ? notice("neutral", words.undoing(upload), words.undoingHint)
    : notice("neutral", words.undone(upload));
}

export function undoNotFoundNotice(upload: string, language: Language): Message {
  const words = turnWordsOf(language);
  return notice("warning", words.undoNotFound(upload), words.undoNotFoundHint);
}

export function undoWhichNotice(language: Language): Message {
  const words = turnWordsOf(language);
  return notice("neutral", words.undoWhich, words.undoWhichHint);
}

const MENDABLE = [
  "not_ready",
  "busy",
  "unavailable",
  "refused",
  "timeout",
  "too_large",
  "ENOSPC",
  "EDQUOT",
] as const;

/** What whoever mends it finds in the log, since the talk is not where they look. */
export const LOGGED = ["unavailable", "refused", "timeout"] as const;

/** A failure that the person or the administrator can mend, by the error's code; null for any other. */
export function mendableNotice(error: unknown, language: Language): Message | null {
  const words = turnWordsOf(language);
  switch (codeAmong(error, MENDABLE)) {
    case "not_ready":
      return notice("warning", words.notSetUp, words.notSetUpHint);
    case "busy":
      return notice("warning", words.busy, words.busyHint);
    case "unavailable":
      return notice("warning", words.storeAway, words.storeAwayHint);
    case "refused":
      return notice("warning", words.engineRefused, words.engineRefusedHint);
    case "timeout":
      return notice("warning", words.engineSlow, words.engineSlowHint);
    case "too_large":
      return notice("warning", words.tooLarge, words.tooLargeHint);
    case "ENOSPC":
    case "EDQUOT":
      return notice("warning", words.diskFull, words.diskFullHint);
    case null:
      return null;
  }
}

/** A question that failed for a reason the person cannot know. `ref` is what the log calls it. */
export function questionFailedNotice(ref: string, language: Language): Message {
  const words = turnWordsOf(language);
  return notice("warning", words.questionFailed, words.ref(ref));
}

/** A file that failed likewise. */
export function uploadFailedNotice(fileName: string, ref: string, language: Language): Message {
  const words = turnWordsOf(language);
  return notice("warning", words.uploadFailed(fileName), words.uploadFailedHint, words.ref(ref));
}

function notice(tone: Tone, headline: string, ...lines: readonly string[]): Message {
  return {
    text: [headline, ...lines].join("\n"),
    headline,
    headlineTone: tone,
    blocks: lines.map((text) => ({ kind: "text", text })),
    footer: [],
  };
}
