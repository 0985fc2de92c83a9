import type { Language } from "../../src/questions/question.ts";
import { en } from "./words/en.ts";
import { pt } from "./words/pt.ts";

export function alertWordsOf(language: Language): typeof pt {
  return language === "en" ? en : pt;
}
