import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  wrap,
} from "cockatiel";
import type { IsoDay } from "../../../money/day.ts";
import type { ProblemCode } from "../source.ts";
import { type Client, openSession } from "./client.ts";
import { CrumbRefused, KeepFailed, SourceFailure } from "./failure.ts";
import type { Exchange, Transport } from "./transport.ts";

const RETRIES_MAX = 2;
/** Failed requests in a row after which the source is left alone, and for how long. */
const FAILURES_MAX = 5;
const OPEN_MS = 60_000;

/** All that a quote is read from. `symbol` and `quoteType` come unasked. */
const FIELDS = [
  "symbol",
  "quoteType",
  "marketState",
  "currency",
  "exchangeTimezoneName",
  "exchangeDataDelayedBy",
  "regularMarketPrice",
  "regularMarketTime",
  "regularMarketPreviousClose",
] as const;

/** The text that answered, or why there is none. */
type Outcome = { readonly body: string } | { readonly problem: ProblemCode };

export interface Asker {
  /** The newest trades of up to 50 symbols. */
  readonly quote: (symbols: readonly string[]) => Promise<Outcome>;
  /** The daily bars, splits and dividends between two days of UTC. */
  readonly chart: (symbol: string, range: { readonly from: IsoDay; readonly to: IsoDay }) => Promise<Outcome>;
}

export interface AskOptions {
  readonly log: (event: string, details: Record<string, string | number>) => void;
  /** First wait before a request is repeated, and the longest; each is drawn at random around a doubling one. */
  readonly backoffMs: { readonly first: number; readonly longest: number };
}

/**
 * Asks Yahoo through the library, which knows its handshake and its addresses. What it makes of the answers is not
 * used: even told not to validate, it turns the text "41,88" into 41. The callers read the received text instead.
 * Failures of the network are outcomes; what the store of received bodies throws is thrown on.
 */
export function createAsker(transport: Transport, options: AskOptions): Asker {
  const session = openSession(options.log);
  // Charts need no handshake, so either can fail alone.
  const guards = { quote: createGuard("quote", options), chart: createGuard("chart", options) };
  return {
    quote: (symbols) =>
      guards.quote(() => {
        const once = (client: Client) =>
          call(transport.open("quote"), (through) =>
            client.quote(
              [...symbols],
              { fields: [...FIELDS], return: "array" },
              { validateResult: false, fetch: through },
            ),
          );
        return withFreshCrumb(session, once);
      }),
    chart: (symbol, { from, to }) =>
      guards.chart(() =>
        call(transport.open(`chart-${safeName(symbol)}`), (through) =>
          session.current().chart(
            symbol,
            {
              period1: new Date(`${from}T00:00:00Z`),
              period2: new Date(`${to}T00:00:00Z`),
              interval: "1d",
              events: "div|split",
              includePrePost: false,
              return: "object",
            },
            { validateResult: false, fetch: through },
          ),
        ),
      ),
  };
}

/** A symbol as part of a key: `^BVSP` -> `_BVSP`, `BRL=X` -> `BRL_X`. */
function safeName(symbol: string): string {
  return symbol.replace(/[^A-Za-z0-9._-]/g, "_");
}

async function call(exchange: Exchange, ask: (through: typeof fetch) => Promise<unknown>): Promise<Outcome> {
  try {
    await ask(exchange.fetch);
  } catch (error) {
    if (error instanceof SourceFailure && error.code === "no_answer") return { problem: "no_answer" };
    if (error instanceof SourceFailure || error instanceof CrumbRefused || error instanceof KeepFailed)
      throw error;
    // The library's own errors quote bodies and addresses. It throws them for answers of an unknown shape.
    throw new SourceFailure("unreadable");
  }
  const body = exchange.body();
  if (body === null) throw new SourceFailure("unreadable");
  return { body };
}

async function withFreshCrumb(
  session: ReturnType<typeof openSession>,
  once: (client: Client) => Promise<Outcome>,
): Promise<Outcome> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const client = session.current();
    try {
      return await once(client);
    } catch (error) {
      if (!(error instanceof CrumbRefused)) throw error;
      session.renew(client);
    }
  }
  throw new SourceFailure("unreadable");
}

/** Repeats what may pass, and sends nothing for a while after too many failures in a row. */
function createGuard(kind: "quote" | "chart", { log, backoffMs }: AskOptions) {
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof SourceFailure),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_MAX) },
  );
  breaker.onBreak(() => log("yahoo_circuit_opened", { kind, forMs: OPEN_MS }));
  breaker.onReset(() => log("yahoo_circuit_closed", { kind }));
  const repeat = retry(
    handleWhen((error) => error instanceof SourceFailure && error.passing),
    {
      maxAttempts: RETRIES_MAX,
      backoff: new ExponentialBackoff({ initialDelay: backoffMs.first, maxDelay: backoffMs.longest }),
    },
  );
  const policy = wrap(repeat, breaker);

  return async (attempt: () => Promise<Outcome>): Promise<Outcome> => {
    let last: ProblemCode | null = null;
    try {
      return await policy.execute(async () => {
        try {
          return await attempt();
        } catch (error) {
          if (error instanceof SourceFailure) {
            last = error.code;
            log("yahoo_request_failed", { kind, code: error.code });
          }
          throw error;
        }
      });
    } catch (error) {
      if (error instanceof KeepFailed) throw error.cause;
      if (error instanceof SourceFailure) return { problem: error.code };
      // A circuit that opened between two attempts: the failure that was seen says more.
      if (isBrokenCircuitError(error)) return { problem: last ?? "circuit_open" };
      throw error;
    }
  };
}
