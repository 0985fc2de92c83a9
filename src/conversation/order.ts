import type { Asker } from "../access/access.ts";
import type { Language } from "../questions/question.ts";
import type { Turn } from "./taken.ts";
import type { Utterance } from "./turn.ts";

/** What was told, and the language to answer in. */
export interface Told extends Utterance {
  readonly language: Language;
  /** Whether somebody has set that language; otherwise an order may go by its own words. */
  readonly chosen: boolean;
}

/** Something one tells Carteira to do, where a question asks it to say: an alert, a digest, a report. */
export interface Order {
  /** Null where the text is no such order, which is then tried by the next one and at last read as a question. */
  take(utterance: Told, asker: Asker): Promise<Turn | null>;
}
