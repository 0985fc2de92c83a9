import type { Language } from "../questions/question.ts";
import { enFindings } from "./words/en-findings.ts";
import { enOrders } from "./words/en-orders.ts";
import { enReplies } from "./words/en-replies.ts";
import { enTerms } from "./words/en-terms.ts";
import { ptFindings } from "./words/pt-findings.ts";
import { ptOrders } from "./words/pt-orders.ts";
import { ptReplies } from "./words/pt-replies.ts";
import { ptTerms } from "./words/pt-terms.ts";

/** Every word a reader sees, once for each language. The Portuguese catalogue sets the keys: the compiler checks the English. */
export type Words = typeof ptTerms & typeof ptReplies & typeof ptFindings & typeof ptOrders;

const CATALOGUES: Readonly<Record<Language, Words>> = {
  pt: { ...ptTerms, ...ptReplies, ...ptFindings, ...ptOrders },
  en: { ...enTerms, ...enReplies, ...enFindings, ...enOrders },
};

export function wordsOf(language: Language): Words {
  return CATALOGUES[language];
}

/** The label of a code, or the code itself where the catalogue has none: a name that a file made up stays readable. */
export function labelOf(labels: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(labels, code) ? (labels[code] ?? code) : code;
}
