import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readManifest } from "../pipeline/gold/publish.ts";
import { advance } from "../pipeline/lambda/advance.ts";
import { arrived } from "../pipeline/lambda/arrived.ts";
import type { JobState } from "../pipeline/lambda/ports.ts";
import { sweep } from "../pipeline/lambda/sweep.ts";
import { COMES_TO, type Death, FILES, type FileName, World } from "./pipeline-world.testing.ts";

/** Events of the pipeline on Glue that come twice, late, out of order or not at all, and Lambdas that die anywhere. */

type Event =
  | { readonly do: "send"; readonly name: FileName; readonly untold: boolean }
  | { readonly do: "arrive"; readonly which: number; readonly death: Death | null }
  | { readonly do: "end"; readonly as: JobState }
  | { readonly do: "advance" | "sweep"; readonly death: Death | null }
  | { readonly do: "twoAtOnce"; readonly death: Death | null }
  | { readonly do: "start"; readonly as: "throttled" | "lost" }
  | { readonly do: "undo"; readonly which: number }
  | { readonly do: "wait"; readonly seconds: number };

const death = fc.option(fc.record({ at: fc.integer({ min: 1, max: 60 }), answerLost: fc.boolean() }), {
  freq: 2,
});
const which = fc.nat(50);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      name: fc.constantFrom(...FILES),
      untold: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("arrive" as const), which, death }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("end" as const),
      as: fc.constantFrom<JobState>("succeeded", "succeeded", "succeeded", "failed", "timeout", "stopped"),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("advance" as const, "sweep" as const), death }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("twoAtOnce" as const), death }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("start" as const),
      as: fc.constantFrom("throttled" as const, "lost" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo" as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.nat(90) }) },
);

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

async function happen(world: World, one: Event, sent: string[], undone: Set<string>): Promise<void> {
  switch (one.do) {
    case "send":
      sent.push(await world.send(one.name, one.untold));
      return;
    case "arrive": {
      const id = sent[one.which % Math.max(sent.length, 1)];
      // S3 tells only of what is there.
      if (id === undefined || !(await world.lake.exists(`bronze/requests/${id}.json`))) return;
      const deps = world.deps({ death: one.death });
      await quietly(arrived(deps, `bronze/requests/${id}.json`).then(() => advance(deps)));
      return;
    }
    case "end":
      return await world.endJob(one.as);
    case "advance":
      await quietly(advance(world.deps({ death: one.death })));
      return;
    case "sweep":
      await quietly(sweep(world.deps({ death: one.death })));
      return;
    case "twoAtOnce":
      await Promise.all([
        quietly(advance(world.deps({ alone: false }))),
        quietly(advance(world.deps({ alone: false, death: one.death }))),
      ]);
      return;
    case "start":
      world.starts.push(one.as);
      return;
    case "undo": {
      const active = await world.state.uploads.active();
      const upload = active[one.which % Math.max(active.length, 1)];
      if (upload !== undefined && (await world.undo(upload.id))) undone.add(upload.id);
      return;
    }
    case "wait":
      world.nowMs += one.seconds * 1_000;
  }
}

/** The world goes on without faults: each minute a sweep, and Glue ends what it has begun. */
async function settle(world: World): Promise<void> {
  world.starts.length = 0;
  for (let minutes = 0; minutes < 200; minutes++) {
    world.nowMs += 60_000;
    await world.endJob("succeeded");
    const standing = await sweep(world.deps());
    const forgotten = await world.state.requests.forgotten(new Date(world.nowMs), 1);
    if (standing === "idle" && forgotten.length === 0) return;
  }
  throw new Error("it does not come to rest");
}

async function statuses(world: World): Promise<ReadonlyMap<string, string>> {
  return new Map((await world.state.uploads.list(1_000)).map(({ id, status }) => [id, status] as const));
}

describe("whatever happens to events and Lambdas", () => {
  it("each upload comes to one end, each run is published once at most, and the book holds what counts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60, size: "max" }), async (events) => {
        const world = await World.open();
        const sent: string[] = [];
        const undone = new Set<string>();
        const ended = new Map<string, string>();
        const look = async () => {
          for (const [id, status] of await statuses(world)) {
            const before = ended.get(id);
            if (before !== undefined) expect([before, undone.has(id) ? "undone" : before]).toContain(status);
            else if (status !== "received") ended.set(id, status);
          }
        };
        for (const one of events) {
          await happen(world, one, sent, undone);
          await look();
        }
        await settle(world);
        await look();
        for (const [id, status] of await statuses(world)) {
          const request = await world.state.requests.find(id);
          expect(request?.status).toBe("done");
          const name = id.split("-")[1] as FileName;
          if (undone.has(id)) expect(status).toBe("undone");
          // What took down the job, or was there when it went down, has had all of its tries.
          else if (status === "failed" && name !== "refused") expect(request?.attempts).toBe(3);
          else expect(status).toBe(COMES_TO[name]);
        }
        expect([...world.published.values()].every((times) => times === 1)).toBe(true);
        for (const runId of world.published.keys())
          expect(await world.state.runs.find(runId)).toMatchObject({ status: "done" });
        const starts = Map.groupBy(world.jobs, ({ runId }) => runId);
        expect([...starts.values()].every((jobs) => jobs.length === 1)).toBe(true);
        expect(await world.isBookRight()).toBe(true);
        // Another engine holds the runs that readers may still be at, and no others but of runs that failed.
        const { manifest } = (await readManifest(world.lake)) ?? {};
        if (manifest !== undefined) expect(world.loaded).toContain(manifest.runId);
        const readable = (await world.lake.list("gold/manifests/")).length;
        expect([...world.loaded].filter((runId) => world.published.has(runId))).toHaveLength(readable);
        await world.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
