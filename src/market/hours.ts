import { addDays, type IsoDay, weekday } from "../money/day.ts";
import { isLateOpen, isSession, nextSession } from "./calendar.ts";
import { type InstrumentClass, isB3Class } from "./classes.ts";
import { type ClockTime, clockAt, instantAt, type Zone } from "./clock.ts";

/**
 * When markets trade. B3's hours are a setting, because B3 moves them; its days are the calendar's. Functions that ask
 * the calendar throw CalendarError (`year_missing`) for a year that it does not cover.
 */

/** B3's trading hours by the clocks of São Paulo. */
export interface MarketHours {
  readonly open: ClockTime;
  readonly close: ClockTime;
  /** Opening on a day that starts late (Ash Wednesday). */
  readonly lateOpen: ClockTime;
}

export const DEFAULT_HOURS: MarketHours = { open: "10:00", close: "18:00", lateOpen: "13:00" };

/** A trading session; `closesAt` is the first instant that is no longer part of it. */
export interface Session {
  readonly day: IsoDay;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

const SAO_PAULO: Zone = "America/Sao_Paulo";
const NEW_YORK: Zone = "America/New_York";

/** B3's opening and closing on a day; null where it is no session. */
export function sessionOf(day: IsoDay, hours: MarketHours): Session | null {
  return isSession(day) ? sessionOn(day, hours) : null;
}

/** The session of B3 that is running at an instant; null where none is. */
export function sessionAt(now: Date, hours: MarketHours): Session | null {
  const session = sessionOf(clockAt(now, SAO_PAULO).day, hours);
  return session !== null && isDuring(now, session) ? session : null;
}

/** The first session of B3 that opens after an instant. */
export function nextSessionAt(now: Date, hours: MarketHours): Session {
  const today = sessionOf(clockAt(now, SAO_PAULO).day, hours);
  if (today !== null && now < today.opensAt) return today;
  return sessionOn(nextSession(clockAt(now, SAO_PAULO).day), hours);
}

/**
 * Where something trades: `b3`; `us`, the exchanges of New York; `fx`, currencies between banks; `always`, which
 * never closes.
 */
export type Market = "b3" | "us" | "fx" | "always";

/**
 * The market that gives a class (with the ISO currency that it is quoted in) its live prices; null where there is
 * none: fixed income, funds, cash, shares of exchanges whose hours nobody has told. An index runs with the shares it
 * is made of; one that is published and not traded (CDI, IPCA) is told apart by having no symbol to ask for.
 */
export function marketOf(instrumentClass: InstrumentClass, currency: string): Market | null {
  if (isB3Class(instrumentClass)) return "b3";
  switch (instrumentClass) {
    case "acao_exterior":
      return currency === "USD" ? "us" : null;
    case "indice":
      return currency === "BRL" ? "b3" : currency === "USD" ? "us" : null;
    case "cripto":
      return "always";
    case "cambio":
      return "fx";
    default:
      return null;
  }
}

/** Whether the market trades at an instant. Of the US only weekends are known: on its holidays this says open. */
export function isOpen(market: Market, now: Date, hours: MarketHours): boolean {
  return openSince(market, now, hours) !== null;
}

/**
 * When the session that is running at an instant opened; null where the market is closed. What never closes has
 * days that start at 00:00 UTC, as sources of crypto prices count them.
 */
export function openSince(market: Market, now: Date, hours: MarketHours): Date | null {
  switch (market) {
    case "b3":
      return sessionAt(now, hours)?.opensAt ?? null;
    case "us":
      return usOpenSince(now);
    case "fx":
      return fxOpenSince(now);
    case "always":
      return new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  }
}

/** The regular hours of NYSE and Nasdaq. */
const US_OPEN: ClockTime = "09:30";
const US_CLOSE: ClockTime = "16:00";

function usOpenSince(now: Date): Date | null {
  const { day } = clockAt(now, NEW_YORK);
  if (weekday(day) === 0 || weekday(day) === 6) return null;
  const opensAt = instantAt({ day, time: US_OPEN, zone: NEW_YORK });
  return isDuring(now, { opensAt, closesAt: instantAt({ day, time: US_CLOSE, zone: NEW_YORK }) })
    ? opensAt
    : null;
}

/**
 * Currencies trade around the clock from Sunday evening to Friday evening in New York. A simplification: the break
 * of a few minutes each evening and holidays such as Christmas count as open.
 */
const FX_OPEN: ClockTime = "18:00";
const FX_CLOSE: ClockTime = "17:00";

function fxOpenSince(now: Date): Date | null {
  const { day } = clockAt(now, NEW_YORK);
  const sunday = addDays(day, -weekday(day));
  const opensAt = instantAt({ day: sunday, time: FX_OPEN, zone: NEW_YORK });
  const closesAt = instantAt({ day: addDays(sunday, 5), time: FX_CLOSE, zone: NEW_YORK });
  return isDuring(now, { opensAt, closesAt }) ? opensAt : null;
}

function sessionOn(day: IsoDay, hours: MarketHours): Session {
  const open = isLateOpen(day) ? hours.lateOpen : hours.open;
  return {
    day,
    opensAt: instantAt({ day, time: open, zone: SAO_PAULO }),
    closesAt: instantAt({ day, time: hours.close, zone: SAO_PAULO }),
  };
}

function isDuring(now: Date, { opensAt, closesAt }: Pick<Session, "opensAt" | "closesAt">): boolean {
  return opensAt <= now && now < closesAt;
}
