import { expect, it } from "vitest";
import { countingComposer, fakeOutlet, workerOver } from "../reports/delivery/fake-outlet.testing.ts";
import { deliverDue } from "../reports/delivery/worker.ts";
import { planDue } from "../reports/schedule/planning.ts";
import { isLateOpen, isSession } from "../src/market/calendar.ts";
import { DEFAULT_HOURS } from "../src/market/hours.ts";
import { weekday } from "../src/money/day.ts";
import { openState } from "../src/state/index.ts";
import { seeded } from "./seeded.testing.ts";

/**
 * 2018, when clocks changed in all three places (in São Paulo at midnight), with B3's holidays and 20 outages of the service:
 * what was planned is what was sent and what was skipped for a reason, and nothing else.
 */

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 4 * QUARTER_MS;
const FROM_MS = Date.parse("2018-01-01T03:00:00Z");
const UNTIL_MS = Date.parse("2019-01-01T03:00:00Z");
const WINDOW_MS = 3 * HOUR_MS;
const NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const SP = "America/Sao_Paulo";
const NY = "America/New_York";
const SCHEDULES = [
  { zone: SP, days: "sessions", times: ["before_open", "after_close"] },
  { zone: SP, days: ["sun"], times: ["00:00", "00:30", "23:30"] },
  { zone: NY, days: ["sun", "mon"], times: ["01:30", "02:30"] },
  { zone: "Europe/Lisbon", days: "sessions", times: ["18:00"] },
  { zone: "Europe/Lisbon", days: ["sun"], times: ["01:15", "01:45"] },
] as const;

/** What clocks show at each quarter of an hour: the simulation's own look at them, by the platform alone. */
const clocks = new Map<string, readonly { readonly atMs: number; readonly shown: string }[]>();
function clocksOf(zone: string) {
  const read = clocks.get(zone) ?? readClocks(zone);
  clocks.set(zone, read);
  return read;
}

function readClocks(zone: string): readonly { readonly atMs: number; readonly shown: string }[] {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const count = (UNTIL_MS - FROM_MS) / QUARTER_MS + 96;
  return Array.from({ length: count }, (_, at) => FROM_MS - HOUR_MS * 24 + at * QUARTER_MS).map((atMs) => ({
    atMs,
    shown: format.format(atMs),
  }));
}

/** The first quarter on which clocks show a time of a day or, where they jump over it, a later one of it. */
function expected(zone: string, time: string, isDay: (day: string) => boolean): readonly number[] {
  const done = new Set<string>();
  return clocksOf(zone).flatMap(({ atMs, shown }) => {
    const day = shown.slice(0, 10);
    if (done.has(day) || shown.slice(11) < time || !isDay(day)) return [];
    done.add(day);
    return FROM_MS < atMs && atMs <= UNTIL_MS ? [atMs] : [];
  });
}

function slotsOf({ zone, days, times }: (typeof SCHEDULES)[number]): readonly number[] {
  const isDay = (day: string) =>
    days === "sessions" ? isSession(day) : days.some((name) => name === NAMES[weekday(day)]);
  const all = times.flatMap((time) => {
    if (time === "after_close") return expected(SP, "18:45", isSession);
    if (time !== "before_open") return expected(zone, time, isDay);
    return [
      ...expected(SP, "09:00", (day) => isSession(day) && !isLateOpen(day)),
      ...expected(SP, "12:00", isLateOpen),
    ];
  });
  return [...new Set(all)].sort((one, other) => one - other);
}

/** 20 outages, from an hour to four days, none into another. */
function outages(random: () => number): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const spanMs = (UNTIL_MS - FROM_MS) / 20;
  return Array.from({ length: 20 }, (_, at) => {
    const fromMs = FROM_MS + at * spanMs + Math.floor(random() * 0.6 * spanMs);
    return { fromMs, toMs: fromMs + HOUR_MS + Math.floor(random() ** 3 * 95 * HOUR_MS) };
  });
}

it("a year of schedules loses nothing and repeats nothing", async () => {
  let nowMs = FROM_MS;
  const now = () => new Date(nowMs);
  // A year's writes to a disk would only measure the disk.
  const state = await openState(":memory:", now);
  const { outlet, accepted } = fakeOutlet();
  const { composer } = countingComposer();
  const sentAtMs = new Map<string, number>();
  const timed = {
    ...outlet,
    send: async (...given: Parameters<typeof outlet.send>) => {
      sentAtMs.set(given[2].key, nowMs);
      return await outlet.send(...given);
    },
  };
  const worker = workerOver(state, now, { composers: { digest: composer }, outlets: { console: timed } });
  const rules = {
    hours: DEFAULT_HOURS,
    beforeOpenMs: HOUR_MS,
    afterCloseMs: 45 * 60_000,
    windowMs: WINDOW_MS,
  };
  const wanted: string[] = [];
  const slots = SCHEDULES.map(slotsOf);
  for (const [at, schedule] of SCHEDULES.entries()) {
    const owner = `b${at}`;
    const target = { channel: "console", who: owner, place: null } as const;
    await state.subscriptions.put({ owner, kind: "digest", target, schedule, language: "pt", options: null });
    wanted.push(...(slots[at] ?? []).map((slotMs) => `${owner} ${new Date(slotMs).toISOString()}`));
  }

  const down = outages(seeded(2018));
  const isDown = (atMs: number) => down.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  const ticks = [...new Set(slots.flat()), ...down.map(({ toMs }) => toMs), UNTIL_MS + WINDOW_MS];
  let [planned, skipped] = [0, 0];
  for (const atMs of ticks.sort((one, other) => one - other)) {
    nowMs = Math.min(atMs + 20_000, UNTIL_MS + WINDOW_MS);
    // The last look ends the year: what is due after it is another year's.
    if (isDown(nowMs) || nowMs > UNTIL_MS + 20_000) continue;
    const report = await planDue({ subscriptions: state.subscriptions, rules, now });
    planned += report.planned;
    skipped += report.skipped;
    if (report.planned > 0) await deliverDue(worker, new AbortController().signal);
  }

  const rows = (await state.deliveries.list(100_000)).filter(({ slot }) => Date.parse(slot) <= UNTIL_MS);
  await state.close();
  expect(rows.map(({ owner, slot }) => `${owner} ${slot}`).sort()).toEqual([...wanted].sort());
  const confirmed = rows.filter((row) => row.state === "confirmed");
  const left = rows.filter((row) => row.state === "skipped" && row.reason !== null);
  expect(confirmed.length + left.length).toBe(rows.length);
  expect([planned, skipped]).toEqual([confirmed.length, left.length]);
  expect(accepted).toHaveLength(confirmed.length);
  expect(new Set(accepted.map(({ key }) => key)).size).toBe(confirmed.length);
  for (const { slot, key, payload } of confirmed) {
    const lateMs = (sentAtMs.get(key) ?? Number.NaN) - Date.parse(slot);
    const { time } = payload as { time: string };
    expect(lateMs).toBeLessThan(time === "before_open" ? HOUR_MS : WINDOW_MS);
  }
  // Only outages cost anything; and there were some that did, and some that did not.
  expect(left.filter(({ slot }) => !isDown(Date.parse(slot) + 20_000))).toEqual([]);
  expect(left.length).toBeGreaterThan(20);
  expect(confirmed.filter(({ slot }) => isDown(Date.parse(slot) + 20_000)).length).toBeGreaterThan(0);
}, 60_000);
