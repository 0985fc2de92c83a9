import { checkHome, checkMessage, checkModal } from "./check-blocks.testing.ts";

type Arguments = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

export interface HeldFile {
  readonly id: string;
  readonly name: string;
  body: Buffer;
  readonly size: number;
  readonly url: string;
  /** How often `files.info` is asked before Slack has looked at it. */
  unseen: number;
  /** Who put it there. */
  readonly user: string;
  /** The direct message that it lies in. */
  channel: string | null;
}

/** The methods of the Web API that we call, over files and messages of their own. */
export class FakeMethods {
  /** What Slack would have refused. */
  readonly problems: string[] = [];
  readonly files = new Map<string, HeldFile>();
  /** Modals that were opened, by their ids. */
  readonly views = new Map<string, Arguments>();
  /** Messages of each channel, the newest first; a direct message is named after its user. */
  readonly posted = new Map<string, Arguments[]>();
  origin = "";
  /** How often a new picture is asked for before Slack has looked at it. */
  looks = 1;
  readonly #triggers = new Set<string>();
  #uploads = 0;
  #stamps = 0;

  readonly #methods: Readonly<Record<string, (args: Arguments) => Answer>> = {
    "auth.test": () => ({ ok: true, user_id: "UBOT", bot_id: "BBOT", team_id: "T1" }),
    "apps.connections.open": () => ({ ok: false, error: "invalid_auth" }),
    "chat.postMessage": (args) => this.#post(args),
    "conversations.history": ({ channel, limit }) => this.#history(channel, limit, undefined),
    "conversations.replies": ({ channel, limit, ts }) => this.#history(channel, limit, ts),
    "chat.postEphemeral": (args) => this.message(args),
    "chat.update": (args) => this.message(args),
    "views.publish": ({ view }) => this.#refusal(checkHome(view)) ?? { ok: true, view },
    "views.open": (args) => this.#openView(args),
    "files.getUploadURLExternal": (args) => this.#openUpload(args),
    "files.completeUploadExternal": (args) => this.#completeUpload(args),
    "files.info": (args) => this.#info(args),
  };

  call(method: string, args: Arguments): Answer {
    return this.#methods[method]?.(args) ?? { ok: false, error: "unknown_method" };
  }

  #post(args: Arguments): Answer {
    // To a user's id Slack opens the direct message with them.
    const channel = String(args["channel"]).replace(/^U/, "D");
    const answer = { ...this.message(args), channel };
    if ("ts" in answer) {
      this.posted.set(channel, [{ ...args, ts: answer.ts }, ...(this.posted.get(channel) ?? [])]);
    }
    return answer;
  }

  #history(channel: unknown, limit: unknown, thread: unknown): Answer {
    const held = this.posted.get(String(channel));
    if (held === undefined) return { ok: false, error: "channel_not_found" };
    const messages = held.filter(
      ({ thread_ts: of, ts }) => of === thread || (thread !== undefined && ts === thread),
    );
    return { ok: true, messages: messages.slice(0, Number(limit)) };
  }

  /** Takes a message as any method and any `response_url` does. */
  message({ text, blocks, channel }: Arguments): Answer {
    // An empty list is as good as none.
    const none = blocks === undefined || (Array.isArray(blocks) && blocks.length === 0);
    this.#stamps += 1;
    return (
      this.#refusal([
        ...checkMessage({ text, ...(none ? {} : { blocks }) }),
        ...this.#unseenPictures(blocks),
      ]) ?? {
        ok: true,
        ts: `1700000000.${String(this.#stamps).padStart(6, "0")}`,
        // A person's id stands for the direct message with them.
        channel: typeof channel === "string" ? channel.replace(/^U/, "D") : channel,
      }
    );
  }

  /** Pictures that Slack has not looked at yet: it takes no message that shows one. */
  #unseenPictures(blocks: unknown): readonly string[] {
    const shown = [...JSON.stringify(blocks ?? []).matchAll(/"slack_file":\{"id":"(\w+)"\}/g)];
    return shown
      .filter(([, id = ""]) => (this.files.get(id)?.unseen ?? 1) > 0)
      .map(([, id]) => `invalid slack file ${id}`);
  }

  #refusal(found: readonly string[]): Answer | null {
    this.problems.push(...found);
    return found.length === 0 ? null : { ok: false, error: "invalid_blocks" };
  }

  /** A trigger opens one modal. */
  #openView({ trigger_id: trigger, view }: Arguments): Answer {
    if (typeof trigger !== "string" || !trigger.startsWith("trigger")) {
      return { ok: false, error: "invalid_trigger_id" };
    }
    if (this.#triggers.has(trigger)) return { ok: false, error: "exchanged_trigger_id" };
    this.#triggers.add(trigger);
    const refusal = this.#refusal(checkModal(view));
    if (refusal !== null) return refusal;
    const opened = { ...(view as Arguments), id: `V${this.views.size + 1}` };
    this.views.set(opened.id, opened);
    return { ok: true, view: opened };
  }

  #openUpload({ filename, length }: Arguments): Answer {
    this.#uploads += 1;
    const id = `FUP${this.#uploads}`;
    const url = `${this.origin}/upload/${id}`;
    const size = Number(length);
    this.files.set(id, {
      id,
      name: String(filename),
      body: Buffer.alloc(0),
      size,
      url,
      unseen: this.looks,
      user: "UBOT",
      channel: null,
    });
    return { ok: true, upload_url: url, file_id: id };
  }

  #completeUpload({ files, channel_id: channel }: Arguments): Answer {
    const [{ id = "" } = {}] = Array.isArray(files) ? files : [];
    const held = this.files.get(String(id));
    if (held === undefined || held.body.length !== held.size) return { ok: false, error: "file_not_found" };
    held.channel = typeof channel === "string" ? channel : null;
    return { ok: true, files: [{ id }] };
  }

  #info({ file }: Arguments): Answer {
    const held = this.files.get(String(file));
    if (held === undefined) return { ok: false, error: "file_not_found" };
    const mimetype = held.unseen > 0 ? "" : "image/png";
    held.unseen -= 1;
    const { id, name, size, url, user, channel } = held;
    const ims = channel === null ? [] : [channel];
    return { ok: true, file: { id, name, size, mimetype, user, ims, url_private_download: url } };
  }
}
