import type { IsoDay } from "../../src/money/day.ts";
import type { Language, Lexicon, Period } from "../../src/questions/question.ts";
import { readQuestion } from "../../src/questions/read.ts";
import { namedSpan } from "../../src/questions/spans.ts";
import { fold, TEXT_LENGTH_MAX } from "../../src/questions/text.ts";

/** What somebody asks a report of; or what is to be asked back. */
export type ReportOrder =
  | {
      readonly kind: "report";
      readonly client: string;
      readonly period: Period;
      readonly periodSaid: boolean;
    }
  | {
      readonly kind: "which_client";
      readonly options: readonly { readonly id: string; readonly name: string }[];
      readonly period: Period | null;
    }
  | { readonly kind: "client_missing" }
  | { readonly kind: "period_unclear"; readonly text: string }
  | { readonly kind: "not_found" };

/** The word itself, in the form without accents and capitals. */
const WORD = /(?<![\p{L}\d])(relatorios?|reports?)(?![\p{L}\d])/u;
/** What comes again and again is a digest, and not a report on a period. */
const REPEATED =
  /(?<![\p{L}\d])(?:todo|toda|todos|todas|diario|diaria|semanal|cada|every|each|daily|weekly)(?![\p{L}\d])/u;
/** Courtesies and adjectives that say neither whose nor when. */
const FILLERS =
  /(?<![\p{L}\d])(?:\/?carteira(?! d)|por favor|please|me (?:manda|mande|envia|envie|da|faz|gera)|manda|mande|mandar|envia|envie|enviar|gera|gere|gerar|faz|faca|fazer|monta|monte|montar|prepara|prepare|preparar|emite|emita|emitir|baixa|baixar|quero|queria|preciso|(?:can|could) you|send me|send|make me|make|give me|get me|prepare|create|i (?:want|need)|em pdf|in pdf|as pdf|as a pdf|pdf|gerencial|mensal|completo|monthly|full|management|portfolio|d[ae] carteira(?= d))(?![\p{L}\d])/gu;
const EDGES = /^(?:\s|[,:;.!?-]|(?:o|a|um|uma|the|an|de|do|of)\s(?=\s*$))+|[\s?!.]+$/gu;

/** Whether a text asks for a report, and in which language it does; null where it does not. */
export function reportWordIn(text: string): Language | null {
  if (text.length > TEXT_LENGTH_MAX) return null;
  const folded = fold(text.normalize("NFC"));
  const word = WORD.exec(folded)?.[1];
  if (word === undefined || REPEATED.test(folded)) return null;
  return word.startsWith("relatorio") ? "pt" : "en";
}

/**
 * Reads `relatório da Ana de outubro`, `report of cliente123 for last month` with the grammar of questions: a report is asked for like a
 * return over a period. Without a period it is the last month that has ended. Null where the text asks for no report.
 */
export function readReportOrder(
  text: string,
  { lexicon, today }: { readonly lexicon: Lexicon; readonly today: IsoDay },
): ReportOrder | null {
  const language = reportWordIn(text);
  if (language === null) return null;
  const reading = readQuestion(asReturn(text, language), { lexicon, today, previous: null, language });
  const { question } = reading;
  const period = question.period === null ? null : upTo(question.period, today);
  if (reading.kind === "not_found") return { kind: "not_found" };
  if (reading.kind === "clarify") {
    const { reason } = reading;
    if (reason.code === "which_client") return { kind: "which_client", options: reason.options, period };
    if (reason.code === "period_unclear") return { kind: "period_unclear", text: reason.text };
    return { kind: "client_missing" };
  }
  if (question.client === null) return { kind: "client_missing" };
  return {
    kind: "report",
    client: question.client,
    period: period ?? namedSpan("last_month", today),
    periodSaid: period !== null,
  };
}

/** The order as the question about a return that it resembles; words keep their spelling, which names may need. */
function asReturn(text: string, language: Language): string {
  const plain = text.normalize("NFC");
  const folded = fold(plain);
  let kept = "";
  let at = 0;
  // Folding keeps the length, so that places in one text are places in the other.
  const cuts = [...folded.matchAll(FILLERS), ...folded.matchAll(new RegExp(WORD, "gu"))].toSorted(
    (left, right) => left.index - right.index,
  );
  for (const {
    index,
    0: { length },
  } of cuts) {
    if (index < at) continue;
    kept += `${plain.slice(at, index)} `;
    at = index + length;
  }
  kept += plain.slice(at);
  const rest = kept.replace(/\s+/g, " ").replace(EDGES, "").trim();
  return `${language === "pt" ? "rentabilidade" : "return"} ${rest}`;
}

/** A report does not reach into days to come. */
function upTo(period: Period, today: IsoDay): Period {
  return period.to > today ? { ...period, to: today } : period;
}
