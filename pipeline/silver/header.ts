import { knownNames } from "../../src/contracts/kinds/detect.ts";

/** Titles above a table are fewer than this. */
const LINES_SEARCHED_MAX = 60;
/** A line is a header once a kind knows this many of its names. */
const KNOWN_MIN = 2;

const DELIMITERS = [";", ",", "\t"] as const;

export interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** Line that it stands on, 1 = first. */
  readonly line: number;
  /** Bytes of UTF-8 up to and with its line break. */
  readonly bytes: number;
}

/**
 * Finds the header in the beginning of a file: the line, and the delimiter, that give the most names that
 * some kind of file knows. Where there is none, the first line that is not blank, cut by the delimiter that
 * gives the most columns. Null for a file of blank lines.
 */
export function findHeader(sample: string): Header | null {
  const lines = linesOf(sample);
  let best: { header: Header; known: number } | null = null;
  let fallback: Header | null = null;
  for (const { text, line, bytes } of lines) {
    if (text.trim() === "") continue;
    for (const delimiter of DELIMITERS) {
      const header = { names: splitNames(text, delimiter), delimiter, line, bytes };
      const known = knownNames(header.names);
      if (known >= KNOWN_MIN && known > (best?.known ?? 0)) best = { header, known };
      const wider = header.names.length > (fallback?.names.length ?? 0);
      if (fallback === null || (fallback.line === line && wider)) fallback = header;
    }
  }
  return best?.header ?? fallback;
}

function linesOf(sample: string): { text: string; line: number; bytes: number }[] {
  const found: { text: string; line: number; bytes: number }[] = [];
  const pattern = /([^\r\n]*)(\r\n|\n|\r|$)/gy;
  let bytes = 0;
  while (found.length < LINES_SEARCHED_MAX && pattern.lastIndex < sample.length) {
    const [whole = "", text = ""] = pattern.exec(sample) ?? [];
    bytes += Buffer.byteLength(whole);
    found.push({ text, line: found.length + 1, bytes });
  }
  return found;
}

function splitNames(text: string, delimiter: string): string[] {
  const names: string[] = [];
  let name = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) {
      names.push(name.trim());
      name = "";
    } else name += character;
  }
  names.push(name.trim());
  return names;
}
