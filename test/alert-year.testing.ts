import { observe } from "../reports/alerts/observe.ts";
import type { Rule } from "../reports/alerts/rule.ts";
import { type Seen, type Standing, step } from "../reports/alerts/step.ts";
import { OwnerScope, type Watched } from "../reports/alerts/watched.ts";
import { percentChange } from "../src/answers/percent.ts";
import { randomOf } from "../src/main/demo/random.ts";
import { Decimal } from "../src/money/decimal.ts";

/**
 * Recorded closes with minutes between them: a seeded random walk that leads from one close to the next. The rules see each minute what
 * they would see of quotes; the way in between is made up, so that counts are of the rules and not of the market.
 */
const MINUTES = 420;
/** Standard deviation of a minute's step: some 1.6% over a session. */
const STEP = 0.0008;
const PRICE_SCALE = 8;

interface Close {
  readonly day: string;
  /** In units of 10^-8. */
  readonly units: bigint;
}

interface Session {
  readonly day: string;
  readonly previous: Decimal;
  readonly minutes: readonly Decimal[];
}

/** The sessions from a day on, the last minute of each at its recorded close. */
export function sessionsOf(code: string, closes: readonly Close[], from: string): readonly Session[] {
  return closes.flatMap(({ day, units }, place) => {
    const previous = closes[place - 1]?.units;
    if (day < from || previous === undefined) return [];
    const minutes = bridge(previous, units, `${code} ${day}`).map((price) => new Decimal(price, PRICE_SCALE));
    return [{ day, previous: new Decimal(previous, PRICE_SCALE), minutes }];
  });
}

function bridge(from: bigint, to: bigint, key: string): readonly bigint[] {
  const random = randomOf("minutes", key);
  const walk: number[] = [];
  let at = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    at += random.normal() * STEP;
    walk.push(at);
  }
  const target = Math.log(Number(to) / Number(from));
  return walk.map((way, minute) => {
    if (minute + 1 === MINUTES) return to;
    const drift = way + ((target - at) * (minute + 1)) / MINUTES;
    return BigInt(Math.round(Number(from) * Math.exp(drift)));
  });
}

/** How a rule is told of: as ours is, with the band between firing and clearing alone, and at each crossing of the threshold. */
export const WAYS = ["ours", "band", "crossings"] as const;
type Way = (typeof WAYS)[number];

const OTHERWISE: Readonly<Record<Way, (seen: Seen) => Seen>> = {
  ours: (seen) => seen,
  band: (seen) => ({ ...seen, once: "episode", day: null }),
  crossings: (seen) => ({ ...seen, once: "episode", day: null, clear: seen.limit }),
};

interface Told {
  readonly fired: Readonly<Record<Way, number>>;
  /** Sessions in which the rule's threshold was passed at some minute. */
  readonly days: number;
}

/** How often a rule about one instrument is told of over sessions. */
export function toldOf(rule: Rule, code: string, sessions: readonly Session[]): Told {
  const fired: Record<Way, number> = { ours: 0, band: 0, crossings: 0 };
  const standing = new Map<string, Standing>();
  let days = 0;
  for (const session of sessions) {
    let beyond = false;
    for (const price of session.minutes) {
      const watched = minuteOf(code, session, price);
      for (const seen of observe(rule, new OwnerScope({ brokers: [] }, watched), watched)) {
        beyond ||= seen.measure !== null && seen.measure.compare(seen.limit) > 0;
        for (const way of WAYS) {
          const key = `${way} ${seen.subject}`;
          const taken = step(standing.get(key) ?? null, OTHERWISE[way](seen), session.day);
          if (taken === null) continue;
          standing.set(key, taken.standing);
          if (taken.fires) fired[way] += 1;
        }
      }
    }
    if (beyond) days += 1;
  }
  return { fired, days };
}

/** What the warehouse would tell of one quote at that minute. As an index it is watchable though nobody holds it. */
function minuteOf(code: string, { day, previous }: Session, price: Decimal): Watched {
  const none = { byBroker: new Map(), byClient: new Map() };
  const quote = {
    asset: code,
    name: code,
    class: "indice",
    currency: "BRL",
    price,
    previousClose: previous,
    dayPercent: percentChange({ from: previous, to: price }),
    priceAt: day,
    source: "yahoo",
    delayMinutes: null,
    current: true,
    today: true,
  };
  return {
    today: day,
    quotes: new Map([[code, quote]]),
    held: new Map(),
    clients: none,
    weights: none,
    gains: none,
    maturities: none,
    announced: [],
  };
}

/** The close in the middle of those of the sessions, which a price passes often. */
export function middleOf(sessions: readonly Session[]): Decimal {
  const closes = sessions.flatMap(({ minutes }) => minutes.at(-1) ?? []).toSorted((a, b) => a.compare(b));
  return closes[closes.length >> 1] ?? Decimal.ZERO;
}
