import { type FileHandle, open, stat } from "node:fs/promises";
import type { ReasonCode } from "../../src/contracts/kinds/reasons.ts";
import { type Encoding, readUtf8 } from "./decode.ts";
import { type Dialect, DialectCount } from "./dialect.ts";
import type { Header } from "./header.ts";
import { FIELD, NEED_MORE, RECORD_BYTES_MAX, RecordScanner } from "./records.ts";

const FLUSH_BYTES = 1024 * 1024;
const BAD_HELD_MAX = 10_000;
/** How much of a record that cannot be read is shown. */
const SHOWN_CHARACTERS_MAX = 80;

/** What framing made of a file: records for the engine to read, and the records that are none. */
export interface Framed {
  readonly records: number;
  readonly bad: number;
  readonly dialect: Dialect;
  readonly lineBreaks: boolean;
}

export interface FrameRequest {
  readonly path: string;
  readonly encoding: Encoding;
  readonly header: Header;
  /** For each column of the header, whether it holds numbers. */
  readonly numeric: readonly boolean[];
  /** Receives `line FIELD field FIELD field … LF`. */
  readonly stagedPath: string;
  /** Receives `line FIELD code FIELD value LF`. */
  readonly badPath: string;
}

/**
 * Streams a delimited file into its staged form, in bounded memory. Quoted line breaks, blank lines, short and
 * long records are dealt with here, so that the engine reads a plain rectangle.
 */
export async function frameFile(
  request: FrameRequest,
  onProgress: (fraction: number) => void,
): Promise<Framed> {
  const staged = await open(request.stagedPath, "w");
  const bad = await open(request.badPath, "w");
  try {
    return await new Framing(request, { staged, bad }, (await stat(request.path)).size, onProgress).run();
  } finally {
    await staged.close();
    await bad.close();
  }
}

class Framing {
  readonly #request: FrameRequest;
  readonly #files: { readonly staged: FileHandle; readonly bad: FileHandle };
  readonly #bytesTotal: number;
  readonly #onProgress: (fraction: number) => void;
  readonly #out = Buffer.allocUnsafe(FLUSH_BYTES + 2 * RECORD_BYTES_MAX);
  readonly #votes = new DialectCount();
  readonly #scanner: RecordScanner;
  #input: Buffer = Buffer.alloc(0);
  #bad: string[] = [];
  #badCount = 0;
  /** Inside a line that is too long: everything up to its end is skipped. */
  #skipping = false;

  constructor(
    request: FrameRequest,
    files: { readonly staged: FileHandle; readonly bad: FileHandle },
    bytesTotal: number,
    onProgress: (fraction: number) => void,
  ) {
    this.#request = request;
    this.#files = files;
    this.#bytesTotal = Math.max(bytesTotal, 1);
    this.#onProgress = onProgress;
    this.#scanner = new RecordScanner(
      {
        delimiter: request.header.delimiter.charCodeAt(0),
        width: request.header.names.length,
        numeric: Uint8Array.from(request.numeric, (numeric) => (numeric ? 1 : 0)),
      },
      {
        line: request.header.line + 1,
        out: this.#out,
        votes: this.#votes,
        onBad: ({ line, code, from }) => this.#addBad(line, code, from),
      },
    );
  }

  async run(): Promise<Framed> {
    let toSkip = this.#request.header.bytes;
    let bytes = 0;
    for await (const chunk of readUtf8(this.#request.path, this.#request.encoding)) {
      bytes += chunk.length;
      const data = chunk.subarray(Math.min(toSkip, chunk.length));
      toSkip -= chunk.length - data.length;
      this.#input = this.#input.length === 0 ? data : Buffer.concat([this.#input, data]);
      await this.#consume(false);
      this.#onProgress(Math.min(bytes / this.#bytesTotal, 1));
    }
    await this.#consume(true);
    await this.#flush();
    return {
      records: this.#scanner.records,
      bad: this.#badCount,
      dialect: this.#votes.dialect(this.#request.header.delimiter),
      lineBreaks: this.#scanner.lineBreaks,
    };
  }

  /** Scans what is there; keeps the unfinished record at the end for the next chunk. */
  async #consume(final: boolean): Promise<void> {
    const input = this.#input;
    let from = this.#skipping ? this.#skipLine(input) : 0;
    while (from < input.length) {
      if (this.#scanner.at >= FLUSH_BYTES || this.#bad.length >= BAD_HELD_MAX) await this.#flush();
      const next = this.#scanner.scan(input, from, final);
      if (next === NEED_MORE) {
        if (input.length - from <= RECORD_BYTES_MAX) break;
        from = this.#scanner.giveUp(input, from, "record_too_long");
        this.#skipping = from === input.length;
      } else {
        from = next;
      }
    }
    this.#input = input.subarray(from);
  }

  #skipLine(input: Buffer): number {
    const next = input.indexOf(0x0a);
    this.#skipping = next < 0;
    return next < 0 ? input.length : next + 1;
  }

  #addBad(line: number, code: ReasonCode, from: number): void {
    const raw = this.#input.subarray(from, from + 4 * SHOWN_CHARACTERS_MAX).toString("utf8");
    const value = (/^[^\r\n]*/.exec(raw)?.[0] ?? "").replace(/\p{Cc}/gu, " ").slice(0, SHOWN_CHARACTERS_MAX);
    const separator = String.fromCharCode(FIELD);
    this.#bad.push(`${line}${separator}${code}${separator}${value}\n`);
    this.#badCount++;
  }

  async #flush(): Promise<void> {
    if (this.#scanner.at > 0) {
      await this.#files.staged.writeFile(this.#out.subarray(0, this.#scanner.at));
      this.#scanner.at = 0;
    }
    if (this.#bad.length > 0) {
      await this.#files.bad.writeFile(this.#bad.join(""));
      this.#bad = [];
    }
  }
}
