import type { Language } from "./question.ts";
import type { Sheet } from "./sheet.ts";

const PORTUGUESE = new Set(
  `o os da do das dos em na nos nas que qual quais quanto quanta quantos qto quando como e ou mais menos meu minha meus
   minhas seu sua este esta esse essa ano mes dia semana meses anos hoje ontem tem carteira cliente clientes ajuda
   quem esta ta pra para com rendeu preco mostra lista de ao`.split(/\s+/),
);
const ENGLISH = new Set(
  `the of what whats which who whose how much many show give tell is are was does did has have my me his her for this
   last year month week today yesterday since client clients customers dividends trades holdings stocks quote price
   price alert alerts when if please help list all in and average cost allocation gainers losers history best worst
   holds owns risk exposure ranking by vs drops falls rises good morning hello hi thanks`.split(/\s+/),
);
/** Words that both languages use in this trade say nothing. */
const SHARED = new Set("ranking vs e all in quote me risk by alert".split(" "));

/** English only where the text is clearly so: its words, and none that are Portuguese only. */
export function languageOf(sheet: Sheet): Language {
  let [english, portuguese] = [0, 0];
  for (let at = 0; at < sheet.length; at += 1) {
    if (sheet.role(at) === "client" || sheet.role(at) === "asset") continue;
    const word = sheet.text.tokens[at]?.text ?? "";
    if (SHARED.has(word)) continue;
    if (ENGLISH.has(word)) english += 1;
    if (PORTUGUESE.has(word)) portuguese += 1;
  }
  return english > portuguese * 2 ? "en" : "pt";
}
