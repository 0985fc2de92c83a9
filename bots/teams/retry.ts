/** What Teams asks to be tried again: too many requests, and a service that is just moving. */
const PASSING = new Set([412, 429, 502, 504]);
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

type Sleep = (milliseconds: number) => Promise<void>;

/**
 * Does the work, and again where Teams asked for it: at most four times, with pauses that double and are spread at
 * random, or as long as the answer says. The library below tries 502, 504 and a Retry-After three times on its own. What failed otherwise may have been delivered and is not sent twice.
 */
export async function withRetries<T>(work: () => Promise<T>, sleep: Sleep): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const status = statusOf(error);
      if (attempt === ATTEMPTS || status === null || !PASSING.has(status)) throw error;
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
      await sleep(retryAfterMs(error) ?? longest * (0.5 + Math.random() / 2));
    }
  }
}

/** The HTTP status of a failed request; null for any other error. */
export function statusOf(error: unknown): number | null {
  return typeof error === "object" &&
    error !== null &&
    "statusCode" in error &&
    typeof error.statusCode === "number"
    ? error.statusCode
    : null;
}

/** How long the service asks to be left alone; null where it does not say. */
export function retryAfterMs(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("response" in error)) return null;
  const { response } = error;
  if (typeof response !== "object" || response === null || !("headers" in response)) return null;
  const { headers } = response;
  if (typeof headers !== "object" || headers === null || !("get" in headers)) return null;
  if (typeof headers.get !== "function") return null;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : null;
}
