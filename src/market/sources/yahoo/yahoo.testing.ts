import type { ReceivedBody } from "../source.ts";
import type { FakeYahoo } from "./fake-yahoo.testing.ts";
import { createYahoo, type YahooOptions, type YahooSource } from "./yahoo.ts";

/** A quarter past two in São Paulo on the day of the fake's session. */
export const NOON = new Date("2026-07-29T17:15:00Z");

export interface Rig {
  readonly yahoo: YahooSource;
  readonly kept: ReceivedBody[];
  readonly events: { readonly event: string; readonly details: Record<string, string | number> }[];
}

/** The source against a fake Yahoo, unhurried by pace and back-off. */
export function rig(fake: Pick<FakeYahoo, "origin">, options: Partial<YahooOptions> = {}): Rig {
  const kept: ReceivedBody[] = [];
  const events: Rig["events"] = [];
  const yahoo = createYahoo({
    origin: fake.origin,
    keep: async (received) => {
      kept.push(received);
    },
    now: () => NOON,
    log: (event, details) => events.push({ event, details }),
    timeoutMs: 2000,
    pace: { perSecond: Number.POSITIVE_INFINITY },
    backoffMs: { first: 2, longest: 10 },
    ...options,
  });
  return { yahoo, kept, events };
}
