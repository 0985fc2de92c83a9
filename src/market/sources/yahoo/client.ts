import YahooFinance from "yahoo-finance2";
import { ExtendedCookieJar } from "yahoo-finance2/lib/cookieJar";

/** The library with a crumb and cookies of its own. */
export type Client = InstanceType<typeof YahooFinance>;

const nothing = (): void => undefined;
/** The library writes URLs with the crumb, and the crumb itself, to its logger. */
const SILENT = { info: nothing, warn: nothing, error: nothing, debug: nothing, dir: nothing };

/** The client in use, replaced as a whole when Yahoo refuses its crumb. */
export interface Session {
  readonly current: () => Client;
  /** A new handshake from the next request on, unless another request has seen to it since. */
  readonly renew: (refused: Client) => void;
}

export function openSession(log: (event: string, details: Record<string, string | number>) => void): Session {
  let client = openClient();
  return {
    current: () => client,
    renew: (refused) => {
      if (client !== refused) return;
      // The library holds a refused crumb for as long as the jar lives.
      client = openClient();
      log("yahoo_crumb_renewed", {});
    },
  };
}

function openClient(): Client {
  return new YahooFinance({
    cookieJar: new ExtendedCookieJar(),
    logger: SILENT,
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
    suppressNotices: ["yahooSurvey", "ripHistorical"],
    // The transport paces; a second queue before it would only hide what waits.
    queue: { concurrency: 100 },
  });
}
