import type { Asker } from "../access/access.ts";
import type { AuditWriter } from "../access/audit.ts";
import type { Limits } from "../access/limits.ts";
import type { Answer } from "../answers/answer.ts";
import type { Lexicon, ParsedQuestion } from "../questions/question.ts";
import type { Logger } from "./failure.ts";
import type { Order } from "./order.ts";
import type { Uploads } from "./turn.ts";

/** Answers questions within a scope of brokers. */
interface Answers {
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
  /** `at` null: now. Throws an error with code `not_ready` before anything is published. */
  answer(question: ParsedQuestion, brokers: readonly string[], at: Date | null): Promise<Answer>;
}

/** What a turn needs of the rest, as interfaces: state, access and pipeline are composed in src/main. */
export interface ConversationDeps {
  readonly answers: Answers;
  readonly uploads: Uploads;
  /** What can be told rather than asked, in the order in which they are tried. */
  readonly orders: readonly Order[];
  /** True for exactly one caller per event id. */
  readonly events: { claim(eventId: string): Promise<boolean> };
  /** One value a place, as JSON; `take` gives it to one caller and forgets it. */
  readonly talks: {
    get(place: string): Promise<unknown>;
    set(place: string, value: unknown): Promise<void>;
    take(place: string): Promise<unknown>;
  };
  readonly audit: AuditWriter;
  /** Null for somebody whom neither the clients file nor the people table lets in. */
  identify(who: string, language: Asker["language"] | undefined): Promise<Asker | null>;
  /** Whom a stranger is sent to: names, or what the operator wrote; empty where nobody is known. */
  whomToAsk(): Promise<readonly string[]>;
  /** Of what each user of a channel may send. */
  readonly limits: Limits;
  /** Whether the book is the synthetic one. */
  demo(): Promise<boolean>;
  /** The calendar day of an instant where the market is: São Paulo. */
  dayOf(instant: Date): string;
  readonly logger: Logger;
  now(): Date;
}
