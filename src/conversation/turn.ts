import type { Readable } from "node:stream";
import type { Asker } from "../access/access.ts";
import type { Answer } from "../answers/answer.ts";
import type { Message } from "../messages/message.ts";
import type { Language } from "../questions/question.ts";

/** Something a person said, in any channel. */
export interface Utterance {
  /** The channel's own id of the event; the same one again is dropped. */
  readonly eventId: string;
  /** The user as the channel knows them; `access` says which broker that is. */
  readonly who: string;
  /** Where the talk takes place, for follow-ups: a conversation of one person. */
  readonly place: string;
  readonly text: string;
  readonly language?: Language;
  /** False where the person's files are not taken in this place, so that nothing is kept for the next one. */
  readonly takesFiles?: boolean;
  /** The instant that the question is asked about (ISO, with its offset); absent: now. */
  readonly at?: string;
}

/** A file somebody dropped. */
export interface DroppedFile {
  readonly eventId: string;
  readonly who: string;
  readonly place: string;
  readonly fileName: string;
  readonly body: Readable;
  /** The client that a B3 export is of, where the sender said so with it; otherwise what they told before holds. */
  readonly clientId: string | null;
  readonly language?: Language;
}

/** A file for the person, made by us. */
export interface Attachment {
  readonly fileName: string;
  readonly mimeType: "text/csv" | "application/pdf" | "image/png";
  readonly body: Uint8Array;
}

export interface Reply {
  readonly message: Message;
  /** The typed answer behind the message; null for files and for what access refused. */
  readonly answer: Answer | null;
  /** Files that go with the message: rejected rows to mend and send again. */
  readonly attachments?: readonly Attachment[];
  /** The file names no client: those of the sender, one of whom it may be of. The channel asks, and drops the file again. */
  readonly chooseClient?: readonly { readonly id: string; readonly name: string }[];
  /** The language that the person has set, for what the channel adds by itself; absent where they set none. */
  readonly language?: Language;
  /** Why there is no answer, for a channel that must tell a program; absent where the turn went as it should. */
  readonly failure?: "unknown_user" | "too_many" | "not_ready" | "failed";
}

/** One turn of talk. Implemented by conversation.ts and used by every channel. */
export interface Conversation {
  /** Null where nothing is to be said: the event was seen before, or is one of a flood. Throws only on a programming error: what went wrong is a message. */
  say(utterance: Utterance): Promise<Reply | null>;
  /** Takes a file; `onProgress` is called with the message that replaces the one shown before. */
  drop(file: DroppedFile, onProgress: (message: Message) => void): Promise<Reply | null>;
}

/** What became of a file, as the ingest reports it. rows = loaded + replaced + repeated + rejected. */
export interface FileOutcome {
  readonly upload: string;
  readonly file: string;
  readonly kind: string | null;
  readonly rows: number;
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly promoted: boolean;
  readonly issues: readonly {
    readonly line: number;
    readonly column: string;
    readonly value: string;
    readonly reason: string;
  }[];
  /** What becomes of it is not known yet: it goes on by itself. */
  readonly pending?: true;
}

interface IngestOutcome {
  /** The gold run that holds the rows; null when nothing changed and none was built. */
  readonly runId: string | null;
  readonly files: readonly FileOutcome[];
  /** Rejected rows as files to mend and send again. */
  readonly attachments?: readonly Attachment[];
  /** Whether a file has to say whose it is: it names no client, and nor did the sender. */
  readonly needsClient?: boolean;
}

/** Taking files, as conversation needs it; implemented by src/main over the pipeline. */
export interface Uploads {
  take(
    file: {
      readonly fileName: string;
      readonly body: Readable;
      /** Whom access recognised in this turn. */
      readonly asker: Asker;
      readonly clientId: string | null;
      /** Of the reasons for what is rejected; absent: the sender's own. */
      readonly language?: Language;
    },
    onProgress: (step: string, fraction: number | null) => void,
  ): Promise<IngestOutcome>;
  /** undoing: its rows do not count any more, and what is published follows by itself. */
  undo(uploadId: string, asker: Asker): Promise<"undone" | "undoing" | "not_found">;
}
