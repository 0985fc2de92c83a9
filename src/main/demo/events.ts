import type { IsoDay } from "../../money/day.ts";
import type { Payout } from "./instrument.ts";
import type { PricePath } from "./prices.ts";
import type { Timeline } from "./timeline.ts";
import { CORPORATE_ACTIONS, UNIVERSE } from "./universe.ts";

export type CorporateAction = (typeof CORPORATE_ACTIONS)[number];

/** One payment of an issuer: whoever holds at the end of `recordDay` is paid on `payDay`. */
export interface Payment {
  readonly code: string;
  readonly currency: string;
  readonly type: Payout["type"];
  readonly recordDay: IsoDay;
  readonly payDay: IsoDay;
  /** A unit's amount, in 10^-6 of the currency. */
  readonly perUnitE6: number;
  readonly tax: number;
}

/** What issuers do in the demo, by day. */
export interface IssuerEvents {
  readonly actions: ReadonlyMap<IsoDay, readonly CorporateAction[]>;
  readonly recorded: ReadonlyMap<IsoDay, readonly Payment[]>;
  readonly paid: ReadonlyMap<IsoDay, readonly Payment[]>;
}

/** Funds of property record on a month's last session, companies on one in the middle; both pay a month later. */
const RECORD_SESSION = 12;
const PAY_SESSION = 9;

export function issuerEventsOf(timeline: Timeline, prices: ReadonlyMap<string, PricePath>): IssuerEvents {
  const payments = timeline.months.flatMap((_, month) => paymentsOf(month, timeline, prices));
  return {
    actions: byDay(CORPORATE_ACTIONS, ({ month, session }) => timeline.months[month]?.days[session - 1]),
    recorded: byDay(payments, ({ recordDay }) => recordDay),
    paid: byDay(payments, ({ payDay }) => payDay),
  };
}

/** The payments that are recorded in a month and of which the day of payment lies inside the demo's months. */
function paymentsOf(month: number, timeline: Timeline, prices: ReadonlyMap<string, PricePath>): Payment[] {
  const days = timeline.months[month]?.days ?? [];
  const payDay = timeline.months[month + 1]?.days[PAY_SESSION - 1];
  const ofYear = Number(timeline.months[month]?.key.slice(5, 7));
  const payments: Payment[] = [];
  for (const { code, currency, group, payout } of UNIVERSE) {
    if (payout === undefined || (ofYear - payout.first + 12) % payout.every !== 0) continue;
    const recordDay = group === "fii" ? days.at(-1) : days[RECORD_SESSION - 1];
    const at = timeline.indexOf.get(recordDay ?? "");
    const path = prices.get(code);
    const close = path?.closes[at ?? -1];
    if (recordDay === undefined || payDay === undefined || path === undefined || close === undefined)
      continue;
    const perUnit = (close / 10 ** path.decimals) * payout.yield;
    // Property funds announce whole cents, companies more digits.
    const perUnitE6 = group === "fii" ? Math.round(perUnit * 100) * 10_000 : Math.round(perUnit * 1e6);
    payments.push({ code, currency, type: payout.type, recordDay, payDay, perUnitE6, tax: payout.tax });
  }
  return payments;
}

function byDay<T>(items: readonly T[], dayOf: (item: T) => IsoDay | undefined): ReadonlyMap<IsoDay, T[]> {
  const days = new Map<IsoDay, T[]>();
  for (const item of items) {
    const day = dayOf(item);
    if (day !== undefined) days.set(day, [...(days.get(day) ?? []), item]);
  }
  return days;
}
