import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcomeKey } from "../pipeline/glue/run.ts";
import { publishGold, readManifest } from "../pipeline/gold/publish.ts";
import { advance } from "../pipeline/lambda/advance.ts";
import { arrived } from "../pipeline/lambda/arrived.ts";
import { GlueError } from "../pipeline/lambda/failure.ts";
import { sweep } from "../pipeline/lambda/sweep.ts";
import type { GoldManifest } from "../src/contracts/gold.ts";
import { LakeError } from "../src/lake/lake.ts";
import { onPipeline } from "../src/main/aws/pipeline.ts";
import { World } from "./pipeline-world.testing.ts";

/** What the pipeline on Glue does where one thing goes another way. */

const DAY_MS = 86_400_000;
let world: World;

beforeEach(async () => {
  world = await World.open();
});

afterEach(() => world.close());

async function arrive(...ids: readonly string[]): Promise<void> {
  for (const id of ids) await arrived(world.deps(), `bronze/requests/${id}.json`);
}

const statusOf = async (id: string) => (await world.state.uploads.find(id))?.status;
const reasons = () =>
  world.steps.flatMap(({ step, fields }) => (step === "run_failed" ? [fields["reason"]] : []));

describe("a run", () => {
  it("takes what has arrived, and the next one what comes meanwhile", async () => {
    const first = [await world.send("ok"), await world.send("repeated")];
    await arrive(...first);
    expect(await advance(world.deps())).toBe("waiting");
    const later = await world.send("ok");
    await arrive(later);
    expect(await advance(world.deps())).toBe("waiting");
    expect(world.jobs).toHaveLength(1);
    await world.endJob("succeeded");
    expect(await advance(world.deps())).toBe("waiting");
    expect(await statusOf(later)).toBe("received");
    await world.endJob("succeeded");
    expect(await advance(world.deps())).toBe("idle");
    expect(await Promise.all([...first, later].map(statusOf))).toEqual(["active", "repeated", "active"]);
    expect(world.published.size).toBe(2);
  });

  it("waits where another run of the job is under way, and starts once it has ended", async () => {
    await world.deps().jobs.start("somebody's");
    await arrive(await world.send("ok"));
    expect(await advance(world.deps())).toBe("waiting");
    expect(world.steps.map(({ step }) => step)).toContain("job_waits");
    expect(await world.state.runs.current()).toMatchObject({ status: "claimed", jobRunId: null });
    const [other] = world.jobs;
    if (other !== undefined) other.state = "succeeded";
    await advance(world.deps());
    expect(await world.state.runs.current()).toMatchObject({ status: "started", jobRunId: "jr_1" });
  });

  it.each(["failed", "timeout", "stopped", "error", "expired"] as const)(
    "whose job came to %s gives its files another run",
    async (end) => {
      const id = await world.send("ok");
      await arrive(id);
      await advance(world.deps());
      await world.endJob(end);
      expect(await advance(world.deps())).toBe("waiting");
      expect(reasons()).toEqual([`job_${end}`]);
      await world.endJob("succeeded");
      await advance(world.deps());
      expect(await statusOf(id)).toBe("active");
      expect(await readManifest(world.lake)).toMatchObject({ manifest: { runId: world.jobs[1]?.runId } });
    },
  );

  it("is published although the other engine is away", async () => {
    world.redshiftAway = true;
    const id = await world.send("ok");
    await arrive(id);
    await advance(world.deps());
    await world.endJob("succeeded");
    expect(await advance(world.deps())).toBe("idle");
    expect(await statusOf(id)).toBe("active");
    expect(world.loaded.size).toBe(0);
    expect(world.published.size).toBe(1);
    expect(world.steps.map(({ step }) => step)).toContain("passed_redshift");
  });

  it("whose job is not known to Glue any more has failed", async () => {
    await arrive(await world.send("ok"));
    await advance(world.deps());
    world.jobs.length = 0;
    await advance(world.deps());
    expect(reasons()).toEqual(["job_missing"]);
  });

  it.each([
    ["says nothing", null],
    ["speaks of another run", '{"version":2,"runId":"other","asOf":null,"tables":{},"arrivals":[]}'],
    ["cannot be read", "{"],
  ])("whose job %s is not published", async (_, text) => {
    const id = await world.send("ok");
    await arrive(id);
    await advance(world.deps());
    const [job] = world.jobs;
    if (job === undefined) throw new Error("no job");
    if (text !== null) await world.lake.put(outcomeKey(job.runId), Buffer.from(text));
    job.state = "succeeded";
    await advance(world.deps());
    expect(reasons()).toEqual(["no_outcome"]);
    expect(await statusOf(id)).toBe("received");
    expect(await readManifest(world.lake)).toBeNull();
  });

  it("publishes over no run that it was not built after, and is built again", async () => {
    const id = await world.send("ok");
    await arrive(id);
    await advance(world.deps());
    const foreign: GoldManifest = {
      version: 1,
      runId: "20261123T115959000Z-ffffff",
      createdAt: "2026-11-23T11:59:59.000Z",
      asOf: null,
      demo: false,
      inputs: [],
      tables: {} as GoldManifest["tables"],
    };
    await publishGold(world.lake, foreign, null);
    await world.endJob("succeeded");
    await advance(world.deps());
    expect(reasons()).toEqual(["gold_moved"]);
    expect((await readManifest(world.lake))?.manifest.runId).toBe(foreign.runId);
    expect(await statusOf(id)).toBe("received");
    await world.endJob("succeeded");
    await advance(world.deps());
    expect((await readManifest(world.lake))?.manifest.runId).toBe(world.jobs[1]?.runId);
    expect(await statusOf(id)).toBe("active");
  });

  it("that S3 is away for is staged again as often as it takes", async () => {
    const id = await world.send("ok");
    await arrive(id);
    const stage = () =>
      Promise.reject(new LakeError("unavailable", "S3 does not answer", undefined, "silent"));
    for (let minute = 0; minute < 6; minute++)
      await expect(advance({ ...world.deps(), stage })).rejects.toThrow("S3 does not answer");
    expect(await advance(world.deps())).toBe("waiting");
    expect(await world.state.runs.current()).toMatchObject({ status: "started", tries: 1 });
  });

  it("that Lambdas die of while they stage is given up after three", async () => {
    await arrive(await world.send("ok"));
    // Each dies at the first thing that it does with the bytes.
    for (let death = 0; death < 3; death++) {
      const deps = world.deps();
      const stage = () => {
        const { promise, reject } = Promise.withResolvers<never>();
        reject(Object.assign(new Error("killed"), { code: "lost" }));
        return promise;
      };
      const runs = new Proxy(deps.runs, {
        get: (target, name) => {
          const found: unknown = Reflect.get(target, name);
          if (name === "forgiveStaging") return async () => {};
          return typeof found === "function" ? (found.bind(target) as unknown) : found;
        },
      });
      await expect(advance({ ...deps, runs, stage })).rejects.toThrow("killed");
    }
    await advance(world.deps());
    expect(reasons()).toEqual(["not_staged"]);
  });

  it("stays as it is while Glue does not let us in", async () => {
    const id = await world.send("ok");
    await arrive(id);
    const refused = new GlueError("refused", "Glue refuses the credentials");
    const jobs = {
      start: () => Promise.reject(refused),
      find: () => Promise.reject(refused),
      state: () => Promise.reject(refused),
    };
    await expect(advance({ ...world.deps(), jobs })).rejects.toBe(refused);
    await expect(sweep({ ...world.deps(), jobs })).rejects.toBe(refused);
    expect(await statusOf(id)).toBe("received");
    expect(await advance(world.deps())).toBe("waiting");
    expect(world.jobs).toHaveLength(1);
  });
});

describe("the sweep", () => {
  it("asks for the book to be built again where it is behind, once a day", async () => {
    const id = await world.send("ok");
    await arrive(id);
    await advance(world.deps());
    await world.endJob("succeeded");
    expect(await sweep(world.deps())).toBe("idle");
    // Somebody brings a state of another day: what counts is not what is published.
    await world.state.uploads.update(id, { sha256: "other" });
    for (const minute of [0, 1, 2]) {
      world.nowMs += minute * 60_000;
      expect(await sweep(world.deps())).toBe(minute === 0 ? "waiting" : minute === 1 ? "idle" : "idle");
      await world.endJob("succeeded");
    }
    expect(world.steps.filter(({ step }) => step === "book_behind")).toHaveLength(1);
    expect(await world.isBookRight()).toBe(true);
    await world.state.uploads.update(id, { sha256: "another" });
    await sweep(world.deps());
    for (let tries = 0; tries < 5; tries++) {
      await world.endJob("failed");
      await sweep(world.deps());
    }
    expect(world.steps.filter(({ step }) => step === "book_behind")).toHaveLength(2);
    world.nowMs += DAY_MS;
    expect(await sweep(world.deps())).toBe("waiting");
  });

  it("never empties a book whose state has lost its uploads", async () => {
    await arrive(await world.send("ok"));
    await advance(world.deps());
    await world.endJob("succeeded");
    await advance(world.deps());
    for (const { id } of await world.state.uploads.active())
      await world.state.uploads.update(id, { status: "failed" });
    expect(await sweep(world.deps())).toBe("idle");
    expect(world.jobs).toHaveLength(1);
  });

  it("removes what a run leaves once it is a week old, and its gold where it was never published", async () => {
    const id = await world.send("ok");
    await arrive(id);
    await advance(world.deps());
    const failed = world.jobs[0]?.runId ?? "";
    await world.lake.put(`gold/clients/${failed}/part-0.parquet`, Buffer.from("half"));
    await world.endJob("failed");
    world.nowMs += 1_000;
    await advance(world.deps());
    await world.endJob("succeeded");
    await sweep(world.deps());
    const published = world.jobs[1]?.runId ?? "";
    const left = async () => [
      ...(await world.lake.list("runs/")),
      ...(await world.lake.list("staged/")),
      ...(await world.lake.list(`gold/clients/${failed}/`)),
    ];
    expect(await left()).toEqual([
      `runs/${failed}/manifest.json`,
      `runs/${published}/manifest.json`,
      `runs/${published}/outcome.json`,
      `staged/upload=${id}/rows`,
      `gold/clients/${failed}/part-0.parquet`,
    ]);
    world.nowMs += 8 * DAY_MS;
    await sweep(world.deps());
    expect(await left()).toEqual([]);
    expect(await world.lake.list(`gold/clients/${published}/`)).toHaveLength(1);
  });
});

describe("a call of the Lambda", () => {
  const logged: string[] = [];
  const call = (event: unknown, deps = world.deps()) =>
    onPipeline(deps, { event, job: "carteira", logger: { error: (name) => logged.push(name) } });
  const message = (messageId: string, body: unknown) => ({
    messageId,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const stored = (key: string) => ({
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: { bucket: { name: "lake" }, object: { key, size: 12 } },
  });
  const ended = (jobName: string) => ({
    source: "aws.glue",
    "detail-type": "Glue Job State Change",
    detail: { jobName, jobRunId: "jr_0", state: "SUCCEEDED", severity: "INFO" },
  });

  it("takes events of S3 and Glue from queues, and a schedule's as a sweep", async () => {
    const id = await world.send("ok");
    const arrival = message("m1", stored(`bronze/requests/${id}.json`));
    expect(await call({ Records: [arrival, message("m2", stored("bronze/other.csv"))] })).toEqual({
      batchItemFailures: [],
    });
    expect(world.jobs).toHaveLength(1);
    await world.endJob("succeeded");
    await call({ Records: [message("m3", ended("somebody-elses"))] });
    expect(await statusOf(id)).toBe("received");
    await call({ Records: [message("m4", ended("carteira"))] });
    expect(await statusOf(id)).toBe("active");
    expect(await call({ source: "aws.events", "detail-type": "Scheduled Event" })).toEqual({
      standing: "idle",
    });
  });

  it("names the messages that it could not take, and takes the others", async () => {
    const id = await world.send("ok");
    const deps = world.deps();
    const requests = new Proxy(deps.requests, {
      get: (target, name) => {
        if (name !== "queue") return Reflect.get(target, name) as unknown;
        return (one: string) => (one === "broken" ? Promise.reject(new Error("x")) : target.queue(one));
      },
    });
    const records = [
      message("unreadable", "not json"),
      message("broken", stored("bronze/requests/broken.json")),
      message("unknown", stored("bronze/requests/unknown.json")),
      message("good", stored(`bronze/requests/${id}.json`)),
    ];
    expect(await call({ Records: records }, { ...deps, requests })).toEqual({
      batchItemFailures: [{ itemIdentifier: "unreadable" }, { itemIdentifier: "broken" }],
    });
    expect(logged).toEqual(["message_unreadable", "arrival_not_taken"]);
    expect(world.steps.map(({ step }) => step)).toContain("request_unknown");
    expect(world.jobs).toHaveLength(1);
  });

  it("asks for Glue's message again where it could not follow the run, and not for an arrival's", async () => {
    const id = await world.send("ok");
    world.starts.push("throttled");
    const records = [message("s3", stored(`bronze/requests/${id}.json`)), message("glue", ended("carteira"))];
    expect(await call({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: "glue" }] });
    expect(await call({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(world.jobs).toHaveLength(1);
  });
});
