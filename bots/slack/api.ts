import { setTimeout as sleep } from "node:timers/promises";
import type { types, webApi } from "@slack/bolt";
import type { SlackBlock, SlackMessage } from "./blocks.ts";
import { type Pace, patient } from "./pace.ts";
import { refusalOf } from "./report.ts";

/** Where a message goes: a channel or a direct message, and a thread of it. */
export interface Spot {
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** Where a message stands. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** The name under which a message carries what it was sent for. */
const METADATA = "carteira_delivery";

/** A file as Slack describes it, as far as we look. */
export interface SlackFile {
  readonly name: string;
  readonly size: number;
  /** Where its bytes are; null where Slack does not hold them itself. */
  readonly url: string | null;
  /** Who put it into Slack; null where Slack does not say. */
  readonly owner: string | null;
  /** The direct messages that it lies in, as far as the app sees them. */
  readonly directs: readonly string[];
}

/** A new picture is not shown before Slack has looked at it: how often we ask, and how long we wait in between. */
const LOOKS = 8;
const LOOK_MS = 250;

const BLOCKS_REFUSED = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "invalid_attachments",
]);

/** The calls of the Web API that we make, each patient with Slack's limits; each needs one scope of the manifest. */
export class Api {
  readonly #client: webApi.WebClient;
  readonly #pace: Pace;

  constructor(client: webApi.WebClient, pace: Pace) {
    this.#client = client;
    this.#pace = pace;
  }

  /** Posts for all in the channel to see, and returns the message's id. */
  async post({ channel, thread }: Spot, message: SlackMessage): Promise<string | null> {
    const sent = await this.#pace.run(channel, () =>
      this.#client.chat.postMessage({
        channel,
        text: message.text,
        blocks: [...message.blocks],
        ...(thread === undefined ? {} : { thread_ts: thread }),
        // What our texts name is no page to look up.
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    return sent.ts ?? null;
  }

  /** Posts what nobody asked for, with the key by which `history` finds it again. Where Slack puts it off, it throws. */
  async tell({ channel, thread }: Spot, message: SlackMessage, key: string | null): Promise<Posted> {
    const sent = await this.#pace.run(
      channel,
      () =>
        this.#client.chat.postMessage({
          channel,
          text: message.text,
          blocks: [...message.blocks],
          ...(thread === undefined ? {} : { thread_ts: thread }),
          ...(key === null ? {} : { metadata: { event_type: METADATA, event_payload: { key } } }),
          unfurl_links: false,
          unfurl_media: false,
        }),
      "impatient",
    );
    return { channel: sent.channel ?? channel, ts: sent.ts ?? "" };
  }

  /** The newest messages of a direct message with us, or of a thread in it, each with the key that it carries. */
  async history(
    { channel, thread }: Spot,
    limit: number,
  ): Promise<readonly { readonly ts: string; readonly key: string | null }[]> {
    const asked = { channel, limit, include_all_metadata: true };
    const { messages = [] } = await patient(() =>
      thread === undefined
        ? this.#client.conversations.history(asked)
        : this.#client.conversations.replies({ ...asked, ts: thread }),
    );
    return messages.map(({ ts = "", metadata }) => ({ ts, key: keyOf(metadata) }));
  }

  /** Posts for one person's eyes. */
  async whisper({ channel, thread }: Spot, user: string, message: SlackMessage): Promise<void> {
    await this.#pace.run(channel, () =>
      this.#client.chat.postEphemeral({
        channel,
        user,
        text: message.text,
        blocks: [...message.blocks],
        ...(thread === undefined ? {} : { thread_ts: thread }),
      }),
    );
  }

  async update(channel: string, ts: string, message: SlackMessage): Promise<void> {
    await patient(() =>
      this.#client.chat.update({ channel, ts, text: message.text, blocks: [...message.blocks] }),
    );
  }

  /** Opens a modal before whoever pressed a button, within three seconds of that. */
  async openView(trigger: string, view: types.ModalView): Promise<void> {
    await patient(() => this.#client.views.open({ trigger_id: trigger, view }));
  }

  async publishHome(user: string, blocks: readonly SlackBlock[]): Promise<void> {
    await patient(() =>
      this.#client.views.publish({ user_id: user, view: { type: "home", blocks: [...blocks] } }),
    );
  }

  /**
   * Uploads a picture that only we can see until a message shows it, and returns its id once Slack has read it. Sharing
   * it with the channel would show it to all who are there.
   */
  async uploadPicture(png: Uint8Array, name: string, alt: string): Promise<string> {
    const id = await this.#upload({ file: Buffer.from(png), filename: name, alt_text: alt });
    for (let look = 0; look < LOOKS; look += 1) {
      const { file } = await patient(() => this.#client.files.info({ file: id }));
      if (file?.mimetype) return id;
      await sleep(LOOK_MS * (look + 1));
    }
    // Slack may still have it by the time that the message arrives; otherwise it refuses, and words go out instead.
    return id;
  }

  /** Puts a file into a talk. */
  async uploadFile(
    { channel, thread }: Spot,
    file: { readonly fileName: string; readonly body: Uint8Array },
  ): Promise<void> {
    const job = { file: Buffer.from(file.body), filename: file.fileName };
    await this.#upload(
      thread === undefined
        ? { ...job, channel_id: channel }
        : { ...job, channel_id: channel, thread_ts: thread },
    );
  }

  async fileInfo(id: string): Promise<SlackFile> {
    const { file } = await patient(() => this.#client.files.info({ file: id }));
    const held = file?.is_external !== true && file?.mode !== "tombstone";
    return {
      name: file?.name ?? id,
      size: file?.size ?? 0,
      url: held ? (file?.url_private_download ?? file?.url_private ?? null) : null,
      owner: file?.user ?? null,
      directs: file?.ims ?? [],
    };
  }

  async #upload(job: webApi.FilesUploadV2Arguments): Promise<string> {
    const uploaded = await patient(() => this.#client.filesUploadV2(job));
    const id = uploaded.files[0]?.files?.[0]?.id;
    if (id === undefined) throw new Error("Slack gave the upload no id");
    return id;
  }
}

function keyOf(metadata: object | undefined): string | null {
  if (metadata === undefined || !("event_type" in metadata) || metadata.event_type !== METADATA) return null;
  if (!("event_payload" in metadata)) return null;
  const { event_payload: payload } = metadata;
  const key = typeof payload === "object" && payload !== null && "key" in payload ? payload.key : null;
  return typeof key === "string" ? key : null;
}

/**
 * Sends each part; where Slack refuses its blocks, without pictures, and then as text alone. What it says is said in
 * any case.
 */
export async function deliver<T>(
  parts: readonly SlackMessage[],
  send: (message: SlackMessage) => Promise<T>,
): Promise<T | null> {
  let first: T | null = null;
  for (const [index, part] of parts.entries()) {
    const sent = await sendPlainer([part, withoutPictures(part), { ...part, blocks: [] }], send);
    if (index === 0) first = sent;
  }
  return first;
}

async function sendPlainer<T>(
  [variant, ...plainer]: readonly SlackMessage[],
  send: (message: SlackMessage) => Promise<T>,
): Promise<T> {
  if (variant === undefined) throw new Error("nothing to send");
  try {
    return await send(variant);
  } catch (error) {
    const next = plainer.filter((other) => other.blocks.length === 0 || hasPictures(variant));
    if (!BLOCKS_REFUSED.has(refusalOf(error) ?? "") || next.length === 0) throw error;
    return await sendPlainer(next, send);
  }
}

function hasPictures({ blocks }: SlackMessage): boolean {
  return blocks.some(({ type }) => type === "image");
}

function withoutPictures(message: SlackMessage): SlackMessage {
  const blocks = message.blocks.map(
    (block): SlackBlock =>
      block.type === "image"
        ? { type: "context", elements: [{ type: "plain_text", text: block.alt_text, emoji: false }] }
        : block,
  );
  return { ...message, blocks };
}
