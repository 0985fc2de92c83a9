export interface TextOut {
  write(text: string): unknown;
}

const COLUMNS_DEFAULT = 80;
const ERASE_LINE = "\r\u001b[K";
/** Control characters but for tab and line feed: a file's name or a cell must not steer the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Answers on one stream; errors, and progress that overwrites itself on a terminal, on the other. */
export class Terminal {
  readonly #out: TextOut;
  readonly #err: TextOut & { readonly isTTY?: boolean; readonly columns?: number };
  #shown = "";
  readonly #steps = new Set<string>();

  constructor(out: TextOut, err: TextOut & { readonly isTTY?: boolean; readonly columns?: number }) {
    this.#out = out;
    this.#err = err;
  }

  /** A line of the answer. */
  print(line: string): void {
    this.clearProgress();
    this.#out.write(`${line.replace(CONTROLS, "")}\n`);
  }

  json(value: unknown): void {
    this.clearProgress();
    this.#out.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line about the answer: an error, a hint. */
  note(line: string): void {
    this.clearProgress();
    this.#err.write(`${line.replace(CONTROLS, "")}\n`);
  }

  /**
   * Says how far long work is: on a terminal in one line that overwrites itself; elsewhere one line
   * when a step is first reached. `fraction` is 0 to 1, or null when that is not known.
   */
  progress(step: string, fraction: number | null): void {
    if (this.#err.isTTY !== true) {
      if (!this.#steps.has(step)) this.#err.write(`${step.replace(CONTROLS, "")}\n`);
      this.#steps.add(step);
      return;
    }
    const percent = fraction === null ? "" : ` ${Math.floor(Math.min(Math.max(fraction, 0), 1) * 100)}%`;
    // A terminal without a size says 0 columns.
    const room = Math.max((this.#err.columns || COLUMNS_DEFAULT) - percent.length - 1, 1);
    const line = `${[...step.replace(CONTROLS, "")].slice(0, room).join("")}${percent}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#err.write(`${ERASE_LINE}${line}`);
  }

  clearProgress(): void {
    if (this.#shown === "") return;
    this.#shown = "";
    this.#err.write(ERASE_LINE);
  }
}
