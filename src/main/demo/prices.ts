import { type Economy, type Factors, tethered } from "./economy.ts";
import type { DemoInstrument } from "./instrument.ts";
import { randomOf } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import { CORPORATE_ACTIONS, UNIVERSE } from "./universe.ts";

/** A traded close a session, in 10^-decimals of the currency: whole numbers, exact from here on. */
export interface PricePath {
  readonly decimals: number;
  readonly closes: Float64Array;
}

const SESSIONS_A_YEAR = 252;
/** Inflation a session that real-yield paper accrues: about 4.8% a year. */
const INFLATION_A_SESSION = 0.048 / SESSIONS_A_YEAR;
const DOLLAR = { start: 5.7215, decimals: 4, drift: 0.01 };
const IBOV = { start: 127_210, decimals: 2, drift: 0.14 };

/** The price paths of every instrument, of USDBRL and of IBOV. */
export function pricesOf(
  seed: string | number,
  timeline: Timeline,
  economy: Economy,
): ReadonlyMap<string, PricePath> {
  const free = new Map<string, readonly number[]>();
  free.set(
    "USDBRL",
    grow(DOLLAR.start, economy.factors, ({ dollar }) => dollar + DOLLAR.drift / SESSIONS_A_YEAR),
  );
  free.set(
    "IBOV",
    grow(IBOV.start, economy.factors, ({ market }) => market + IBOV.drift / SESSIONS_A_YEAR),
  );
  const paths = new Map<string, PricePath>();
  for (const instrument of UNIVERSE) {
    const path = freePath(seed, instrument, economy, free);
    free.set(instrument.code, path);
    const traded = path.map((price, index) => price / splitFactor(instrument.code, index, timeline));
    paths.set(instrument.code, rounded(traded, instrument.decimals));
  }
  paths.set("USDBRL", rounded(free.get("USDBRL") ?? [], DOLLAR.decimals));
  paths.set("IBOV", rounded(free.get("IBOV") ?? [], IBOV.decimals));
  return paths;
}

/** The path as if there were no splits. */
function freePath(
  seed: string | number,
  instrument: DemoInstrument,
  economy: Economy,
  free: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const random = randomOf(seed, "price", instrument.code);
  const { tracks, own } = instrument;
  if (tracks !== undefined) {
    const dollars = free.get(tracks.code) ?? [];
    const rate = free.get("USDBRL") ?? [];
    return dollars.map(
      (price, index) => price * (rate[index] ?? 0) * tracks.ratio * (1 + own * random.normal()),
    );
  }
  const level = instrument.start * (own === 0 ? 1 : random.between(0.97, 1.03));
  const pulled = tethered();
  return grow(level, economy.factors, (factors) => {
    // Once or twice a year the news is about this one.
    const news = random.chance(0.006) ? 3 : 1;
    return dailyReturn(instrument, factors) + pulled(own * news * random.normal());
  });
}

function dailyReturn({ loadings, drift }: DemoInstrument, factors: Factors): number {
  const { market = 0, abroad = 0, dollar = 0, crypto = 0, duration = 0, cdi = 0, realYield = 0 } = loadings;
  return (
    drift / SESSIONS_A_YEAR +
    market * factors.market +
    abroad * factors.abroad +
    dollar * factors.dollar +
    crypto * factors.crypto +
    cdi * factors.cdi +
    realYield * (factors.realYield / SESSIONS_A_YEAR + INFLATION_A_SESSION) -
    duration * factors.yieldChange
  );
}

/** A level that takes one return a session from the second one on. */
function grow(start: number, factors: readonly Factors[], returnOf: (factors: Factors) => number): number[] {
  let level = start;
  return factors.map((today, index) => {
    if (index > 0) level *= 1 + returnOf(today);
    return level;
  });
}

/** New units for each unit of the demo's start, on that session. */
function splitFactor(code: string, index: number, timeline: Timeline): number {
  let factor = 1;
  for (const action of CORPORATE_ACTIONS) {
    const day = timeline.months[action.month]?.days[action.session - 1];
    const from = day === undefined ? undefined : timeline.indexOf.get(day);
    if (action.code === code && from !== undefined && index >= from)
      factor *= action.newUnits / action.oldUnits;
  }
  return factor;
}

function rounded(path: readonly number[], decimals: number): PricePath {
  const scale = 10 ** decimals;
  return { decimals, closes: Float64Array.from(path, (price) => Math.max(1, Math.round(price * scale))) };
}
