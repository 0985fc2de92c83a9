import { GetJobRunCommand, GetJobRunsCommand, GlueClient, StartJobRunCommand } from "@aws-sdk/client-glue";
import { manifestKey } from "../glue/run.ts";
import { GlueError, type GlueErrorCode } from "./failure.ts";
import type { JobState, Jobs } from "./ports.ts";

/** Runs of the job that are looked through for one of ours; Glue gives them newest first. */
const PAGES_MAX = 5;
const PAGE_SIZE = 100;
const TIMEOUT_MS = 20_000;

const STATES: Readonly<Record<string, JobState>> = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMEOUT: "timeout",
  STOPPED: "stopped",
  ERROR: "error",
  EXPIRED: "expired",
};

/**
 * Glue's job by its name. `lakeUri` is the root of the lake as the job sees it (`s3://bucket`). Region and credentials
 * are AWS's own. No request is sent twice by the library: StartJobRun has no token by which Glue would tell a repeated one,
 * and the sweep of the next minute asks again.
 */
export function createGlueJobs(options: { readonly job: string; readonly lakeUri: string }): Jobs {
  const { job, lakeUri } = options;
  const client = new GlueClient({ maxAttempts: 1, requestHandler: { requestTimeout: TIMEOUT_MS } });
  return {
    async start(runId) {
      try {
        const { JobRunId } = await client.send(
          new StartJobRunCommand({
            JobName: job,
            Arguments: {
              "--manifest": `${lakeUri}/${manifestKey(runId)}`,
              "--lake": lakeUri,
              "--run-id": runId,
            },
          }),
        );
        if (JobRunId === undefined) throw new GlueError("unknown", "Glue gave the job run no name");
        return JobRunId;
      } catch (error) {
        if (nameOf(error) === "ConcurrentRunsExceededException") return null;
        throw glueError(error);
      }
    },
    async find(runId) {
      try {
        let token: string | undefined;
        for (let page = 0; page < PAGES_MAX; page++) {
          const found = await client.send(
            new GetJobRunsCommand({ JobName: job, MaxResults: PAGE_SIZE, NextToken: token }),
          );
          const own = found.JobRuns?.find(({ Arguments }) => Arguments?.["--run-id"] === runId);
          if (own?.Id !== undefined) return own.Id;
          token = found.NextToken;
          if (token === undefined) return null;
        }
        return null;
      } catch (error) {
        throw glueError(error);
      }
    },
    async state(jobRunId) {
      try {
        const { JobRun } = await client.send(new GetJobRunCommand({ JobName: job, RunId: jobRunId }));
        return STATES[JobRun?.JobRunState ?? ""] ?? "running";
      } catch (error) {
        // A job that is gone says the same as a run that is: whichever it is, no run of it will end.
        if (nameOf(error) === "EntityNotFoundException") return "missing";
        throw glueError(error);
      }
    },
  };
}

const CODES: Readonly<Record<string, GlueErrorCode>> = {
  ThrottlingException: "throttled",
  Throttling: "throttled",
  TooManyRequestsException: "throttled",
  ResourceNumberLimitExceededException: "throttled",
  OperationTimeoutException: "throttled",
  InternalServiceException: "throttled",
  ExpiredTokenException: "refused",
  UnrecognizedClientException: "refused",
  InvalidClientTokenId: "refused",
  InvalidSignatureException: "refused",
  IncompleteSignature: "refused",
  CredentialsProviderError: "refused",
  TokenProviderError: "refused",
  AccessDeniedException: "refused",
  EntityNotFoundException: "absent",
};

const SAYS: Readonly<Record<GlueErrorCode, string>> = {
  throttled: "Glue has too much to do: the next sweep asks again",
  refused: "Glue refuses the credentials or rights: renew them, or look at the role's policy",
  absent: "Glue has no such job: look at CARTEIRA_GLUE_JOB and the region",
  unknown: "Glue did not answer as expected",
};

/** A failure in words of ours; Glue's own may cite arguments. Its name for it is in the cause. */
function glueError(error: unknown): GlueError {
  if (error instanceof GlueError) return error;
  const code = CODES[nameOf(error)] ?? "unknown";
  return new GlueError(code, SAYS[code], new Error(nameOf(error)));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
