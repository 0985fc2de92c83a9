import { reportFailure } from "../../src/conversation/failure.ts";
import type { Message } from "../../src/messages/message.ts";
import type { TeamsDeps } from "./deps.ts";
import type { Post, Reference, Said } from "./post.ts";
import type { Language } from "./words.ts";

/** Teams takes about one change a second of the same message. */
const BETWEEN_MS = 1_000;

type Sleep = (milliseconds: number) => Promise<unknown>;

/** One message that shows how work goes on: the newest state takes the place of the one before. */
export class Board {
  readonly #post: Post;
  readonly #to: Reference;
  readonly #language: Language;
  readonly #logger: TeamsDeps["logger"];
  readonly #sleep: Sleep;
  #id: string | null = null;
  #next: Message | null = null;
  #showing: Promise<void> | null = null;

  constructor(parts: {
    post: Post;
    to: Reference;
    language: Language;
    logger: TeamsDeps["logger"];
    sleep: Sleep;
  }) {
    this.#post = parts.post;
    this.#to = parts.to;
    this.#language = parts.language;
    this.#logger = parts.logger;
    this.#sleep = parts.sleep;
  }

  /** Shows a state; one that comes before the last was sent takes its place unseen. */
  show(message: Message): void {
    this.#next = message;
    this.#showing ??= this.#showAll().finally(() => {
      this.#showing = null;
    });
  }

  /** Shows how it ended, in the place of what was shown. */
  async finish(said: Said): Promise<void> {
    this.#next = null;
    await this.#showing;
    await this.#post.message(this.#to, said, this.#id);
  }

  async #showAll(): Promise<void> {
    while (this.#next !== null) {
      const message = this.#next;
      this.#next = null;
      try {
        this.#id = await this.#post.message(this.#to, { message, language: this.#language }, this.#id);
      } catch (error) {
        // How far it is can be missed; how it ended is sent by `finish`.
        reportFailure(this.#logger, "teams_progress_failed", error);
      }
      await this.#sleep(BETWEEN_MS);
    }
  }
}
