import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AwsService, serveAws } from "../../src/warehouse/aws-service.testing.ts";
import { createGlueJobs } from "./glue-jobs.ts";
import type { Jobs } from "./ports.ts";

const RUN = "20261123T120000000Z-aaaaaa";

let service: AwsService;
let jobs: Jobs;
let state: string | undefined;
let pages: readonly (readonly { readonly Id: string; readonly runId?: string }[])[];

beforeEach(async () => {
  state = "RUNNING";
  pages = [[]];
  service = await serveAws({
    StartJobRun: async () => ({ JobRunId: "jr_1" }),
    GetJobRun: async () => ({ JobRun: { JobRunState: state } }),
    GetJobRuns: async ({ NextToken }: { readonly NextToken?: string }) => {
      const at = Number(NextToken ?? 0);
      const JobRuns = (pages[at] ?? []).map(({ Id, runId }) => ({ Id, Arguments: { "--run-id": runId } }));
      return { JobRuns, ...(at + 1 < pages.length ? { NextToken: String(at + 1) } : {}) };
    },
  });
  vi.stubEnv("AWS_ENDPOINT_URL_GLUE", service.connection.endpoint);
  vi.stubEnv("AWS_REGION", "sa-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  jobs = createGlueJobs({ job: "carteira", lakeUri: "s3://lake" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await service.close();
});

describe("Glue's job", () => {
  it("is started with where its manifest is", async () => {
    expect(await jobs.start(RUN)).toBe("jr_1");
    expect(service.calls).toEqual([
      {
        operation: "StartJobRun",
        input: {
          JobName: "carteira",
          Arguments: {
            "--manifest": `s3://lake/runs/${RUN}/manifest.json`,
            "--lake": "s3://lake",
            "--run-id": RUN,
          },
        },
      },
    ]);
  });

  it("that runs already is no failure", async () => {
    service.failNext("StartJobRun", "ConcurrentRunsExceededException");
    expect(await jobs.start(RUN)).toBeNull();
  });

  it.each([
    ["SUCCEEDED", "succeeded"],
    ["FAILED", "failed"],
    ["TIMEOUT", "timeout"],
    ["STOPPED", "stopped"],
    ["ERROR", "error"],
    ["EXPIRED", "expired"],
    ["STARTING", "running"],
    ["STOPPING", "running"],
    ["WAITING", "running"],
    ["something of a later year", "running"],
    [undefined, "running"],
  ])("in the state %s is %s", async (told, known) => {
    state = told;
    expect(await jobs.state("jr_1")).toBe(known);
  });

  it("has no run that Glue does not know", async () => {
    service.failNext("GetJobRun", "EntityNotFoundException");
    expect(await jobs.state("jr_1")).toBe("missing");
  });

  it("is looked for page by page, and not for ever", async () => {
    pages = [[{ Id: "jr_9" }], [{ Id: "jr_8", runId: "other" }], [{ Id: "jr_7", runId: RUN }]];
    expect(await jobs.find(RUN)).toBe("jr_7");
    expect(await jobs.find("none")).toBeNull();
    pages = Array.from({ length: 50 }, () => [{ Id: "jr", runId: "other" }]);
    const before = service.calls.length;
    expect(await jobs.find(RUN)).toBeNull();
    expect(service.calls.length - before).toBeLessThan(10);
  });

  it.each([
    ["ThrottlingException", "throttled"],
    ["ResourceNumberLimitExceededException", "throttled"],
    ["OperationTimeoutException", "throttled"],
    ["ExpiredTokenException", "refused"],
    ["AccessDeniedException", "refused"],
    ["EntityNotFoundException", "absent"],
    ["SomethingElse", "unknown"],
  ])("that fails with %s is %s, is asked once, and says nothing of the arguments", async (fault, code) => {
    service.failNext("StartJobRun", fault, fault);
    const failure: unknown = await jobs.start(RUN).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, cause: { message: fault } });
    expect(String(failure)).not.toContain(RUN);
    expect(service.calls).toHaveLength(1);
    service.failNext("GetJobRuns", fault);
    await expect(jobs.find(RUN)).rejects.toMatchObject({ code });
  });
});
