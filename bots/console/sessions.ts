import { randomBytes } from "node:crypto";
import type { Attachment } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import type { Language } from "./words.ts";

/** Messages of one talk that are kept for a reload of the page; the oldest leave first. */
const MAX_ENTRIES = 80;
/** Browsers that talk at once; the one idle longest leaves first. */
const MAX_SESSIONS = 50;
const MAX_IDLE_MS = 8 * 60 * 60 * 1000;
/** Questions of one session that may wait for their turn. */
const MAX_WAITING_TURNS = 8;

/** What the person said, or a file they sent. */
export interface SaidEntry {
  readonly id: string;
  readonly from: "user";
  readonly at: Date;
  readonly text: string;
  readonly file: boolean;
}

/** What Carteira says; `message` is null while the answer is being made. */
export interface ReplyEntry {
  readonly id: string;
  readonly from: "carteira";
  readonly at: Date;
  readonly message: Message | null;
  /** False while the message may still be replaced. */
  readonly done: boolean;
  /** Files that the page offers to save. */
  readonly files?: readonly Attachment[];
}

export type Entry = SaidEntry | ReplyEntry;

/** One browser: who it speaks as, and its current talk. Lives in memory only, as do the messages it shows. */
export class Session {
  readonly id = token();
  language: Language = "pt";
  lastSeenMs = 0;
  #broker: string | null = null;
  #talk = token();
  #entries: Entry[] = [];
  #turns: Promise<void> = Promise.resolve();
  #waiting = 0;
  #uploading = false;
  #inboxSeq = 0;

  get broker(): string | null {
    return this.#broker;
  }

  /** Names the talk: part of the page, so that a page of an earlier talk cannot speak in this one. */
  get talk(): string {
    return this.#talk;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Speaks as another broker from now on, in a fresh talk: nothing of the other's clients stays on screen. */
  switchTo(broker: string): void {
    if (broker === this.#broker) return;
    this.#broker = broker;
    this.#talk = token();
    this.#entries = [];
    this.#inboxSeq = 0;
  }

  /** Number of the last item of the inbox that this talk has. */
  get inboxSeq(): number {
    return this.#inboxSeq;
  }

  /** Adds an item of the inbox; null where the talk has it already, since two pages may ask for it at once. */
  receive(item: { readonly seq: number; readonly at: Date; readonly message: Message }): ReplyEntry | null {
    if (item.seq <= this.#inboxSeq) return null;
    this.#inboxSeq = item.seq;
    const entry: ReplyEntry = {
      id: token(),
      from: "carteira",
      at: item.at,
      message: item.message,
      done: true,
    };
    this.add(entry);
    return entry;
  }

  add(entry: Entry): void {
    this.#entries = [...this.#entries, entry].slice(-MAX_ENTRIES);
  }

  /** Puts a newer state of a message in its place; a message of an earlier talk is left out. */
  replace(entry: ReplyEntry): void {
    this.#entries = this.#entries.map((kept) => (kept.id === entry.id ? entry : kept));
  }

  remove(ids: readonly string[]): void {
    this.#entries = this.#entries.filter((entry) => !ids.includes(entry.id));
  }

  find(id: string): Entry | null {
    return this.#entries.find((entry) => entry.id === id) ?? null;
  }

  /** Whether as many questions wait as may. */
  get busy(): boolean {
    return this.#waiting >= MAX_WAITING_TURNS;
  }

  /** Runs turns one after the other, so that a follow-up meets the answer before it. `work` must not reject. */
  async inTurn(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    this.#turns = this.#turns.then(work).finally(() => {
      this.#waiting -= 1;
    });
    await this.#turns;
  }

  /** Claims the session's one place for an upload. Null: another one is under way. */
  startUpload(): (() => void) | null {
    if (this.#uploading) return null;
    this.#uploading = true;
    return () => {
      this.#uploading = false;
    };
  }
}

/** The sessions of this process, bounded in number and in idle time. */
export class Sessions {
  readonly #byId = new Map<string, Session>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  find(id: string | undefined): Session | null {
    const session = id === undefined ? undefined : this.#byId.get(id);
    if (session === undefined) return null;
    const nowMs = this.#now().getTime();
    this.#byId.delete(session.id);
    if (nowMs - session.lastSeenMs > MAX_IDLE_MS) return null;
    session.lastSeenMs = nowMs;
    // Re-inserted at the end: the map's order is the order of last use.
    this.#byId.set(session.id, session);
    return session;
  }

  create(): Session {
    const session = new Session();
    session.lastSeenMs = this.#now().getTime();
    this.#byId.set(session.id, session);
    for (const id of this.#byId.keys()) {
      if (this.#byId.size <= MAX_SESSIONS) break;
      this.#byId.delete(id);
    }
    return session;
  }
}

/** An unguessable name: 128 random bits. */
export function token(): string {
  return randomBytes(16).toString("base64url");
}
