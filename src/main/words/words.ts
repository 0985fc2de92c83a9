import { EN } from "./en.ts";
import type { Help } from "./help.ts";
import { HELP_EN } from "./help-en.ts";
import { HELP_PT } from "./help-pt.ts";
import { PT } from "./pt.ts";

export type Language = "pt" | "en";

/** The sentences of the command line, the same in each language. */
export type Sentences = typeof PT;

export interface Words extends Sentences {
  readonly language: Language;
  readonly help: Help;
}

export function isLanguage(text: string | undefined): text is Language {
  return text === "pt" || text === "en";
}

/** The words of a language; Portuguese unless English was asked for. */
export function wordsOf(language: string | undefined): Words {
  return language === "en" ? { ...EN, language, help: HELP_EN } : { ...PT, language: "pt", help: HELP_PT };
}
