import type { ChartSpec } from "../../src/messages/message.ts";
import type { Session } from "./sessions.ts";

export type Draw = (
  spec: ChartSpec,
  options: { readonly theme: "light" | "dark" },
) => Promise<Uint8Array<ArrayBufferLike>>;

/** Pictures kept so that a reload or a change of theme need not draw again; about 6 MB in all. */
const MAX_PICTURES = 64;

/**
 * Draws the chart of a message when the page asks for it, so that the words never wait for the picture, and only in
 * the theme that is shown. The address holds the message's random id and is looked up among the messages of the
 * session that asks: it tells nothing, works for nobody else, and ends with the talk.
 */
export class Pictures {
  readonly #draw: Draw;
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** The PNG, or null where the session has no such chart. */
  async find(
    session: Session,
    id: string,
    index: number,
    theme: "light" | "dark",
  ): Promise<Uint8Array | null> {
    const entry = session.find(id);
    const block = entry?.from === "carteira" && entry.done ? entry.message?.blocks[index] : undefined;
    if (block?.kind !== "chart") return null;
    return await this.#picture(`${id}/${index}/${theme}`, block.chart, theme);
  }

  #picture(key: string, spec: ChartSpec, theme: "light" | "dark"): Promise<Uint8Array> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const drawn = this.#draw(spec, { theme });
    this.#kept.set(key, drawn);
    // A drawing that failed is tried again the next time; the error reaches who asked for it.
    drawn.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_PICTURES) break;
      this.#kept.delete(oldest);
    }
    return drawn;
  }
}
