import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type State } from "../../src/state/index.ts";
import { newPlace, onPostgres, type Place } from "../../src/state/places.testing.ts";
import { askerOf, countingComposer, fakeOutlet, rowFor, workerOver } from "./fake-outlet.testing.ts";
import { createPacer } from "./pacer.ts";
import { OutletError } from "./ports.ts";
import { deliverDue, type WorkerDeps } from "./worker.ts";

const SLOT = new Date("2026-11-25T12:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NEVER = new AbortController().signal;

let kept: Place;
let state: State;
let nowMs: number;
const now = () => new Date(nowMs);

beforeEach(async () => {
  kept = await newPlace();
  nowMs = SLOT.getTime();
  state = await openState(kept.place, now);
});

afterEach(async () => {
  await state.close();
  await kept.remove();
});

const retryLater = (retryAfterMs: number | null) => new OutletError({ code: "retry_later", retryAfterMs });
const doubtful = () => new OutletError({ code: "unknown", reason: "no_answer" });
const add = async (...rows: Parameters<State["deliveries"]["add"]>[0]) => await state.deliveries.add(rows);
const only = async () => {
  const [row] = await state.deliveries.list(10);
  if (row === undefined) throw new Error("no row");
  return row;
};
const trailOf = async (id: string) =>
  (await state.deliveries.trail(id)).map(({ state: to, reason }) =>
    reason === null ? to : `${to} ${reason}`,
  );
const deliver = (deps: WorkerDeps) => deliverDue(deps, NEVER);

describe("a delivery", () => {
  it("goes from planned to confirmed, each step on its trail, and is over", async () => {
    const { outlet, accepted } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    const [id = ""] = await add(rowFor("b1", SLOT));
    expect(await deliver(deps)).toBe(1);
    expect(await deliver(deps)).toBe(0);
    expect(accepted).toMatchObject([{ who: "b1", text: "b1 0", part: 0, thread: null }]);
    expect(await only()).toMatchObject({
      state: "confirmed",
      attempts: 1,
      sentRecord: { runId: "run1", asOf: SLOT.toISOString(), parts: ["m1"], total: 1 },
    });
    expect(await trailOf(id)).toEqual(["planned", "claimed", "sending", "confirmed"]);
  });

  it("is not begun before its slot, and not planned twice", async () => {
    const { outlet, accepted } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    const later = rowFor("b1", new Date(SLOT.getTime() + MINUTE));
    expect(await add(later, later)).toHaveLength(1);
    expect(await add(later)).toEqual([]);
    expect(await deliver(deps)).toBe(0);
    nowMs += MINUTE;
    expect(await deliver(deps)).toBe(1);
    expect(accepted).toHaveLength(1);
  });

  it("of several messages goes on where it came to, in the thread of the first", async () => {
    const { outlet, accepted, next } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    await add(rowFor("b1", SLOT, { payload: { messages: 3 } }));
    next.push("confirm", retryLater(null));
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "planned", reason: "retry_later", sentRecord: { total: 3 } });
    nowMs += MINUTE;
    await deliver(deps);
    expect(accepted.map(({ part, thread }) => [part, thread])).toEqual([
      [0, null],
      [1, "m1"],
      [2, "m1"],
    ]);
    expect(await only()).toMatchObject({ state: "confirmed", sentRecord: { parts: ["m1", "m2", "m3"] } });
  });

  it("is composed once for all who may see the same, and for others anew", async () => {
    const { composer, composed } = countingComposer();
    const access: WorkerDeps["access"] = {
      again: async (owner) => ({ ...askerOf(owner), brokers: owner === "x" ? ["b9"] : ["b2", "b1"] }),
      identify: async (who) => askerOf(who),
    };
    const deps = workerOver(state, now, { access, composers: { digest: composer } });
    await add(...["a", "b", "c", "x"].map((who) => rowFor(who, SLOT)));
    await deliver(deps);
    expect(composed.map((one) => one.split(" ")[0]).sort()).toEqual(["b2,b1", "b9"]);
  });
});

describe("what a channel answers", () => {
  it("too many: waits as long as it says, holds the others back too, and gives up after so many tries", async () => {
    const { outlet, accepted, next } = fakeOutlet();
    const deps = workerOver(state, now, {
      outlets: { console: outlet },
      pacer: createPacer({ perSecond: 1e6, samePlaceMs: 0 }, () => nowMs),
      settings: { attemptsMax: 3, concurrency: 1 },
    });
    await add(rowFor("b1", SLOT), rowFor("b2", SLOT));
    next.push(retryLater(90 * SECOND));
    await deliver(deps);
    expect(accepted).toEqual([]);
    nowMs += 89 * SECOND;
    expect(await deliver(deps)).toBe(0);
    nowMs += 2 * SECOND;
    next.push(retryLater(null), retryLater(null));
    await deliver(deps);
    expect(accepted).toEqual([]);
    for (let tries = 0; tries < 2; tries += 1) {
      next.push(retryLater(null), retryLater(null));
      nowMs += 30 * MINUTE;
      await deliver(deps);
    }
    const rows = await state.deliveries.list(10);
    expect(rows.map(({ state: at, attempts }) => [at, attempts])).toEqual([
      ["failed", 3],
      ["failed", 3],
    ]);
    nowMs += 60 * MINUTE;
    expect(await deliver(deps)).toBe(0);
  });

  it("never: is given up at once", async () => {
    const { outlet, next } = fakeOutlet();
    next.push(new OutletError({ code: "refused", reason: "no_such_user" }));
    await add(rowFor("b1", SLOT));
    await deliver(workerOver(state, now, { outlets: { console: outlet } }));
    expect(await only()).toMatchObject({ state: "failed", reason: "no_such_user" });
  });

  it.each([
    ["nothing that says", doubtful(), "no_answer"],
    ["something unexpected", new Error("socket hang up"), "threw"],
  ])("%s: is unknown, and only sent again once it is certain not to be there", async (_, error, reason) => {
    const { outlet, accepted, next } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    const [id = ""] = await add(rowFor("b1", SLOT));
    next.push(error);
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "unknown", reason });
    nowMs += 59 * SECOND;
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "unknown" });
    nowMs += 2 * SECOND;
    await deliver(deps);
    nowMs += MINUTE;
    await deliver(deps);
    expect(accepted).toHaveLength(1);
    expect(await trailOf(id)).toEqual([
      "planned",
      "claimed",
      "sending",
      `unknown ${reason}`,
      "planned absent",
      "claimed",
      "sending",
      "confirmed",
    ]);
  });

  it("nothing, having accepted it: is found, and not sent again", async () => {
    const { outlet, accepted } = fakeOutlet();
    const lossy = { ...outlet };
    lossy.send = async (...given) => {
      await outlet.send(...given);
      throw doubtful();
    };
    const deps = workerOver(state, now, { outlets: { console: lossy } });
    await add(rowFor("b1", SLOT, { payload: { messages: 2 } }));
    for (let looks = 0; looks < 6; looks += 1) {
      await deliver(deps);
      nowMs += MINUTE;
    }
    expect(accepted.map(({ part, thread }) => [part, thread])).toEqual([
      [0, null],
      [1, "m1"],
    ]);
    expect(await only()).toMatchObject({ state: "confirmed", reason: "found" });
  });

  it("not even that: stays unknown until a person sends it again, which ends the old one", async () => {
    const { outlet, accepted, next, look } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    const [id = ""] = await add(rowFor("b1", SLOT));
    next.push(doubtful());
    look(new Error("down"), { outcome: "cannot" });
    for (let looks = 0; looks < 5; looks += 1) {
      await deliver(deps);
      nowMs += 6 * MINUTE;
    }
    expect(await only()).toMatchObject({ state: "unknown", reason: "cannot_look", nextTryAt: null });
    expect(deps.failures).toEqual(["delivery_not_reconciled"]);
    const again = await state.deliveries.resend(id, "cli");
    expect(again).toMatchObject({ state: "planned", resendOf: id, owner: "b1" });
    expect(await state.deliveries.find(id)).toMatchObject({ state: "failed", reason: "resent" });
    expect(await state.deliveries.resend(id, "cli")).toBeNull();
    await deliver(deps);
    expect(accepted).toHaveLength(1);
    expect(await state.deliveries.resend(id, "cli")).toMatchObject({ state: "planned" });
  });

  it("too late: counts as unknown, and the confirmation that comes after all is believed", async () => {
    const { outlet, next } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    await add(rowFor("b1", SLOT));
    next.push(async () => {
      // Another service takes this one for dead.
      nowMs += 10 * MINUTE;
      await state.deliveries.sweep(new Date(nowMs + MINUTE));
      expect(await only()).toMatchObject({ state: "unknown", reason: "worker_lost" });
      return "confirm";
    });
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "confirmed" });
  });

  it("nothing at all: the wait for it ends", async () => {
    const { outlet, next } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet }, settings: { sendTimeoutMs: 30 } });
    await add(rowFor("b1", SLOT));
    next.push(() => new Promise(() => {}));
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "unknown", reason: "timed_out" });
  });
});

describe("a worker that dies", () => {
  it("before sending leaves a row that another one takes over, once its lease is over", async () => {
    const { outlet, accepted } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    await add(rowFor("b1", SLOT));
    const dead = { by: "dead", limit: 1, leaseMs: MINUTE, channels: ["console"] };
    expect(await state.deliveries.claim(dead)).toHaveLength(1);
    expect(await deliver(deps)).toBe(0);
    nowMs += MINUTE;
    expect(await deliver(deps)).toBe(1);
    expect(accepted).toHaveLength(1);
    // Should it have been only asleep, it is too late for it.
    const { id } = await only();
    const sending = { state: "sending", reason: null } as const;
    expect(await state.deliveries.move(id, { from: "claimed", by: "dead" }, sending)).toBeNull();
  });

  it("while sending leaves a row that is looked for first", async () => {
    const { outlet, accepted } = fakeOutlet();
    const deps = workerOver(state, now, { outlets: { console: outlet } });
    const [id = ""] = await add(rowFor("b1", SLOT));
    await state.deliveries.claim({ by: "dead", limit: 1, leaseMs: MINUTE, channels: ["console"] });
    const leaseUntil = new Date(nowMs + MINUTE).toISOString();
    await state.deliveries.move(
      id,
      { from: "claimed", by: "dead" },
      { state: "sending", reason: null, leaseUntil },
    );
    for (let looks = 0; looks < 4; looks += 1) {
      nowMs += MINUTE;
      await deliver(deps);
    }
    expect(accepted).toHaveLength(1);
    expect((await trailOf(id)).slice(2, 5)).toEqual(["sending", "unknown worker_lost", "planned absent"]);
  });

  it("each time it has the row is not let near it for ever", async () => {
    await add(rowFor("b1", SLOT));
    const deps = workerOver(state, now, { settings: { attemptsMax: 2 } });
    for (const by of ["one", "two"]) {
      await state.deliveries.claim({ by, limit: 1, leaseMs: SECOND, channels: ["console"] });
      nowMs += 2 * SECOND;
    }
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "failed", reason: "gave_up" });
  });
});

describe("before sending it is looked", () => {
  const subscribed = () =>
    state.subscriptions.put({
      owner: "b1",
      kind: "digest",
      target: { channel: "console", who: "b1", place: null },
      schedule: { zone: "UTC", days: "sessions", times: ["08:30"] },
      language: "pt",
      options: null,
    });

  it("whether it is still worth something", async () => {
    const deps = workerOver(state, now);
    await add(rowFor("b1", SLOT, { expiresAt: new Date(nowMs + MINUTE).toISOString() }));
    nowMs += MINUTE;
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "skipped", reason: "too_late" });
  });

  it.each([
    ["paused", (id: string) => state.subscriptions.pause(id)],
    ["removed", (id: string) => state.subscriptions.remove(id)],
    [
      "reassigned",
      (id: string) =>
        state.subscriptions.reassign(id, {
          owner: "b2",
          target: { channel: "console", who: "b2", place: null },
          language: "pt",
        }),
    ],
  ])("whether it was %s", async (reason, change) => {
    const { outlet, accepted } = fakeOutlet();
    const { id } = await subscribed();
    await add(rowFor("b1", SLOT, { subscriptionId: id }));
    await change(id);
    await deliver(workerOver(state, now, { outlets: { console: outlet } }));
    expect(await only()).toMatchObject({ state: "skipped", reason });
    expect(accepted).toEqual([]);
  });

  it.each<[string, Partial<WorkerDeps["access"]>]>([
    ["whether the owner has access", { again: async () => null }],
    [
      "whether the owner's brokers are there",
      { again: async (owner) => ({ ...askerOf(owner), brokers: [] }) },
    ],
    ["whether the channel's user is somebody", { identify: async () => null }],
    ["whether the channel's user is the owner", { identify: async () => askerOf("b2") }],
  ])("%s", async (_, change) => {
    const { outlet, accepted } = fakeOutlet();
    const { composer, composed } = countingComposer();
    await add(rowFor("b1", SLOT));
    const base = workerOver(state, now);
    const access = { ...base.access, ...change };
    await deliver({ ...base, access, composers: { digest: composer }, outlets: { console: outlet } });
    expect(await only()).toMatchObject({ state: "skipped", reason: "access_gone" });
    expect([accepted, composed]).toEqual([[], []]);
  });

  it("whether anybody knows what to say, and whether there is anything", async () => {
    await add(rowFor("b1", SLOT, { kind: "poem" }), rowFor("b2", SLOT));
    const nothing = { sharedBy: () => "", compose: async () => ({ skip: "nothing_to_say" }) };
    await deliver(workerOver(state, now, { composers: { digest: nothing } }));
    const rows = await state.deliveries.list(10);
    expect(rows.map(({ kind, state: at, reason }) => [kind, at, reason]).sort()).toEqual([
      ["digest", "skipped", "nothing_to_say"],
      ["poem", "skipped", "no_composer"],
    ]);
  });

  it("and what cannot be composed is tried again", async () => {
    const { composer } = countingComposer();
    let failing = true;
    const moody: typeof composer = {
      ...composer,
      compose: async (row, asker) => {
        if (failing) throw new Error("R$ 1.234,56 of Ana Souza");
        return await composer.compose(row, asker);
      },
    };
    const deps = workerOver(state, now, { composers: { digest: moody } });
    await add(rowFor("b1", SLOT));
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "planned", reason: "not_composed" });
    failing = false;
    nowMs += MINUTE;
    await deliver(deps);
    expect(await only()).toMatchObject({ state: "confirmed", attempts: 2 });
    expect(deps.failures).toEqual(["delivery_not_composed"]);
  });
});

describe("a service that is told to stop", () => {
  it("gives back what has not left, and ends what has", async () => {
    const stop = new AbortController();
    const { outlet, accepted, next } = fakeOutlet();
    next.push(async () => {
      stop.abort();
      return "confirm";
    });
    const deps = workerOver(state, now, { outlets: { console: outlet }, settings: { concurrency: 1 } });
    await add(rowFor("b1", SLOT, { payload: { messages: 2 } }), rowFor("b2", SLOT));
    await deliverDue(deps, stop.signal);
    expect(accepted).toHaveLength(1);
    const rows = await state.deliveries.list(10);
    expect(rows.map(({ state: at }) => at)).toEqual(["planned", "planned"]);
    await deliver(deps);
    expect(accepted.map(({ who, part }) => `${who} ${part}`).sort()).toEqual(["b1 0", "b1 1", "b2 0"]);
  });
});

// In one process SQLite's writers would wait for each other in the one thread there is: test/killed-deliveries.test.ts has two.
describe.skipIf(!onPostgres)("two services on one state", () => {
  it("send each row once, with a channel that fails now and then", async () => {
    const other = await openState(kept.place, now);
    const { outlet, accepted } = fakeOutlet();
    let sends = 0;
    const moody = {
      ...outlet,
      send: async (...given: Parameters<typeof outlet.send>) => {
        sends += 1;
        if (sends % 7 === 0) throw retryLater(null);
        return await outlet.send(...given);
      },
    };
    const workers = [state, other].map((one) => workerOver(one, now, { outlets: { console: moody } }));
    const brokers = Array.from({ length: 120 }, (_, at) => `b${at}`);
    await add(...brokers.map((who) => rowFor(who, SLOT)));
    for (let rounds = 0; rounds < 8; rounds += 1) {
      await Promise.all(workers.map(deliver));
      nowMs += MINUTE;
    }
    expect(accepted.map(({ who }) => who).sort()).toEqual([...brokers].sort());
    expect((await state.deliveries.counts(SLOT)).confirmed).toBe(120);
    await other.close();
  });
});
