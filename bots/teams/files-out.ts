import type { FileConsentCardResponse } from "botbuilder";
import { reportFailure } from "../../src/conversation/failure.ts";
import type { Attachment } from "../../src/conversation/turn.ts";
import type { TeamsDeps, TeamsSettings } from "./deps.ts";
import { Held } from "./held.ts";
import { storeAddress } from "./hosts.ts";
import { at } from "./person.ts";
import type { Post, Reference } from "./post.ts";
import { type Language, wordsOf } from "./words.ts";

const CONSENT_CARD = "application/vnd.microsoft.teams.card.file.consent";
const INFO_CARD = "application/vnd.microsoft.teams.card.file.info";
const KEEP_MS = 3_600_000;
const MAX_HELD = 50;
const UPLOAD_TIMEOUT_MS = 120_000;

/** Files for a person: Teams puts one into their OneDrive once they agreed, and until then it is kept here. */
export class FilesOut {
  readonly #post: Post;
  readonly #deps: TeamsDeps;
  readonly #mode: TeamsSettings["mode"];
  readonly #held: Held<Attachment>;

  constructor(post: Post, deps: TeamsDeps, mode: TeamsSettings["mode"]) {
    this.#post = post;
    this.#deps = deps;
    this.#mode = mode;
    this.#held = new Held({ keepMs: KEEP_MS, max: MAX_HELD, now: deps.now ?? (() => new Date()) });
  }

  /** Asks the person whether to keep the file. */
  async offer(to: Reference, who: string, file: Attachment, language: Language): Promise<void> {
    const context = { file: this.#held.put(who, file) };
    await this.#post.attachment(to, {
      contentType: CONSENT_CARD,
      name: file.fileName,
      content: {
        description: wordsOf(language).fileOffer,
        sizeInBytes: file.body.byteLength,
        acceptContext: context,
        declineContext: context,
      },
    });
  }

  /** Carries out what the person chose. */
  async settle(
    to: Reference,
    who: string,
    chosen: FileConsentCardResponse,
    language: Language,
  ): Promise<void> {
    const words = wordsOf(language);
    const file = this.#held.take(who, at(chosen.context, "file"));
    if (file === null) return await this.#post.notice(to, words.fileGone);
    if (chosen.action !== "accept") return await this.#post.notice(to, words.fileDeclined(file.fileName));
    try {
      await upload(file, storeAddress(chosen.uploadInfo?.uploadUrl, this.#mode));
    } catch (error) {
      const ref = reportFailure(this.#deps.logger, "teams_file_not_stored", error);
      await this.#post.notice(to, words.uploadFailed(file.fileName, ref));
      return await this.offer(to, who, file, language);
    }
    const { contentUrl, uniqueId, fileType, name } = chosen.uploadInfo ?? {};
    if (contentUrl === undefined) return await this.#post.notice(to, words.fileSaved(file.fileName));
    await this.#post.attachment(to, {
      contentType: INFO_CARD,
      name: name ?? file.fileName,
      contentUrl,
      content: { uniqueId, fileType },
    });
  }
}

async function upload(file: Attachment, address: URL | null): Promise<void> {
  if (address === null) throw new Error("the file was to go to an address that is no store of Microsoft's");
  const size = file.body.byteLength;
  const response = await fetch(address, {
    method: "PUT",
    redirect: "error",
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    headers: { "content-type": "application/octet-stream", "content-range": `bytes 0-${size - 1}/${size}` },
    body: Buffer.from(file.body),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}
