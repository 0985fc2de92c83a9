import type { Language } from "../../questions/question.ts";
import { prepare, TEXT_LENGTH_MAX } from "../../questions/text.ts";
import type { Told } from "../order.ts";

/**
 * What was said after the name of the bot and the command word: in lower case without accents, with single spaces and
 * without the sign at its end. Empty for what is too long to be read at all.
 *
 * @example spoken("/carteira Últimos  arquivos?") // "ultimos arquivos"
 */
export function spoken(text: string): string {
  if (text.length > TEXT_LENGTH_MAX) return "";
  const { folded, tokens, command } = prepare(text);
  const rest = command === "word" ? folded.slice(tokens[0]?.end ?? 0) : folded;
  return rest
    .replace(/\s+/g, " ")
    .replace(/[\s?!.…]+$/, "")
    .trim();
}

/** The language to answer an order in: the one that somebody has set, or else that of its words. */
export function answeredIn(
  { language, chosen }: Pick<Told, "language" | "chosen">,
  said: Language,
): Language {
  return chosen ? language : said;
}
