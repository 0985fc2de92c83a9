import type { Asker } from "../../src/access/access.ts";
import type {
  Watch,
  WatchedAsset,
  WatchedClient,
  WatchedGain,
  WatchedMaturity,
  WatchedQuote,
  WatchedWeight,
} from "../../src/answers/watch.ts";
import { addDays, type IsoDay } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import type { Rule } from "./rule.ts";
import { CLEAR } from "./thresholds.ts";

/** Income that the ledger of corporate actions tells of. */
export interface Announced {
  readonly asset: string;
  /** The ex day. */
  readonly date: IsoDay;
  /** A unit, before tax, in the instrument's currency; null where it is not told. */
  readonly amount: Decimal | null;
}

/** Everything that rules are judged by, read once for all of them. */
export interface Watched {
  readonly today: IsoDay;
  readonly quotes: ReadonlyMap<string, WatchedQuote>;
  readonly held: ReadonlyMap<string, readonly WatchedAsset[]>;
  readonly clients: Owned<WatchedClient>;
  readonly weights: Owned<WatchedWeight>;
  readonly gains: Owned<WatchedGain>;
  readonly maturities: Owned<WatchedMaturity>;
  readonly announced: readonly Announced[];
}

/** Rows of clients by whose they are. */
export interface Owned<T> {
  readonly byBroker: ReadonlyMap<string, readonly T[]>;
  readonly byClient: ReadonlyMap<string, readonly T[]>;
}

/** Reads what these rules need, one query a kind. */
export async function readWatched(
  watch: Watch,
  rules: readonly Rule[],
  announced: () => Promise<readonly Announced[]>,
): Promise<Watched> {
  const has = (...kinds: readonly Rule["kind"][]) => rules.some(({ kind }) => kinds.includes(kind));
  const least = (kind: "weight" | "asset_cost", clear: Decimal) => leastOf(rules, kind).times(clear);
  const days = rules.reduce((most, rule) => (rule.kind === "maturity" ? Math.max(most, rule.days) : most), 0);
  const [quotes, held] = await Promise.all([watch.quotes(), watch.held()]);
  return {
    today: watch.today,
    quotes: new Map(quotes.map((quote) => [quote.asset, quote])),
    held: Map.groupBy(held, ({ broker }) => broker),
    clients: owned(has("client_day", "client_money") ? await watch.clients() : []),
    weights: owned(has("weight") ? await watch.weights(least("weight", CLEAR.weight)) : []),
    gains: owned(has("asset_cost") ? await watch.gains(least("asset_cost", CLEAR.move)) : []),
    maturities: owned(days > 0 ? await watch.maturities(addDays(watch.today, days)) : []),
    announced: has("income") ? await announced() : [],
  };
}

/** The lowest threshold among the rules of a kind: what lies below it need not be read. */
function leastOf(rules: readonly Rule[], kind: "weight" | "asset_cost"): Decimal {
  const found = rules.flatMap((rule) => (rule.kind === kind ? [rule.percent] : []));
  return found.reduce((low, one) => (one.compare(low) < 0 ? one : low), found[0] ?? Decimal.ZERO);
}

function owned<T extends { readonly broker: string; readonly client: string }>(rows: readonly T[]): Owned<T> {
  return {
    byBroker: Map.groupBy(rows, ({ broker }) => broker),
    byClient: Map.groupBy(rows, ({ client }) => client),
  };
}

/** What one owner may be told of: the brokers of that moment, and what their clients hold. */
export class OwnerScope {
  readonly #brokers: ReadonlySet<string>;
  readonly #watched: Watched;
  #held: ReadonlyMap<string, WatchedAsset> | null = null;

  constructor(asker: Pick<Asker, "brokers">, watched: Watched) {
    this.#brokers = new Set(asker.brokers);
    this.#watched = watched;
  }

  /** By code; where several brokers' clients hold the same, the one whose price is in doubt. */
  held(): ReadonlyMap<string, WatchedAsset> {
    if (this.#held !== null) return this.#held;
    const held = new Map<string, WatchedAsset>();
    for (const broker of this.#brokers) {
      for (const one of this.#watched.held.get(broker) ?? []) {
        if (!held.has(one.asset) || one.stale !== null) held.set(one.asset, one);
      }
    }
    this.#held = held;
    return held;
  }

  /** Held within the scope, or nobody's: an exchange rate or an index. */
  isWatchable(asset: string): boolean {
    return this.held().has(asset) || isMarket(this.#watched.quotes.get(asset)?.class ?? "");
  }

  /** The rows of one client, or of all; never of another broker's. */
  rows<T extends { readonly broker: string }>(of: Owned<T>, client: string | null): readonly T[] {
    if (client === null) return [...this.#brokers].flatMap((broker) => of.byBroker.get(broker) ?? []);
    return (of.byClient.get(client) ?? []).filter(({ broker }) => this.#brokers.has(broker));
  }
}

/** Exchange rates and indices: quoted, held by nobody. */
function isMarket(kind: string): boolean {
  return kind === "cambio" || kind === "indice";
}
