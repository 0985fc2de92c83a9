import type { ReasonCode } from "../../src/contracts/kinds/reasons.ts";
import type { DialectCount } from "./dialect.ts";

/** Between the fields of a staged record. No text file of ours has it: control characters become spaces. */
export const FIELD = 0x1f;
/** Line breaks inside a quoted field, so that a staged record is one line. */
export const FIELD_LF = 0x1e;
export const FIELD_CR = 0x1d;

const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const NBSP_LEAD = 0xc2;
const NBSP = 0xa0;

/** A record longer than this is no record of ours. */
export const RECORD_BYTES_MAX = 1024 * 1024;
/** A quote that stays open over more lines than this was never meant to open. */
const QUOTED_LINES_MAX = 100;

export const NEED_MORE = -1;
const BAD_QUOTE = -2;

export interface RecordShape {
  /** One byte: `;`, `,`, tab. */
  readonly delimiter: number;
  /** Columns of the header. */
  readonly width: number;
  /** 1 for the columns whose cells say something about the dialect of numbers. */
  readonly numeric: Uint8Array;
}

/** A record that cannot be read as one of the table's. */
export interface BadRecord {
  readonly line: number;
  readonly code: ReasonCode;
  /** Where its first line starts in the input. */
  readonly from: number;
}

/**
 * Turns one delimited record after the other into its staged form: the number of the line it starts on, then
 * exactly as many fields as the header has, trimmed, without quotes; a lone `-` is nothing. Works on bytes:
 * every byte with a meaning is ASCII, which UTF-8 never uses inside a character.
 */
export class RecordScanner {
  readonly #shape: RecordShape;
  readonly #votes: DialectCount;
  readonly #onBad: (bad: BadRecord) => void;
  /** The line that the next record starts on. */
  line: number;
  /** Records staged so far. */
  records = 0;
  /** Whether a field held a line break, which the reader has to put back. */
  lineBreaks = false;
  readonly #out: Buffer;
  /** 1 for every byte that an unquoted field does not simply hold: nearly all bytes are copied after one look. */
  readonly #stops = new Uint8Array(256);
  /** Bytes of `out` that are filled. */
  at = 0;

  constructor(
    shape: RecordShape,
    options: { line: number; out: Buffer; votes: DialectCount; onBad: (bad: BadRecord) => void },
  ) {
    this.#shape = shape;
    this.#votes = options.votes;
    this.#onBad = options.onBad;
    this.line = options.line;
    this.#out = options.out;
    this.#stops.fill(1, 0, SPACE);
    this.#stops[shape.delimiter] = 1;
    this.#stops[NBSP] = 1;
  }

  /**
   * Scans the record at `from`. Returns where the next one starts, or NEED_MORE when the input ends inside it;
   * with `final` the end of the input ends the record. `out` must have room for RECORD_BYTES_MAX and the
   * separators; what is longer is reported, and not staged.
   */
  scan(input: Buffer, from: number, final: boolean): number {
    const { delimiter, width } = this.#shape;
    const out = this.#out;
    const end = input.length;
    const start = this.at;
    this.#writeLine();
    let i = from;
    let column = 0;
    let lines = 1;
    let filled = false;
    let tooWide = false;
    for (;;) {
      const before = this.at;
      out[this.at++] = FIELD;
      const fieldAt = this.at;
      while (i < end && (input[i] === SPACE || (input[i] === TAB && delimiter !== TAB))) i++;
      if (i < end && input[i] === QUOTE) {
        const breaks = this.#quoted(input, i + 1, final);
        if (breaks < 0) return this.#unfinished(breaks, { input, from, start });
        lines += breaks;
        i = this.#next;
      } else {
        i = this.#plainField(input, i);
      }
      const ending = i < end ? input[i] : LF;
      if (i >= end - 1 && !final && (i >= end || ending === CR)) {
        this.at = start;
        return NEED_MORE;
      }
      this.#trim(fieldAt);
      if (this.at > fieldAt) {
        filled = true;
        if (column >= width) tooWide = true;
        else if (this.#shape.numeric[column] === 1) this.#votes.add(out, fieldAt, this.at);
      }
      if (column >= width) this.at = before;
      column++;
      i++;
      if (ending === delimiter) continue;
      if (ending === CR && i < end && input[i] === LF) i++;
      break;
    }
    this.#finish({ start, column, filled, tooWide, from, bytes: i - from });
    this.line += lines;
    return i;
  }

  /** Gives up the record at `from`: only its first line is lost. Returns where the next line starts, or the end. */
  giveUp(input: Buffer, from: number, code: ReasonCode): number {
    this.#onBad({ line: this.line, code, from });
    this.line++;
    const next = input.indexOf(LF, from);
    return next < 0 ? input.length : next + 1;
  }

  #next = 0;

  /** Copies a quoted field; `#next` is then where its ending stands. Returns its line breaks, or a negative sign. */
  #quoted(input: Buffer, from: number, final: boolean): number {
    const out = this.#out;
    const { delimiter } = this.#shape;
    const end = input.length;
    let breaks = 0;
    let i = from;
    let at = this.at;
    for (;;) {
      if (i >= end) return final ? BAD_QUOTE : NEED_MORE;
      const byte = input[i++] ?? 0;
      if (byte === QUOTE) {
        if (i >= end && !final) return NEED_MORE;
        if (input[i] !== QUOTE) break;
        out[at++] = QUOTE;
        i++;
      } else if (byte === LF || byte === CR) {
        this.lineBreaks = true;
        out[at++] = byte === LF ? FIELD_LF : FIELD_CR;
        if (byte === LF || input[i] !== LF) breaks++;
        if (breaks > QUOTED_LINES_MAX || i - from > RECORD_BYTES_MAX) return BAD_QUOTE;
      } else {
        at = put(out, at, byte);
      }
    }
    while (i < end && (input[i] === SPACE || (input[i] === TAB && delimiter !== TAB))) i++;
    const ending = input[i];
    if (i < end && ending !== delimiter && ending !== LF && ending !== CR) return BAD_QUOTE;
    this.at = at;
    this.#next = i;
    return breaks;
  }

  #plainField(input: Buffer, from: number): number {
    const { delimiter } = this.#shape;
    const out = this.#out;
    const stops = this.#stops;
    const end = input.length;
    let at = this.at;
    let i = from;
    for (; i < end; i++) {
      const byte = input[i] ?? 0;
      if (stops[byte] === 0) {
        out[at++] = byte;
      } else {
        if (byte === delimiter || byte === LF || byte === CR) break;
        at = put(out, at, byte);
      }
    }
    this.at = at;
    return i;
  }

  #trim(fieldAt: number): void {
    const out = this.#out;
    while (this.at > fieldAt && out[this.at - 1] === SPACE) this.at--;
    if (this.at === fieldAt + 1 && out[fieldAt] === DASH) this.at = fieldAt;
    let lead = fieldAt;
    while (lead < this.at && out[lead] === SPACE) lead++;
    if (lead === fieldAt) return;
    out.copyWithin(fieldAt, lead, this.at);
    this.at -= lead - fieldAt;
  }

  #finish(done: {
    start: number;
    column: number;
    filled: boolean;
    tooWide: boolean;
    from: number;
    bytes: number;
  }): void {
    const tooLong = done.bytes > RECORD_BYTES_MAX;
    if (tooLong || done.tooWide) {
      const code = tooLong ? "record_too_long" : "record_columns";
      this.#onBad({ line: this.line, code, from: done.from });
    }
    if (!done.filled || done.tooWide || tooLong) {
      this.at = done.start;
      return;
    }
    for (let column = done.column; column < this.#shape.width; column++) this.#out[this.at++] = FIELD;
    this.#out[this.at++] = LF;
    this.records++;
  }

  #unfinished(sign: number, at: { input: Buffer; from: number; start: number }): number {
    this.at = at.start;
    return sign === NEED_MORE ? NEED_MORE : this.giveUp(at.input, at.from, "record_quote");
  }

  #writeLine(): void {
    const text = String(this.line);
    for (let i = 0; i < text.length; i++) this.#out[this.at++] = text.charCodeAt(i);
  }
}

/** Copies a byte; control characters and no-break spaces become spaces. */
function put(out: Buffer, at: number, byte: number): number {
  if (byte < SPACE) {
    out[at] = SPACE;
  } else if (byte === NBSP && out[at - 1] === NBSP_LEAD) {
    out[at - 1] = SPACE;
    return at;
  } else {
    out[at] = byte;
  }
  return at + 1;
}
