import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleType,
  retry,
  wrap,
} from "cockatiel";
import PQueue from "p-queue";
import type { KeepBody, ProblemCode } from "../source.ts";
import { readText } from "./read-text.ts";

/** How gently a host is treated. Times in milliseconds. */
export interface Pace {
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** At most `perInterval` requests start in `intervalMs`. */
  readonly perInterval: number;
  readonly intervalMs: number;
  /** The first wait before a repetition; the next are longer, all of them with jitter. */
  readonly retryDelayMs: number;
  /** After this many calls failed in a row (each with its repetitions), the host is left alone … */
  readonly breakAfter: number;
  /** … for this long. Then one call tries again. */
  readonly restMs: number;
}

export const DEFAULT_PACE: Pace = {
  concurrency: 2,
  perInterval: 5,
  intervalMs: 1_000,
  retryDelayMs: 500,
  breakAfter: 3,
  restMs: 60_000,
};

/** Repetitions of a request that the host may answer the next time. */
const RETRIES_MAX = 2;
const RETRY_DELAY_MS_MAX = 8_000;
const BODY_BYTES_MAX = 20 * 1024 * 1024;

type Answer =
  | { readonly status: number; readonly body: string }
  | { readonly status: null; readonly code: ProblemCode };

export interface Caller {
  /** Asks for `path`; `name` is what the body is kept under. Rejects only with what `keep` rejects with. */
  call(path: string, name: string): Promise<Answer>;
  /** Requests sent so far, repetitions included. */
  sent(): number;
}

/** A failure that another try may mend. */
class Passing extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode) {
    super(code);
    this.code = code;
  }
}

export interface CallerOptions {
  readonly origin: string;
  readonly keep: KeepBody;
  readonly now: () => Date;
  /** For one request with its body. */
  readonly timeoutMs: number;
  readonly pace: Pace;
}

/**
 * Calls one host: paced, with a limit of time, repeated on 429, 5xx and a failing network, and given up for a while
 * where it keeps failing. Every body is kept before anything reads it, also that of an error.
 */
export function createCaller(options: CallerOptions): Caller {
  const { pace } = options;
  const queue = new PQueue({
    concurrency: pace.concurrency,
    interval: pace.intervalMs,
    intervalCap: pace.perInterval,
    // Counted over any such span of time: else a queue that runs empty between two requests would not count.
    strict: true,
  });
  const passing = handleType(Passing);
  const policy = wrap(
    circuitBreaker(passing, { halfOpenAfter: pace.restMs, breaker: new ConsecutiveBreaker(pace.breakAfter) }),
    retry(passing, {
      maxAttempts: RETRIES_MAX,
      backoff: new ExponentialBackoff({ initialDelay: pace.retryDelayMs, maxDelay: RETRY_DELAY_MS_MAX }),
    }),
  );
  let sent = 0;
  const attempt = async (path: string, name: string): Promise<Answer> => {
    sent++;
    const received = await receive(new URL(path, options.origin), options.timeoutMs);
    await options.keep({ source: "bcb", name, receivedAt: options.now(), ...received });
    if (received.status === 429) throw new Passing("rate_limited");
    if (received.status >= 500) throw new Passing("unreadable");
    return received;
  };
  return {
    sent: () => sent,
    async call(path, name) {
      try {
        return await policy.execute(() => queue.add(() => attempt(path, name)));
      } catch (error) {
        if (error instanceof Passing) return { status: null, code: error.code };
        if (error instanceof BrokenCircuitError) return { status: null, code: "circuit_open" };
        throw error;
      }
    },
  };
}

/** Throws Passing where no whole body arrives. */
async function receive(url: URL, timeoutMs: number): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { signal, headers: { accept: "application/json" } });
    return { status: response.status, body: await readText(response, BODY_BYTES_MAX) };
  } catch (error) {
    if (error instanceof RangeError) throw new Passing("unreadable");
    throw new Passing(signal.aborted ? "timed_out" : "unreachable");
  }
}
