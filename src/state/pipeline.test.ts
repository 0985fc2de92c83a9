import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type State, type Upload, type UploadOutcome } from "./index.ts";
import { newPlace, type Place } from "./places.testing.ts";

/** What the pipeline on Glue is asked for, and its runs. */

const ATTEMPTS = { max: 3, aloneFrom: 2 };
const CLAIM = { requestsMax: 100, attempts: ATTEMPTS };
const COUNTS = { rows: 10, loaded: 7, replaced: 1, repeated: 1, rejected: 1 };

let kept: Place;
let state: State;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-11-23T12:00:00.000Z");
  kept = await newPlace();
  state = await openState(kept.place, () => now);
});

afterEach(async () => {
  await state.close();
  await kept.remove();
});

function upload(id: string, replaces: string | null = null): Omit<Upload, "seq"> {
  return {
    id,
    fileName: `${id}.csv`,
    sha256: "ab12",
    bronzeKey: `bronze/${id}`,
    kind: null,
    userId: "corretor1",
    clientId: null,
    receivedAt: "2026-11-23T12:00:00.000Z",
    status: "received",
    counts: null,
    silverKey: null,
    quarantineKey: null,
    replaces,
  };
}

function outcome(uploadId: string, status: UploadOutcome["status"] = "active"): UploadOutcome {
  const silverKey = status === "active" ? `silver/${uploadId}` : null;
  return { uploadId, status, kind: "operations", counts: COUNTS, silverKey, quarantineKey: null };
}

async function queued(...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await state.requests.keepUpload(upload(id), { sender: "{}", batch: id });
    expect(await state.requests.queue(id)).toEqual([id]);
  }
}

async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries((await state.uploads.list(100)).map(({ id, status }) => [id, status]));
}

const idsOf = async (runId: string) => (await state.requests.of(runId)).map(({ id }) => id);

/** Takes a run of what waits to where its job has succeeded. */
async function publishing(id: string): Promise<void> {
  expect(await state.runs.claim(id, CLAIM)).toMatchObject({ id, status: "claimed" });
  expect(await state.runs.noteStarted(id, `job-${id}`)).toBe(true);
  expect(await state.runs.notePublishing(id)).toBe(true);
}

describe("requests", () => {
  it("are kept with their upload, and wait once however often the pipeline is told", async () => {
    const made = await state.requests.keepUpload(upload("a"), { sender: '{"admin":false}', batch: "b1" });
    expect(await state.uploads.find("a")).toEqual(made);
    expect(await state.requests.find("a")).toEqual({
      id: "a",
      uploadId: "a",
      sender: '{"admin":false}',
      status: "kept",
      attempts: 0,
      madeAt: now,
      runId: null,
    });
    expect(await state.requests.queue("a")).toEqual(["a"]);
    expect(await state.requests.queue("a")).toEqual([]);
    expect(await state.requests.queue("none")).toBeNull();
    expect(await state.requests.open()).toEqual({ count: 1, since: now });
  });

  it("that came together wait from the same moment on", async () => {
    for (const id of ["operations", "clients"])
      await state.requests.keepUpload(upload(id), { sender: "{}", batch: "b1" });
    await state.requests.keepUpload(upload("other"), { sender: "{}", batch: "b2" });
    expect(await state.requests.queue("clients")).toEqual(["clients", "operations"]);
    expect(await state.requests.queue("operations")).toEqual([]);
    expect(await state.requests.find("other")).toMatchObject({ status: "kept" });
  });

  it("of an id that is taken keep neither upload nor request", async () => {
    await state.requests.keepRebuild("a");
    await expect(state.requests.keepUpload(upload("a"), { sender: "{}", batch: "a" })).rejects.toThrow();
    expect(await statuses()).toEqual({});
    expect(await state.requests.keepRebuild("a")).toBe(false);
  });

  it("that nobody has told the pipeline of are found after a while", async () => {
    await state.requests.keepUpload(upload("a"), { sender: "{}", batch: "a" });
    now = new Date(now.getTime() + 60_000);
    await state.requests.keepUpload(upload("b"), { sender: "{}", batch: "b" });
    await state.requests.keepUpload(upload("c"), { sender: "{}", batch: "c" });
    await state.requests.queue("c");
    const keptBefore = async (at: Date) => (await state.requests.forgotten(at, 10)).map(({ id }) => id);
    expect(await keptBefore(now)).toEqual(["a"]);
    expect(await keptBefore(new Date(now.getTime() + 1))).toEqual(["a", "b"]);
  });

  it("to take an upload back undo it and ask for a build in one step", async () => {
    await state.uploads.create(upload("a"));
    expect(await state.requests.undo("a", "r1")).toBe("not_active");
    expect(await state.requests.find("r1")).toBeNull();
    await state.uploads.activate("a", { counts: COUNTS, silverKey: "silver/a", quarantineKey: null });
    await state.requests.keepRebuild("r2");
    await expect(state.requests.undo("a", "r2")).rejects.toThrow();
    expect(await statuses()).toEqual({ a: "active" });
    expect(await state.requests.undo("a", "r1")).toBe("undone");
    expect(await statuses()).toEqual({ a: "undone" });
    expect(await state.requests.find("r1")).toMatchObject({ uploadId: null, status: "kept" });
  });

  it("to take back what is about to be replaced wait for that", async () => {
    await state.uploads.create(upload("old"));
    await state.uploads.activate("old", { counts: COUNTS, silverKey: "silver/old", quarantineKey: null });
    // One that another pipeline left as it was received waits for nothing.
    await state.uploads.create(upload("left", "old"));
    await state.requests.keepUpload(upload("new", "old"), { sender: "{}", batch: "new" });
    expect(await state.requests.undo("old", "r1")).toBe("awaited");
    await state.requests.queue("new");
    await publishing("run");
    expect(await state.requests.undo("old", "r1")).toBe("awaited");
    await state.runs.settle("run", [outcome("new", "not_promoted")]);
    expect(await state.requests.undo("old", "r1")).toBe("undone");
  });
});

describe("a run", () => {
  it("takes all that waits, and is the only one until it has ended", async () => {
    expect(await state.runs.claim("r0", CLAIM)).toBeNull();
    expect(await state.runs.current()).toBeNull();
    await queued("a", "b");
    expect(await state.runs.claim("r1", CLAIM)).toEqual({
      id: "r1",
      status: "claimed",
      base: null,
      jobRunId: null,
      tries: 0,
      reason: null,
      claimedAt: now,
      startedAt: null,
      finishedAt: null,
    });
    await queued("c");
    expect(await state.runs.claim("r2", CLAIM)).toBeNull();
    expect(await idsOf("r1")).toEqual(["a", "b"]);
    expect(await state.runs.current()).toMatchObject({ id: "r1" });
    await state.runs.noteBase("r1", "r0");
    expect(await state.runs.settle("r1", [])).toBe(false);
    expect(await state.runs.noteStarted("r1", "job")).toBe(true);
    expect(await state.runs.noteStarted("r1", "other")).toBe(false);
    expect(await state.runs.notePublishing("r1")).toBe(true);
    expect(await state.runs.notePublishing("r1")).toBe(true);
    expect(await state.runs.settle("r1", [outcome("a"), outcome("b", "failed")])).toBe(true);
    expect(await state.runs.settle("r1", [outcome("a"), outcome("b")])).toBe(false);
    expect(await statuses()).toEqual({ a: "active", b: "failed", c: "received" });
    expect(await state.uploads.find("a")).toMatchObject({ kind: "operations", counts: COUNTS });
    expect(await state.runs.find("r1")).toMatchObject({ status: "done", base: "r0", jobRunId: "job" });
    expect(await state.runs.claim("r2", CLAIM)).toMatchObject({ id: "r2" });
    expect(await idsOf("r2")).toEqual(["c"]);
  });

  it("is claimed by one of several that try, with every request in it once", async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `u${i}`);
    await queued(...ids);
    // On PostgreSQL each call has a connection of its own.
    const all = [1, 2, 3, 4].map(() => state);
    const runs: string[] = [];
    for (let round = 0; round < 8; round++) {
      const tries = all.map((one, i) => one.runs.claim(`r${round}-${i}`, { ...CLAIM, requestsMax: 2 }));
      const won = (await Promise.allSettled(tries)).flatMap((one) =>
        one.status === "fulfilled" && one.value !== null ? [one.value.id] : [],
      );
      expect(won.length).toBe(round < 6 ? 1 : 0);
      for (const id of won) {
        runs.push(id);
        await state.runs.noteStarted(id, id);
        await state.runs.notePublishing(id);
        const settled = await Promise.all(
          all.map(async (one) =>
            one.runs.settle(
              id,
              (await idsOf(id)).map((one) => outcome(one)),
            ),
          ),
        );
        expect(settled.filter(Boolean)).toHaveLength(1);
      }
    }
    const taken = (await Promise.all(runs.map(idsOf))).flat();
    expect(taken.toSorted()).toEqual(ids.toSorted());
  });

  it("that failed gives back what it had: twice together, then each by itself, and then no more", async () => {
    await queued("a", "b");
    await state.requests.keepRebuild("r");
    await state.requests.queue("r");
    const seen: (readonly string[])[] = [];
    for (let at = 1; at <= 5; at++) {
      const run = await state.runs.claim(`run${at}`, CLAIM);
      if (run === null) break;
      seen.push(await idsOf(run.id));
      // The second file is what the job fails with.
      if (at >= 3 && !(seen.at(-1) ?? []).includes("b")) {
        await state.runs.noteStarted(run.id, "job");
        await state.runs.notePublishing(run.id);
        await state.runs.settle(run.id, [outcome("a")]);
      } else expect(await state.runs.fail(run.id, "job_failed", ATTEMPTS)).toEqual(at >= 3 ? ["b"] : []);
    }
    expect(seen).toEqual([["a", "b", "r"], ["a", "b", "r"], ["a"], ["b"], ["r"]]);
    expect(await statuses()).toEqual({ a: "active", b: "failed" });
    expect(await state.requests.find("b")).toMatchObject({ status: "done", attempts: 3, runId: "run4" });
    expect(await state.runs.find("run4")).toMatchObject({ status: "failed", reason: "job_failed" });
    expect(await state.runs.fail("run4", "again", ATTEMPTS)).toBeNull();
    expect(await state.requests.open()).toEqual({ count: 0, since: null });
  });

  it("whose files cannot be read ends without a job", async () => {
    await queued("a", "b");
    await state.runs.claim("r1", CLAIM);
    await state.runs.refuse("r1", "a", "prices");
    expect(await state.uploads.find("a")).toMatchObject({
      status: "failed",
      kind: "prices",
      counts: { rows: 0 },
    });
    expect(await state.runs.settleEmpty("r1")).toBe(false);
    await state.runs.giveBackOne("r1", "b", ATTEMPTS);
    expect(await state.requests.find("b")).toMatchObject({ status: "queued", attempts: 1, runId: "r1" });
    expect(await state.runs.settleEmpty("r1")).toBe(true);
    expect(await state.runs.find("r1")).toMatchObject({ status: "done" });
    expect(await statuses()).toEqual({ a: "failed", b: "received" });
  });

  it("counts how often its staging was begun", async () => {
    await queued("a");
    await state.runs.claim("r1", CLAIM);
    expect(await state.runs.beginStaging("r1")).toBe(true);
    expect(await state.runs.beginStaging("r1")).toBe(true);
    await state.runs.forgiveStaging("r1");
    expect(await state.runs.current()).toMatchObject({ tries: 1 });
    await state.runs.noteStarted("r1", "job");
    expect(await state.runs.beginStaging("r1")).toBe(false);
  });

  it("settles replacements as activating does; what was overtaken does not count", async () => {
    for (const id of ["x", "y"]) {
      await state.uploads.create(upload(id));
      await state.uploads.activate(id, { counts: COUNTS, silverKey: `silver/${id}`, quarantineKey: null });
    }
    for (const [id, old] of [
      ["a", "x"],
      ["b", "x"],
      ["c", "y"],
    ] as const) {
      await state.requests.keepUpload(upload(id, old), { sender: "{}", batch: id });
      await state.requests.queue(id);
    }
    await publishing("r1");
    expect(
      await state.runs.settle(
        "r1",
        ["a", "b", "c"].map((id) => outcome(id)),
      ),
    ).toBe(true);
    expect(await statuses()).toEqual({ x: "replaced", y: "replaced", a: "active", b: "failed", c: "active" });
    expect(await state.uploads.find("b")).toMatchObject({ silverKey: null, counts: { loaded: 0 } });
  });

  it("is swept once, some time after it has ended", async () => {
    await queued("a");
    await state.runs.claim("r1", CLAIM);
    await state.runs.fail("r1", "job_failed", ATTEMPTS);
    const later = new Date(now.getTime() + 1);
    expect(await state.runs.unswept(now, 10)).toEqual([]);
    expect((await state.runs.unswept(later, 10)).map(({ id }) => id)).toEqual(["r1"]);
    await state.runs.noteSwept("r1");
    expect(await state.runs.unswept(later, 10)).toEqual([]);
    expect((await state.runs.list(5)).map(({ id }) => id)).toEqual(["r1"]);
  });
});

describe("whatever order it comes in", () => {
  const ids = ["a", "b", "c"] as const;
  const step = fc.oneof(
    fc.record({
      do: fc.constantFrom("keep", "queue", "refuse", "back"),
      id: fc.constantFrom(...ids),
    }),
    fc.record({
      do: fc.constantFrom("claim", "start", "publish", "settle", "fail", "empty"),
      id: fc.constant(""),
    }),
  );

  it("no more than one run is under way, and no upload is settled twice or forgotten", async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const place = await newPlace();
        const own = await openState(place.place, () => now);
        const settled = new Map<string, string>();
        for (const { do: what, id } of steps) {
          const run = await own.runs.current();
          const at = run?.id ?? "none";
          const of = (await own.requests.of(at)).filter(({ status }) => status === "taken");
          if (what === "keep")
            await own.requests.keepUpload(upload(id), { sender: "{}", batch: id }).catch(() => undefined);
          else if (what === "queue") await own.requests.queue(id);
          else if (what === "claim") {
            const claimed = await own.runs.claim(`run${made++}`, { ...CLAIM, requestsMax: 2 });
            if (run !== null) expect(claimed).toBeNull();
          } else if (what === "start") await own.runs.noteStarted(at, "job");
          else if (what === "publish") await own.runs.notePublishing(at);
          else if (what === "settle")
            await own.runs.settle(
              at,
              of.map((one) => outcome(one.id)),
            );
          else if (what === "fail") await own.runs.fail(at, "job_failed", ATTEMPTS);
          else if (what === "empty") await own.runs.settleEmpty(at);
          else if (run?.status === "claimed" && of.some((one) => one.id === id)) {
            if (what === "refuse") await own.runs.refuse(at, id, null);
            else await own.runs.giveBackOne(at, id, ATTEMPTS);
          }
          for (const { id: known, status } of await own.uploads.list(10)) {
            const request = await own.requests.find(known);
            expect(request?.status === "done").toBe(status !== "received");
            if (request?.status === "taken") expect(request.runId).toBe((await own.runs.current())?.id);
            if (settled.has(known)) expect(status).toBe(settled.get(known));
            if (status !== "received") settled.set(known, status);
          }
        }
        await own.close();
        await place.remove();
      }),
      { numRuns: 40 },
    );
  });
});
