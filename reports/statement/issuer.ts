import { type Words, wordsOf } from "../../src/messages/words.ts";
import type { Language } from "../../src/questions/question.ts";

/** Who stands behind a report: the broker who hands it over, and the intermediary whose official statement it is not. */
export interface Issuer {
  readonly broker: string;
  readonly intermediary: string;
  /** How the intermediary's ombudsman (ouvidoria) is reached. */
  readonly ombudsman: string;
}

/** The settings that name the intermediary; null where they are not given. */
export interface IntermediarySettings {
  readonly intermediary: string | null;
  readonly ombudsman: string | null;
}

/** Without both there is no report; named as they are set. */
const INTERMEDIARY_SETTINGS = {
  intermediary: "CARTEIRA_INTERMEDIARY",
  ombudsman: "CARTEIRA_OMBUDSMAN",
} as const satisfies Record<keyof IntermediarySettings, string>;

/**
 * The intermediary of a report, or the names of the settings that are missing. A demo book has one that is invented and says
 * so, whatever is set: its synthetic figures must not bear a real name.
 */
export function intermediaryOf(
  settings: IntermediarySettings,
  book: { readonly demo: boolean; readonly language: Language },
): Omit<Issuer, "broker"> | { readonly missing: readonly string[] } {
  if (book.demo) return invented(wordsOf(book.language));
  const { intermediary, ombudsman } = settings;
  if (intermediary !== null && ombudsman !== null) return { intermediary, ombudsman };
  const missing = (["intermediary", "ombudsman"] as const).filter((name) => settings[name] === null);
  return { missing: missing.map((name) => INTERMEDIARY_SETTINGS[name]) };
}

function invented({ statement }: Words): Omit<Issuer, "broker"> {
  return { intermediary: statement.demoIntermediary, ombudsman: statement.demoOmbudsman };
}
