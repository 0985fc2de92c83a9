import { deliver } from "./api.ts";
import { type SlackMessage, toSlack } from "./blocks.ts";
import type { SlackSettings } from "./ports.ts";
import type { Reporter } from "./report.ts";
import { notice, wordsOf } from "./words.ts";

/** Runs what answers an event. Never rejects: what went wrong is logged, and the person is told its id. */
export type Guard = (
  event: string,
  send: (message: SlackMessage) => Promise<unknown>,
  work: () => Promise<unknown>,
) => Promise<void>;

export interface Guarding {
  readonly guard: Guard;
  /** Waits until nothing is under way, for so long at most. */
  drained(timeoutMs: number): Promise<void>;
}

export function createGuard(reporter: Reporter, settings: SlackSettings): Guarding {
  const running = new Set<Promise<void>>();
  const words = wordsOf(settings.language);

  async function guarded(...[event, send, work]: Parameters<Guard>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const ref = reporter.failure(event, error);
      const parts = toSlack(notice(words.failed, words.failedHint(ref)));
      // Slack may be what failed; then the log alone holds it.
      await deliver(parts, send).catch((again: unknown) => reporter.failure("slack_notice_failed", again));
    }
  }
  return {
    async guard(...args) {
      const run = guarded(...args);
      running.add(run);
      await run;
      running.delete(run);
    },
    async drained(timeoutMs) {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, timeoutMs);
      await Promise.race([Promise.all(running), late]);
      clearTimeout(timer);
    },
  };
}

/** The workspace's id, which every event of an installed app carries. */
export function teamOf(id: string | undefined): string {
  if (id === undefined || id === "") throw new Error("an event without its workspace");
  return id;
}
