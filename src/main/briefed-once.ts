import type { Answers } from "../answers/answers.ts";

type Briefing = Answers["briefing"];

/** Digests of one slot are made within this; quotes are newer once a minute at the most. */
const KEPT_MS = 30_000;
const SCOPES_MAX = 64;

/**
 * Reads the figures of a scope once for all who get a digest of it at about the same time: those of a team, or one person in
 * two channels. What is asked about a past day is read each time, and a failure is not kept.
 */
export function briefedOnce(briefing: Briefing, now: () => Date): Briefing {
  const kept = new Map<string, { readonly atMs: number; readonly figures: ReturnType<Briefing> }>();
  return async (request) => {
    if (request.at !== null) return await briefing(request);
    const key = JSON.stringify({ ...request, brokers: [...request.brokers].sort() });
    const atMs = now().getTime();
    for (const [known, { atMs: since }] of kept) {
      if (kept.size > SCOPES_MAX || atMs - since >= KEPT_MS || since > atMs) kept.delete(known);
    }
    const figures = kept.get(key)?.figures ?? briefing(request);
    if (!kept.has(key)) kept.set(key, { atMs, figures });
    try {
      return await figures;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}
