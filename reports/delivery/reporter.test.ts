import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import { openState, type State } from "../../src/state/index.ts";
import { newPlace, type Place } from "../../src/state/places.testing.ts";
import { askerOf, countingComposer, fakeOutlet, rowFor, workerOver } from "./fake-outlet.testing.ts";
import { deliveryMetrics } from "./metrics.ts";
import { NOTICE_KIND, noticeComposer } from "./notice.ts";
import { OutletError } from "./ports.ts";
import { createReporter } from "./reporter.ts";

const HOUR_MS = 3_600_000;
const RULES = { hours: DEFAULT_HOURS, beforeOpenMs: HOUR_MS, afterCloseMs: HOUR_MS, windowMs: 3 * HOUR_MS };

let kept: Place;
let state: State;
let nowMs: number;
const now = () => new Date(nowMs);

beforeEach(async () => {
  kept = await newPlace();
  nowMs = Date.parse("2026-11-25T11:00:00Z");
  state = await openState(kept.place, now);
});

afterEach(async () => {
  await state.close();
  await kept.remove();
});

function reporterOver(outlet: ReturnType<typeof fakeOutlet>["outlet"], admins: readonly string[] = []) {
  const worker = workerOver(state, now, {
    outlets: { console: outlet },
    composers: { digest: countingComposer().composer, [NOTICE_KIND]: noticeComposer },
    access: {
      again: async (owner) => ({ ...askerOf(owner), admin: owner === "admin" }),
      identify: async (who) => askerOf(who),
    },
  });
  return createReporter({
    planning: { subscriptions: state.subscriptions, rules: RULES, now },
    worker,
    notices: {
      deliveries: state.deliveries,
      admins: async () =>
        admins.map((who) => ({
          owner: who,
          target: { channel: "console", who, place: null },
          language: "pt",
        })),
      now,
    },
  });
}

describe("a reporter", () => {
  it("plans and sends what is due, also what was due while it was not there", async () => {
    const { outlet, accepted } = fakeOutlet();
    await state.subscriptions.put({
      owner: "b1",
      kind: "digest",
      target: { channel: "console", who: "b1", place: null },
      schedule: { zone: "America/Sao_Paulo", days: "sessions", times: ["before_open"] },
      language: "pt",
      options: null,
    });
    nowMs = Date.parse("2026-11-25T12:40:00Z");
    await reporterOver(outlet).look();
    await reporterOver(outlet).look();
    expect(accepted).toHaveLength(1);
    nowMs = Date.parse("2026-11-27T13:30:00Z");
    await reporterOver(outlet).look();
    expect(accepted).toHaveLength(1);
    const rows = await state.deliveries.list(10);
    expect(rows.map(({ slot, state: at, reason }) => `${slot.slice(0, 10)} ${at} ${reason}`)).toEqual([
      "2026-11-27 skipped too_late",
      "2026-11-26 skipped too_late",
      "2026-11-25 confirmed null",
    ]);
  });

  it("ticks by itself until it is stopped", async () => {
    const { outlet, accepted } = fakeOutlet();
    const reporter = reporterOver(outlet);
    await state.deliveries.add([rowFor("b1", now())]);
    reporter.start();
    await expect.poll(() => accepted.length, { timeout: 12_000 }).toBe(1);
    await reporter.stop();
    await state.deliveries.add([rowFor("b2", now())]);
    await reporter.look();
    expect(accepted).toHaveLength(1);
  });

  it("tells the admins of failures once an hour, of none of its own, and not again after a restart", async () => {
    const { outlet, accepted, next } = fakeOutlet();
    next.push(...["b1", "b2"].map(() => new OutletError({ code: "refused", reason: "no_such_user" })));
    await state.deliveries.add([rowFor("b1", now()), rowFor("b2", now())]);
    await reporterOver(outlet, ["admin"]).look();
    expect(accepted).toEqual([]);
    nowMs += HOUR_MS;
    await reporterOver(outlet, ["admin"]).look();
    await reporterOver(outlet, ["admin"]).look();
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatchObject({ who: "admin" });
    expect(accepted[0]?.text).toContain("2 envios não chegaram ao fim.");
    expect(accepted[0]?.text).toMatch(/resumo +b1 +falhou: no_such_user/);
    nowMs += 2 * HOUR_MS;
    next.push(new OutletError({ code: "refused", reason: "gone" }));
    await reporterOver(outlet, ["admin"]).look();
    expect(accepted).toHaveLength(1);
  });
});

describe("the metrics", () => {
  it("say what is missing, how long it waits, and how old the figures are", async () => {
    const { outlet } = fakeOutlet();
    const empty = await deliveryMetrics(state.deliveries, now(), null);
    expect(empty).toMatchObject({ missing: 0, waitingMs: null, goldAgeMs: null });
    await state.deliveries.add([
      rowFor("b1", now()),
      rowFor("b2", now(), { state: "skipped", reason: "superseded" }),
      rowFor("b3", now(), { target: { channel: "teams", who: "b3", place: null } }),
    ]);
    await reporterOver(outlet).look();
    nowMs += 60_000;
    expect(await deliveryMetrics(state.deliveries, now(), new Date(nowMs - HOUR_MS))).toEqual({
      counts: { planned: 1, claimed: 0, sending: 0, unknown: 0, confirmed: 1, failed: 0, skipped: 1 },
      missing: 1,
      waitingMs: 60_000,
      goldAgeMs: HOUR_MS,
    });
  });
});
