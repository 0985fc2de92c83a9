import { formerCodes } from "../market/ticker-changes.ts";
import type { Lexicon } from "../questions/question.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Snapshot, Warehouse } from "../warehouse/warehouse.ts";
import { text, textOrNull } from "./rows.ts";

/** Lexicons of this many different scopes are kept for a version. */
const KEPT = 200;

/** The names that questions may use, kept for as long as their version is the published one. */
export class LexiconShelf {
  readonly #warehouse: Warehouse;
  #runId: string | null = null;
  #kept = new Map<string, Lexicon>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** The clients of these brokers, and every instrument. */
  async of(snapshot: Snapshot, brokers: readonly string[]): Promise<Lexicon> {
    if (this.#runId !== snapshot.runId) {
      this.#runId = snapshot.runId;
      this.#kept = new Map();
    }
    const kept = this.#kept;
    const key = JSON.stringify(brokers.toSorted());
    const known = kept.get(key);
    if (known !== undefined) return known;
    const lexicon = await this.#read(snapshot, brokers);
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, lexicon);
    return lexicon;
  }

  async #read(snapshot: Snapshot, brokers: readonly string[]): Promise<Lexicon> {
    const [clients, instruments] = await Promise.all([
      this.#warehouse.run(snapshot, CATALOGUE.scopeClients, { brokers: { type: "texts", value: brokers } }),
      this.#warehouse.run(snapshot, CATALOGUE.instruments, {}),
    ]);
    return {
      clients: clients.map((row) => ({ id: text(row, "client_id"), name: text(row, "name") })),
      instruments: instruments.map((row) => {
        const code = text(row, "instrument_id");
        const aliases = textOrNull(row, "aliases")?.split("|") ?? [];
        // Former codes are found whatever aliases a file gives the instrument.
        return { code, name: text(row, "name"), aliases: [...aliases, ...formerCodes(code)] };
      }),
    };
  }
}
