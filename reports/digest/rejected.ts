import type { UploadStore } from "../../src/state/index.ts";

/** An upload of which some rows, or all, were refused. */
export interface RejectedFile {
  readonly fileName: string;
  readonly rejected: number;
  /** Instant, ISO in UTC. */
  readonly receivedAt: string;
}

/** Refused rows are told of for a week: by then they were corrected, or nobody is going to. */
const DAYS = 7;
/** The newest uploads that are looked through. */
const LOOKED_AT_MAX = 500;
const DAY_MS = 86_400_000;

/** Uploads whose rows count, or would: one that was undone or replaced has been seen to. */
const STANDING: ReadonlySet<string> = new Set(["active", "repeated", "not_promoted"]);

/** The last week's uploads of these users with refused rows, the newest first; of one client only those named for that client. */
export async function rejectedFiles(
  uploads: Pick<UploadStore, "list">,
  query: { readonly users: readonly string[]; readonly client: string | null; readonly until: Date },
): Promise<readonly RejectedFile[]> {
  const { users, client, until } = query;
  const since = new Date(until.getTime() - DAYS * DAY_MS).toISOString();
  const found = await uploads.list(LOOKED_AT_MAX);
  return found.flatMap(({ fileName, userId, clientId, status, counts, receivedAt }) =>
    counts !== null &&
    counts.rejected > 0 &&
    STANDING.has(status) &&
    users.includes(userId) &&
    (client === null || clientId === client) &&
    receivedAt >= since &&
    receivedAt <= until.toISOString()
      ? [{ fileName, rejected: counts.rejected, receivedAt }]
      : [],
  );
}
