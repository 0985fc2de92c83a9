import { bankDaysBetween, previousSession } from "../../src/market/calendar.ts";
import { isB3Class } from "../../src/market/classes.ts";
import { addDays, type IsoDay, weekday } from "../../src/money/day.ts";
import { Decimal, divRound, pow10 } from "../../src/money/decimal.ts";
import { type Engine, quote } from "../engine.ts";
import { QUOTE_COLUMNS } from "./quotes.ts";

/** The newest trade of an instrument, pair or index while its market is open, from a source of live prices. */
export interface LivePrice {
  readonly instrumentId: string;
  readonly class: string;
  readonly price: Decimal;
  readonly currency: string;
  /** Day of the trade in its own market. */
  readonly priceDay: IsoDay;
  /** UTC, ISO 8601. */
  readonly priceAt: string;
  /** Close of the session before as the source has it; counts where gold has none of that session. */
  readonly previousClose: Decimal | null;
  readonly source: string;
  readonly delayMinutes: number | null;
  /** UTC, ISO 8601. */
  readonly capturedAt: string;
}

const RATE_SCALE = 8;
/** Indices that follow B3's sessions; others follow the weekdays. */
const B3_INDICES: ReadonlySet<string> = new Set(["IBOV", "IFIX"]);

/**
 * The live rates with those that follow from them: the inverse of a pair, and pairs that meet in the real, each rounded
 * to 8 digits as the daily rates are (docs/money.md, rule 1). `wanted` are the pairs that the book needs.
 */
export function withDerivedRates(
  live: readonly LivePrice[],
  wanted: readonly string[],
): readonly LivePrice[] {
  const rates = new Map(
    live.filter((one) => one.class === "cambio").map((one) => [one.instrumentId, one] as const),
  );
  const derived = wanted.flatMap((pair): readonly LivePrice[] => {
    if (rates.has(pair)) return [];
    const from = pair.slice(0, 3);
    const to = pair.slice(3);
    const inverse = rates.get(`${to}${from}`);
    if (inverse !== undefined) return [{ ...of(inverse, pair, to), price: inverted(inverse.price) }];
    const toReal = rates.get(`${from}BRL`);
    const target = rates.get(`${to}BRL`);
    if (toReal === undefined || target === undefined) return [];
    const older = toReal.priceAt < target.priceAt ? toReal : target;
    return [{ ...of(older, pair, to), price: toReal.price.times(inverted(target.price)).round(RATE_SCALE) }];
  });
  return [...live, ...derived];
}

function of(rate: LivePrice, pair: string, currency: string): LivePrice {
  return { ...rate, instrumentId: pair, currency, previousClose: null };
}

function inverted(rate: Decimal): Decimal {
  const units = divRound(pow10(2 * RATE_SCALE), rate.unitsAt(RATE_SCALE));
  return new Decimal(units, RATE_SCALE);
}

/**
 * The session whose close a price of `day` is compared with: a close of gold that is older than it is no previous
 * close. Markets whose holidays we do not know count weekdays, and fall back on what the source says.
 */
function sessionBefore(one: LivePrice): IsoDay {
  const { instrumentId, class: instrumentClass, priceDay: day } = one;
  if (instrumentClass === "cripto") return addDays(day, -1);
  if (isB3Class(instrumentClass) || B3_INDICES.has(instrumentId)) return previousSession(day);
  if (instrumentClass === "cambio") return bankDaysBetween(addDays(day, -15), day).at(-1) ?? addDays(day, -1);
  const back = weekday(day) === 1 ? 3 : weekday(day) === 0 ? 2 : 1;
  return addDays(day, -back);
}

/** Makes the table `live_quotes` of these prices, each with the session that its previous close must be of. */
export async function makeLiveQuotes(engine: Engine, live: readonly LivePrice[]): Promise<void> {
  await engine.run(`create or replace table live_quotes (instrument_id varchar, class varchar, price decimal(18,8), currency varchar,
    price_date date, price_at timestamp, previous_close decimal(18,8), source varchar, delay_minutes bigint, captured_at timestamp,
    session_before date)`);
  if (live.length === 0) return;
  const rows = live.map((one) => {
    const values = [
      quote(one.instrumentId),
      quote(one.class),
      one.price.toString(),
      quote(one.currency),
      `date ${quote(one.priceDay)}`,
      instant(one.priceAt),
      one.previousClose === null ? "null" : one.previousClose.toString(),
      quote(one.source),
      one.delayMinutes === null ? "null" : String(one.delayMinutes),
      instant(one.capturedAt),
      `date ${quote(sessionBefore(one))}`,
    ];
    return `(${values.join(", ")})`;
  });
  await engine.run(`insert into live_quotes values ${rows.join(", ")}`);
}

function instant(iso: string): string {
  return `timestamp ${quote(iso.replace("T", " ").replace("Z", ""))}`;
}

/**
 * Makes `merged_quotes` of the quotes in `base` and of `live_quotes`: the newest valid price wins. Of one day, a close counts
 * before a trade of the session, except of exchange rates, whose daily bulletin is out hours before the day ends. A price that the
 * source confirms, without a newer trade, keeps its time and gets the new time of capture. The close before is gold's
 * where gold has that session, on the basis of a split of the day (source `ajuste`), else what the source says. Needs `points`.
 */
export async function mergeQuotes(engine: Engine, base: string): Promise<void> {
  await engine.run(`
    create or replace table live_before as
    select l.*, p.price as last_price, p.date as last_date
    from live_quotes l asof left join points p on p.instrument_id = l.instrument_id and l.price_date > p.date;
    create or replace table live_complete as
    select l.instrument_id, l.class, l.price, l.currency, l.price_date, l.price_at, l.source, l.delay_minutes, l.captured_at,
           case when c.price is not null then c.price when l.last_date >= l.session_before then l.last_price else l.previous_close end as previous_close,
           case when c.price is not null or l.last_date >= l.session_before then l.last_date
                when l.previous_close is not null then l.session_before end as previous_date
    from live_before l left join points c on c.instrument_id = l.instrument_id and c.date = l.price_date and c.source = 'ajuste';
    create or replace table quote_choice as
    select coalesce(b.instrument_id, l.instrument_id) as instrument_id,
           b.instrument_id is null or coalesce(l.price_date > b.price_date
             or (l.price_date = b.price_date and (l.price_at >= b.price_at or (b.price_at is null and l.class = 'cambio'))
             or (l.price_date = b.price_date and b.source = 'ajuste')), false) as is_live,
           l.price_date = b.price_date and l.captured_at > b.captured_at as confirmed
    from ${base} b full join live_complete l using (instrument_id);
    create or replace table merged_quotes as
    select ${QUOTE_COLUMNS} from live_complete where instrument_id in (select instrument_id from quote_choice where is_live)
    union all
    select b.* replace (case when c.confirmed then l.captured_at else b.captured_at end as captured_at)
    from (select ${QUOTE_COLUMNS} from ${base}) b join quote_choice c using (instrument_id)
    left join live_complete l using (instrument_id)
    where not c.is_live`);
}
