import type { Text, Token } from "./text.ts";

/** What a token turned out to be. */
export type Role = "client" | "asset" | "period" | "number" | "cue" | "filler";

/**
 * The tokens of one question with what each of them turned out to be. Readers take tokens in turn;
 * what nobody takes stays unexplained.
 */
export class Sheet {
  readonly text: Text;
  /** The tokens' texts, with the spelling corrected where `spelling.ts` was sure. */
  readonly words: string[];
  readonly #roles: (Role | null)[];

  constructor(text: Text) {
    this.text = text;
    this.words = text.tokens.map((token) => token.text);
    this.#roles = text.tokens.map(() => null);
  }

  get length(): number {
    return this.words.length;
  }

  /** The word at a position; empty outside the text. */
  word(at: number): string {
    return this.words[at] ?? "";
  }

  token(at: number): Token | undefined {
    return this.text.tokens[at];
  }

  role(at: number): Role | null {
    return this.#roles[at] ?? null;
  }

  /** Whether nobody has taken any of these tokens. */
  isFree(at: number, count = 1): boolean {
    for (let index = at; index < at + count; index += 1) {
      if (index >= this.length || this.#roles[index] !== null) return false;
    }
    return true;
  }

  take(at: number, count: number, role: Role): void {
    this.#roles.fill(role, at, at + count);
  }

  /** Whether the tokens are set apart from their neighbours, and not a piece of something longer (`ab-12`). */
  standsAlone(at: number, count: number): boolean {
    const next = this.token(at + count);
    return !joins(this.token(at)) && !joins(next);
  }

  /** The text between the starts and ends of these tokens, as written or folded. */
  slice(at: number, count: number, form: "raw" | "folded"): string {
    return this.text[form].slice(this.token(at)?.start ?? 0, this.token(at + count - 1)?.end ?? 0);
  }

  /** What stands between a token and the one before it. */
  gapBefore(at: number): string {
    return this.text.folded.slice(this.token(at - 1)?.end ?? 0, this.token(at)?.start ?? 0);
  }

  /** The character right after a token; empty at the end. */
  charAfter(at: number): string {
    return this.text.folded.charAt(this.token(at)?.end ?? this.text.folded.length);
  }
}

function joins(token: Token | undefined): boolean {
  return token !== undefined && /^[-_.@]$/.test(token.glue);
}
