import { isMarkedPlace, isNamePlace } from "./clients.ts";
import type { Sheet } from "./sheet.ts";

/** A word that neither the grammar nor the lexicon knows. */
export interface Stranger {
  readonly at: number;
  /** `client`: written as an id or standing where only a client can; `place`: where a client can stand. */
  readonly as: "client" | "place" | "other";
}

const ID_LIKE = /^[a-z]{2,}\d+[a-z0-9]*$/;
/** "Quanto a carteira vale": a verb that is a company only where assets.ts says so. */
const VERB = "vale";
const CLIENT_NOUN = /^(?:cliente|client|customer)$/;

/** The words that nothing explains. `named` tells the tokens of names that were found in part. */
export function findStrangers(sheet: Sheet, named: (at: number) => boolean): Stranger[] {
  const found: Stranger[] = [];
  for (let at = 0; at < sheet.length; at += 1) {
    if (sheet.role(at) !== null) continue;
    const word = sheet.word(at);
    const before = found.at(-1);
    const follows = before?.at === at - 1 && before.as !== "other" && !sheet.token(at)?.afterPause;
    if (/^\d+$/.test(word)) {
      const glued = sheet.token(at)?.glue !== "" && follows;
      if (CLIENT_NOUN.test(sheet.word(at - 1)) || glued) found.push({ at, as: "client" });
    } else if (word.length > 1 && word !== VERB) {
      found.push({ at, as: follows ? before.as : kindOf(sheet, at, named) });
    }
  }
  return found;
}

function kindOf(sheet: Sheet, at: number, named: (at: number) => boolean): Stranger["as"] {
  const next = sheet.token(at + 1);
  const owns =
    /['’]/.test(sheet.charAfter(at)) && sheet.text.folded.charAt((sheet.token(at)?.end ?? 0) + 1) === "s";
  if (ID_LIKE.test(sheet.word(at)) || isMarkedPlace(sheet, at) || owns) return "client";
  if (named(at - 1) && !sheet.token(at)?.afterPause) return "client";
  if (named(at + 1) && next !== undefined && !next.afterPause) return "client";
  return isNamePlace(sheet, at) ? "place" : "other";
}
