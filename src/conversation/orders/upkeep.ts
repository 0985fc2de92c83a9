import type { Upkeep } from "../../answers/answer.ts";
import { presentUpkeep } from "../../messages/upkeep.ts";
import type { Order } from "../order.ts";
import { answeredIn, spoken } from "./spoken.ts";

const PT =
  /^(?:(?:o )?que (?:esta|tem|ha)(?: de)? (?:desatualizad[oa]|atrasad[oa]|pendente|sem preco)|(?:dados|precos) (?:desatualizados|atrasados)|(?:o )?que (?:falta |ha a |tem para |devo )?conferir|(?:o )?que nao (?:bate|fecha)|desatualizados?|pendencias|a conferir)$/;
const EN =
  /^(?:what(?: is|'s|’s) (?:stale|late|outdated|out of date|unreconciled|pending|missing)|what (?:needs checking|to check|should i check|does not add up)|(?:stale|outdated|unreconciled)(?: data| prices)?|to check)$/;

/** `o que está desatualizado?`: what of the asker's book is stale, and what does not add up. */
export function createUpkeepOrder(answers: { upkeep(brokers: readonly string[]): Promise<Upkeep> }): Order {
  return {
    async take(utterance, asker) {
      const words = spoken(utterance.text);
      const english = EN.test(words);
      if (!english && !PT.test(words)) return null;
      const language = answeredIn(utterance, english ? "en" : "pt");
      const message = presentUpkeep(await answers.upkeep(asker.brokers), language);
      return {
        reply: { message, answer: null },
        audited: { intent: "upkeep", client: null, outcome: "ok" },
      };
    },
  };
}
