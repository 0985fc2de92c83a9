import { codeAmong, reportFailure } from "../../src/conversation/failure.ts";
import type { Reply } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import { Board } from "./board.ts";
import { withChoice } from "./choice.ts";
import { DEFAULT_MAX_UPLOAD_BYTES, type TeamsDeps, type TeamsSettings } from "./deps.ts";
import { openFile, type SentFile } from "./files-in.ts";
import type { FilesOut } from "./files-out.ts";
import { Held } from "./held.ts";
import { storeAddress } from "./hosts.ts";
import type { Incoming } from "./incoming.ts";
import type { Post } from "./post.ts";
import { wordsOf } from "./words.ts";

/** The address of a file opens it for about an hour. */
const KEEP_MS = 45 * 60_000;
const MAX_HELD = 200;
const MEGABYTE = 1_048_576;

interface Waiting {
  readonly file: SentFile;
  readonly clients: ReadonlySet<string>;
}

interface Parts {
  readonly deps: TeamsDeps;
  readonly mode: TeamsSettings["mode"];
  readonly post: Post;
  readonly filesOut: FilesOut;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Files sent into a personal chat: fetched, handed to the conversation, and their outcome shown. */
export class Uploads {
  readonly #parts: Parts;
  readonly #waiting: Held<Waiting>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#waiting = new Held({ keepMs: KEEP_MS, max: MAX_HELD, now: parts.deps.now ?? (() => new Date()) });
  }

  /** Takes a file. `clientId` is what the sender chose, where the file does not say whose it is. */
  async take(incoming: Incoming, eventId: string, file: SentFile, clientId: string | null): Promise<void> {
    const { deps, post, mode, sleep } = this.#parts;
    const { person, here } = incoming;
    const words = wordsOf(person.language);
    const address = storeAddress(file.address, mode);
    if (address === null) return await post.notice(here, words.foreignHost(file.fileName));
    const typing = post.typing(here);
    const body = await this.#open(incoming, file, address);
    if (body === null) return;
    const board = new Board({ post, to: here, language: person.language, logger: deps.logger, sleep });
    const { who, place } = person;
    const taking = deps.conversation.drop(
      { eventId, who, place, fileName: file.fileName, body, clientId },
      (message) => board.show(message),
    );
    const [reply] = await Promise.all([taking, typing]);
    if (reply !== null) await this.#show(incoming, file, reply, board);
  }

  /** Takes the file again that waited for its client. */
  async choose(incoming: Incoming, held: unknown, clientId: unknown): Promise<void> {
    const waiting = this.#waiting.take(incoming.person.who, held);
    if (waiting === null || typeof clientId !== "string" || !waiting.clients.has(clientId)) {
      const words = wordsOf(incoming.person.language);
      return await this.#parts.post.notice(incoming.here, words.choiceGone);
    }
    await this.take(incoming, incoming.eventId, waiting.file, clientId);
  }

  async #open({ person, here }: Incoming, file: SentFile, address: URL) {
    const { deps, post } = this.#parts;
    const words = wordsOf(person.language);
    const maxBytes = deps.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES;
    try {
      return await openFile(address, maxBytes);
    } catch (error) {
      const text =
        codeAmong(error, ["too_large"]) === null
          ? words.downloadFailed(file.fileName, reportFailure(deps.logger, "teams_download_failed", error))
          : words.fileTooLarge(file.fileName, Math.max(1, Math.round(maxBytes / MEGABYTE)));
      await post.notice(here, text);
      return null;
    }
  }

  async #show({ person, here }: Incoming, file: SentFile, reply: Reply, board: Board): Promise<void> {
    const { who } = person;
    const language = reply.language ?? person.language;
    const clients = reply.chooseClient ?? [];
    const said = { message: reply.message, language };
    if (clients.length === 0) {
      await board.finish(said);
    } else {
      const held = this.#waiting.put(who, { file, clients: new Set(clients.map(({ id }) => id)) });
      await board.finish({ ...said, finish: (card) => withChoice(card, clients, held, language) });
    }
    for (const attachment of reply.attachments ?? []) {
      await this.#parts.filesOut.offer(here, who, attachment, language);
    }
  }
}

/** A message of the channel itself. */
export function plainMessage(headline: string, blocks: Message["blocks"] = []): Message {
  return { text: headline, headline, blocks, footer: [] };
}
