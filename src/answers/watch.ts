import { previousSession } from "../market/calendar.ts";
import type { InstrumentClass } from "../market/classes.ts";
import { clockAt } from "../market/clock.ts";
import { marketOf, openSince, sessionOf } from "../market/hours.ts";
import { isB3Class } from "../market/instruments.ts";
import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { StaleNote } from "./answer.ts";
import { type AnswerContext, countParam, dayParam } from "./context.ts";
import { staleOf } from "./freshness.ts";
import { percentChange, percentOf } from "./percent.ts";
import { dayPercent, type Priced } from "./positions.ts";
import { count, countOrNull, decimal, decimalOrNull, flag, text, textOrNull } from "./rows.ts";

/**
 * What alerts watch: the figures of the answers at one moment, for the clients of many brokers at once. Each row names its
 * broker, and whoever reads it must keep to those of the one it is for.
 */

/** Where a figure's price is from, and of when: a day (a close) or an instant. */
interface Sourced {
  readonly priceAt: string | null;
  readonly source: string | null;
}

export interface WatchedQuote extends Sourced {
  readonly asset: string;
  readonly name: string;
  readonly class: string;
  readonly currency: string;
  readonly price: Decimal;
  readonly previousClose: Decimal | null;
  /** Against the previous close, as the quote's answer has it. */
  readonly dayPercent: Decimal | null;
  readonly delayMinutes: number | null;
  /** Of the session that runs, or of the last one while none does: nothing older is acted on. */
  readonly current: boolean;
  /** Of this very day, so that its change is a change of the day. */
  readonly today: boolean;
}

/** What one broker's clients hold. */
export interface WatchedAsset {
  readonly broker: string;
  readonly asset: string;
  readonly name: string;
  /** Why its price should not be relied on; null where it may be. */
  readonly stale: { readonly reason: StaleNote["reason"]; readonly priceAt: string | null } | null;
}

interface OfClient {
  readonly broker: string;
  readonly client: string;
  readonly clientName: string;
}

export interface WatchedClient extends OfClient, Sourced {
  readonly baseCurrency: string;
  /** In base currency and in percent, as the portfolio's answer has them; of what has a price of the day. */
  readonly change: Decimal;
  readonly percent: Decimal | null;
  /** Null where the rate of the base currency is not known. */
  readonly changeBrl: Decimal | null;
  /** Positions whose move is left out: their price is not of the day, or late. */
  readonly leftOut: number;
}

export interface WatchedWeight extends OfClient, Sourced {
  readonly asset: string;
  readonly baseCurrency: string;
  /** Null: no price is known. */
  readonly valueBase: Decimal | null;
  readonly weightPercent: Decimal | null;
}

export interface WatchedGain extends OfClient, Sourced {
  readonly asset: string;
  readonly currency: string;
  readonly price: Decimal | null;
  readonly averageCost: Decimal | null;
  /** Unrealised gain in percent of the cost, as the holding's answer has it. */
  readonly percent: Decimal | null;
}

export interface WatchedMaturity extends OfClient {
  readonly asset: string;
  readonly maturity: IsoDay;
}

/** One client's part in what happened to an instrument. */
export interface WatchedHolder {
  readonly client: string;
  readonly clientName: string;
  readonly asset: string;
  readonly quantity: Decimal;
  readonly valueBrl: Decimal | null;
  /** Null where the price is not of the newest session, or a rate is not known. */
  readonly changeBrl: Decimal | null;
}

const POINTS_MAX = 999_999;

/** Reads everything of one published version, within the brokers that it was made for. */
export class Watch {
  readonly #context: AnswerContext;
  #quoteRows: Promise<readonly Row[]> | null = null;
  #quotes: Promise<readonly WatchedQuote[]> | null = null;
  #held: Promise<readonly WatchedAsset[]> | null = null;

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  /** Of the published data: of the book, and of its prices. */
  get runId(): string {
    const { runId, quotesRunId } = this.#context.snapshot;
    return quotesRunId === null ? runId : `${runId} ${quotesRunId}`;
  }

  get demo(): boolean {
    return this.#context.snapshot.demo;
  }

  /** The day in Brazil that this is of. */
  get today(): IsoDay {
    return this.#context.today;
  }

  quotes(): Promise<readonly WatchedQuote[]> {
    this.#quotes ??= this.#readQuotes();
    return this.#quotes;
  }

  held(): Promise<readonly WatchedAsset[]> {
    this.#held ??= this.#readHeld();
    return this.#held;
  }

  /** Of those of whom something has a price of today. */
  async clients(): Promise<readonly WatchedClient[]> {
    const late = (await this.held()).filter(({ stale }) => stale !== null).map(({ asset }) => asset);
    const rows = await this.#value(CATALOGUE.watchClients, {
      day: dayParam(this.today),
      stale: { type: "texts", value: [...new Set(late)] },
    });
    return rows.flatMap((row) => clientOf(row) ?? []);
  }

  /** Positions of more than this weight in percent, and those whose weight is not known. */
  async weights(abovePercent: Decimal): Promise<readonly WatchedWeight[]> {
    const rows = await this.#value(CATALOGUE.watchWeights, { points: pointsParam(abovePercent) });
    return rows.map((row) => {
      const valueBase = decimalOrNull(row, "value_base");
      const gross = decimalOrNull(row, "gross_base");
      return {
        ...ofClient(row),
        ...sourced(row),
        asset: text(row, "instrument_id"),
        baseCurrency: text(row, "base_currency"),
        valueBase,
        weightPercent: valueBase === null || gross === null ? null : percentOf(valueBase, gross),
      };
    });
  }

  /** Positions whose price is further than this in percent from their average cost, and those without a price. */
  async gains(beyondPercent: Decimal): Promise<readonly WatchedGain[]> {
    const rows = await this.#value(CATALOGUE.watchGains, { points: pointsParam(beyondPercent) });
    return rows.map((row) => {
      const [value, cost] = [decimalOrNull(row, "value"), decimal(row, "cost")];
      return {
        ...ofClient(row),
        ...sourced(row),
        asset: text(row, "instrument_id"),
        currency: text(row, "currency"),
        price: decimalOrNull(row, "price"),
        averageCost: cost.dividedBy(decimal(row, "quantity"), SCALE.price),
        percent: value === null ? null : percentOf(value.minus(cost), cost.abs()),
      };
    });
  }

  /** From today to a day, both included. */
  async maturities(to: IsoDay): Promise<readonly WatchedMaturity[]> {
    const rows = await this.#context.run(CATALOGUE.watchMaturities, {
      from: dayParam(this.today),
      to: dayParam(to),
    });
    return rows.map((row) => ({
      ...ofClient(row),
      asset: text(row, "instrument_id"),
      maturity: text(row, "maturity"),
    }));
  }

  async holders(assets: readonly string[]): Promise<readonly WatchedHolder[]> {
    if (assets.length === 0) return [];
    const rows = await this.#value(CATALOGUE.watchHolders, { assets: { type: "texts", value: assets } });
    return rows.map((row) => {
      const rate = decimalOrNull(row, "rate_brl");
      const change = flag(row, "moves") ? decimalOrNull(row, "day_change") : null;
      return {
        client: text(row, "client_id"),
        clientName: text(row, "client_name"),
        asset: text(row, "instrument_id"),
        quantity: decimal(row, "quantity"),
        valueBrl: inBrl(decimalOrNull(row, "value_base"), rate),
        changeBrl: inBrl(change, rate),
      };
    });
  }

  #value(query: (typeof CATALOGUE)[keyof typeof CATALOGUE], params: Parameters<AnswerContext["value"]>[1]) {
    return this.#context.value({ now: query, at: query }, params);
  }

  #readRows(): Promise<readonly Row[]> {
    this.#quoteRows ??= this.#context.market(CATALOGUE.watchQuotes, {});
    return this.#quoteRows;
  }

  async #readQuotes(): Promise<readonly WatchedQuote[]> {
    const rows = await this.#readRows();
    const newest = newestByMarket(rows);
    return rows.map((row) => this.#quoteOf(row, newest.get(marketKey(text(row, "class"))) ?? null));
  }

  #quoteOf(row: Row, marketNewest: IsoDay | null): WatchedQuote {
    const priced = pricedRow(row, marketNewest);
    const price = decimal(row, "price");
    const previousClose = decimalOrNull(row, "previous_close");
    const currency = text(row, "currency");
    const day = text(row, "price_date");
    const fresh =
      staleOf([priced], this.#context).length === 0 &&
      day >= oldestOfSession(priced.class, currency, this.#context);
    return {
      asset: priced.asset,
      name: text(row, "name"),
      class: priced.class,
      currency,
      price,
      previousClose,
      dayPercent: previousClose === null ? null : percentChange({ from: previousClose, to: price }),
      ...sourced(row),
      delayMinutes: priced.delayMinutes,
      current: fresh,
      today: fresh && day >= this.today,
    };
  }

  async #readHeld(): Promise<readonly WatchedAsset[]> {
    const [rows, quotes] = await Promise.all([this.#context.run(CATALOGUE.watchHeld, {}), this.#readRows()]);
    const newest = newestByMarket(quotes);
    const stale = new Map(
      quotes.map((row) => {
        const priced = pricedRow(row, newest.get(marketKey(text(row, "class"))) ?? null);
        return [priced.asset, staleOf([priced], this.#context)[0] ?? null] as const;
      }),
    );
    return rows.map((row) => {
      const asset = text(row, "instrument_id");
      return {
        broker: text(row, "broker_id"),
        asset,
        name: textOrNull(row, "name") ?? asset,
        stale: stale.has(asset) ? (stale.get(asset) ?? null) : this.#unquoted(row, asset),
      };
    });
  }

  /** Of what nobody quotes: on a curve, at the price of a trade, or without any. */
  #unquoted(row: Row, asset: string): WatchedAsset["stale"] {
    const holders = count(row, "holders");
    const priceDate = textOrNull(row, "curve_date");
    if (priceDate !== null && count(row, "curves") === holders) {
      const priced: Priced = { ...NO_PRICE, asset, class: text(row, "class"), priceKind: "curve", priceDate };
      return staleOf([priced], this.#context)[0] ?? null;
    }
    const known = count(row, "curves") + count(row, "traded") >= holders;
    return { reason: known ? "operation_price" : "missing", priceAt: null };
  }
}

const NO_PRICE = {
  priceAt: null,
  source: null,
  delayMinutes: null,
  capturedAt: null,
  marketNewest: null,
  tradeDay: null,
} as const;

function pricedRow(row: Row, marketNewest: IsoDay | null): Priced {
  return {
    asset: text(row, "instrument_id"),
    class: text(row, "class"),
    priceKind: "quote",
    priceDate: text(row, "price_date"),
    priceAt: textOrNull(row, "price_at"),
    source: text(row, "source"),
    delayMinutes: countOrNull(row, "delay_minutes"),
    capturedAt: textOrNull(row, "captured_at"),
    marketNewest,
    tradeDay: null,
  };
}

/** As the valuation has it: B3's classes together, every other class for itself. */
function marketKey(kind: string): string {
  return isB3Class(kind) ? "b3" : kind;
}

function newestByMarket(rows: readonly Row[]): ReadonlyMap<string, IsoDay> {
  const newest = new Map<string, IsoDay>();
  for (const row of rows) {
    const [key, day] = [marketKey(text(row, "class")), text(row, "price_date")];
    if (day > (newest.get(key) ?? "")) newest.set(key, day);
  }
  return newest;
}

/** The day that a price must be of to be of the session that runs, or of the last one while none does. */
function oldestOfSession(kind: string, currency: string, { now, hours, today }: AnswerContext): IsoDay {
  const market = marketOf(kind as InstrumentClass, currency);
  if (market === null) return "";
  if (market === "b3") {
    const session = sessionOf(today, hours);
    return session !== null && now >= session.opensAt ? today : previousSession(today);
  }
  if (openSince(market, now, hours) === null) return "";
  return market === "us" ? clockAt(now, "America/New_York").day : today;
}

function clientOf(row: Row): WatchedClient | null {
  const change = decimalOrNull(row, "day_change");
  const [previous, flow] = [decimalOrNull(row, "previous"), decimalOrNull(row, "flow")];
  if (change === null || previous === null || flow === null) return null;
  return {
    ...ofClient(row),
    ...sourced(row),
    baseCurrency: text(row, "base_currency"),
    change,
    percent: dayPercent({ change, previous, flow }),
    changeBrl: inBrl(change, decimalOrNull(row, "rate_brl")),
    leftOut: count(row, "late"),
  };
}

function ofClient(row: Row): OfClient {
  return {
    broker: text(row, "broker_id"),
    client: text(row, "client_id"),
    clientName: text(row, "client_name"),
  };
}

function sourced(row: Row): Sourced {
  return {
    priceAt: textOrNull(row, "price_at") ?? textOrNull(row, "price_date"),
    source: textOrNull(row, "source"),
  };
}

function inBrl(amount: Decimal | null, rate: Decimal | null): Decimal | null {
  return amount === null || rate === null ? null : amount.times(rate).round(SCALE.money);
}

/** Rounded down, so that nothing that is above the threshold is missed. */
function pointsParam(percent: Decimal) {
  const points = percent.times(Decimal.of(100));
  const whole = Number(points.units / 10n ** BigInt(points.scale));
  return countParam(Math.min(Math.max(whole, 0), POINTS_MAX));
}
