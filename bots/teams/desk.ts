import type { Activity, FileConsentCardResponse } from "botbuilder";
import { reportFailure } from "../../src/conversation/failure.ts";
import { ASK_VERB } from "./card.ts";
import { FORM_VERB, filledForm } from "./card-form.ts";
import { CLIENT_VERB } from "./choice.ts";
import type { TeamsDeps } from "./deps.ts";
import { sentFiles } from "./files-in.ts";
import type { FilesOut } from "./files-out.ts";
import { type Incoming, incomingOf, referenceOf, Seen } from "./incoming.ts";
import type { Lines } from "./lines.ts";
import { at, languageOf, text, textOf } from "./person.ts";
import type { Post, Reference } from "./post.ts";
import { plainMessage, type Uploads } from "./uploads.ts";
import { wordsOf } from "./words.ts";

/** A question longer than this is a paste gone wrong. */
const MAX_TEXT_LENGTH = 2_000;

interface Parts {
  readonly deps: TeamsDeps;
  readonly post: Post;
  readonly uploads: Uploads;
  readonly filesOut: FilesOut;
  readonly lines: Lines;
}

/**
 * What is done about each thing that happens in Teams. Each method returns at once, so that Teams has its answer
 * within its few seconds, and the work goes on in the line of its conversation.
 */
export class Desk {
  readonly #parts: Parts;
  readonly #seen = new Seen();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something was written, a file sent, or a button pressed in a client that knows no Execute. */
  message(activity: Activity): void {
    if (text(at(activity.value, "verb")) !== undefined) {
      this.press(activity, activity.value);
      return;
    }
    const said = textOf(activity);
    this.#begin(activity, async (incoming) => {
      const files = sentFiles(activity);
      // What is said with a file may say whose it is, and so comes before it.
      if (files.length === 0 || said !== "") await this.#ask(incoming, said);
      if (files.length === 0) return;
      if (!incoming.person.personal) {
        return await this.#parts.post.notice(
          incoming.here,
          wordsOf(incoming.person.language).filesInPersonal,
        );
      }
      await this.#keep(incoming);
      for (const [index, file] of files.entries()) {
        await this.#parts.uploads.take(incoming, `${incoming.eventId}#${index}`, file, null);
      }
    });
  }

  /** A button was pressed: its command is the presser's next message, whoever asked the first one. */
  press(activity: Activity, data: unknown): void {
    this.#begin(activity, async (incoming) => {
      switch (at(data, "verb")) {
        case ASK_VERB:
          return await this.#ask(incoming, text(at(data, "command")) ?? "");
        case FORM_VERB:
          return await this.#ask(incoming, filledForm(data));
        case CLIENT_VERB:
          if (incoming.person.personal) {
            await this.#parts.uploads.choose(incoming, at(data, "file"), at(data, "client"));
          }
      }
    });
  }

  /** The person agreed to keep a file, or did not. */
  consent(activity: Activity, chosen: FileConsentCardResponse): void {
    this.#begin(activity, async ({ person, here }) => {
      if (person.personal) await this.#parts.filesOut.settle(here, person.who, chosen, person.language);
    });
  }

  /** The app was installed, which Teams may tell several times: the first one is welcomed. */
  installed(activity: Activity): void {
    this.#begin(activity, async ({ person, here }) => {
      const key = person.personal ? person.who : person.group;
      if (!(await this.#parts.deps.references.save(key, here))) return;
      const words = wordsOf(person.language);
      if (!person.personal) return await this.#parts.post.notice(here, words.welcomeGroup);
      const buttons = words.suggestions.map((command) => ({ label: command, command }));
      const message = plainMessage(words.welcome, [
        { kind: "text", text: words.welcomeText },
        { kind: "buttons", buttons },
      ]);
      await this.#parts.post.message(here, { message, language: person.language });
    });
  }

  /** The app was removed: nobody is written to there any more. */
  removed(activity: Activity): void {
    this.#begin(activity, async ({ person }) => {
      await this.#parts.deps.references.forget(person.personal ? person.who : person.group);
    });
  }

  async #ask(incoming: Incoming, said: string): Promise<void> {
    const { deps, post } = this.#parts;
    const { person, here, eventId } = incoming;
    const words = wordsOf(person.language);
    if (said === "") return await post.notice(here, words.emptyMessage);
    if (said.length > MAX_TEXT_LENGTH) return await post.notice(here, words.tooLong);
    const to = await this.#private(incoming);
    if (to === null) return await post.notice(here, words.openPersonal);
    const { who, place, personal: takesFiles } = person;
    const saying = deps.conversation.say({ eventId, who, place, text: said, takesFiles });
    const [reply] = await Promise.all([saying, post.typing(to)]);
    if (reply === null) return;
    const language = reply.language ?? reply.answer?.question.language ?? person.language;
    const { message } = reply;
    // Whoever is not known yet must be able to say to the administrator who they are.
    const footer = reply.failure === "unknown_user" ? [...message.footer, words.yourId(who)] : message.footer;
    await post.message(to, { message: { ...message, footer }, language });
    for (const file of reply.attachments ?? []) await this.#parts.filesOut.offer(to, who, file, language);
    if (!person.personal) await post.notice(here, words.answeredInPersonal);
  }

  /** Where the person alone reads: this chat, or the one where they have the app. Null where that is not known. */
  async #private(incoming: Incoming): Promise<Reference | null> {
    const { person, here } = incoming;
    if (!person.personal) return await this.#parts.deps.references.find(person.who);
    await this.#keep(incoming);
    return here;
  }

  /** Keeps where a personal chat is; that it could not be kept is no reason not to answer in it. */
  async #keep({ person, here }: Incoming): Promise<void> {
    try {
      await this.#parts.deps.references.save(person.who, here);
    } catch (error) {
      reportFailure(this.#parts.deps.logger, "teams_reference_not_kept", error);
    }
  }

  /** Puts work into the line of its place, unless its event was heard before. */
  #begin(activity: Activity, work: (incoming: Incoming) => Promise<void>): void {
    const { lines, post } = this.#parts;
    const incoming = incomingOf(activity);
    const words = wordsOf(languageOf(activity));
    const here = referenceOf(activity);
    if (incoming === null) {
      if (activity.type !== "message") return;
      const run = () => this.#safely(here, words, () => post.notice(here, words.unknownAccount));
      lines.run(activity.conversation.id, run);
      return;
    }
    if (!this.#seen.first(incoming.eventId)) return;
    const taken = lines.run(incoming.person.place, () => this.#safely(here, words, () => work(incoming)));
    // A full line is answered beside it, and such answers have a line of their own that is full sooner or later.
    if (!taken) lines.run("busy", () => this.#safely(here, words, () => post.notice(here, words.busy)));
  }

  /** Does work that must not reject: what goes wrong is logged, and the person told. */
  async #safely(
    here: Reference,
    words: ReturnType<typeof wordsOf>,
    work: () => Promise<void>,
  ): Promise<void> {
    const { deps, post } = this.#parts;
    try {
      await work();
    } catch (error) {
      const ref = reportFailure(deps.logger, "teams_turn_failed", error);
      try {
        await post.notice(here, words.failed(ref));
      } catch (second) {
        reportFailure(deps.logger, "teams_unreachable", second);
      }
    }
  }
}
