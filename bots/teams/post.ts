import {
  type Activity,
  type Attachment,
  CardFactory,
  type ConversationReference,
  MessageFactory,
} from "botbuilder";
import { reportFailure } from "../../src/conversation/failure.ts";
import type { Message } from "../../src/messages/message.ts";
import { type Card, cardOf } from "./card.ts";
import type { TeamsDeps } from "./deps.ts";
import { picturesOf } from "./pictures.ts";
import { statusOf } from "./retry.ts";
import type { Wire } from "./wire.ts";
import type { Language } from "./words.ts";

export type Reference = Partial<ConversationReference>;

const TOO_LARGE = 413;

/** What the channel sends, to whom it is told. */
export class Post {
  readonly #wire: Wire;
  readonly #deps: TeamsDeps;

  constructor(wire: Wire, deps: TeamsDeps) {
    this.#wire = wire;
    this.#deps = deps;
  }

  /** Sends a message as a card, or puts it in the place of the one with the id. Returns the id to replace it by. */
  async message(to: Reference, said: Said, replacing: string | null = null): Promise<string | null> {
    const { message, language, finish } = said;
    const onFailure = (error: unknown) => reportFailure(this.#deps.logger, "teams_picture_failed", error);
    const pictures = await picturesOf(message, this.#deps.draw, onFailure);
    const draw = (options: Parameters<typeof cardOf>[1]) => {
      const card = cardOf(message, options);
      return activityOf(finish?.(card) ?? card, message);
    };
    try {
      return await this.#put(to, draw({ language, pictures }), replacing);
    } catch (error) {
      if (statusOf(error) !== TOO_LARGE || pictures.size === 0) throw error;
      // Pictures are not counted, says Teams; where they were, they follow on their own.
      const id = await this.#put(to, draw({ language }), replacing);
      for (const picture of pictures.values()) await this.#picture(to, picture);
      return id;
    }
  }

  /** Sends a sentence of the channel itself. */
  async notice(to: Reference, text: string): Promise<void> {
    await this.#wire.send(to, { ...MessageFactory.text(text), textFormat: "plain" });
  }

  /** Sends something that is no card of ours: a file to be taken or seen. */
  async attachment(to: Reference, attachment: Attachment): Promise<void> {
    await this.#wire.send(to, MessageFactory.attachment(attachment));
  }

  /** Shows that an answer is on its way. That it could not be shown is no reason not to answer. */
  async typing(to: Reference): Promise<void> {
    try {
      await this.#wire.send(to, { type: "typing" });
    } catch (error) {
      reportFailure(this.#deps.logger, "teams_typing_failed", error);
    }
  }

  async #put(to: Reference, activity: Partial<Activity>, replacing: string | null): Promise<string | null> {
    if (replacing !== null) {
      try {
        await this.#wire.update(to, replacing, activity);
        return replacing;
      } catch (error) {
        if (statusOf(error) === TOO_LARGE) throw error;
        // What was to be replaced is gone or cannot be: the answer is owed all the same.
        reportFailure(this.#deps.logger, "teams_update_failed", error);
      }
    }
    return await this.#wire.send(to, activity);
  }

  async #picture(to: Reference, dataUri: string): Promise<void> {
    try {
      await this.attachment(to, { contentType: "image/png", contentUrl: dataUri, name: "carteira.png" });
    } catch (error) {
      reportFailure(this.#deps.logger, "teams_picture_failed", error);
    }
  }
}

/** A message and how it is drawn; `finish` adds what a plain message has not. */
export interface Said {
  readonly message: Message;
  readonly language: Language;
  readonly finish?: ((card: Card) => Card) | undefined;
}

function activityOf(card: Card, message: Message): Partial<Activity> {
  // The summary is what a notification and a list of chats show of a card.
  return {
    ...MessageFactory.attachment(CardFactory.adaptiveCard(card)),
    summary: message.headline.slice(0, 200),
  };
}
