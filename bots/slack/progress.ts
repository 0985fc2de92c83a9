import type { Message } from "../../src/messages/message.ts";
import type { Workshop } from "./answering.ts";
import { deliver, type Spot } from "./api.ts";
import { type SlackMessage, toSlack } from "./blocks.ts";

/** How often one message may change: Slack takes about one call a second. */
const EVERY_MS = 1_000;

/** One message that says how far a file is, and in whose place its outcome stands in the end. */
export interface Progress {
  /** Shows a newer state; states that come faster than a message may change are passed over. */
  readonly show: (message: Message) => void;
  /** Shows the outcome, once what was being shown has arrived; null: nothing came of it that is not shown elsewhere. */
  end(parts: readonly SlackMessage[] | null): Promise<void>;
}

/** Posts the first state, or puts it in the place of a message that is shown already. */
export async function openProgress(
  { api, reporter, settings }: Workshop,
  spot: Spot,
  { shown, first }: { readonly shown: string | undefined; readonly first: Message },
): Promise<Progress> {
  const everyMs = Math.min(settings.paceMs ?? EVERY_MS, EVERY_MS);
  const { channel } = spot;
  const ts = await openAt();
  let newest: Message | null = null;
  let showing = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  async function openAt(): Promise<string | null> {
    const [part] = toSlack(first);
    if (part === undefined) return shown ?? null;
    if (shown === undefined) return await api.post(spot, part);
    await api.update(channel, shown, part);
    return shown;
  }
  async function showNewest(): Promise<void> {
    const [part] = newest === null ? [] : toSlack(newest);
    if (part === undefined || ts === null) return;
    try {
      await api.update(channel, ts, part);
    } catch (error) {
      // The outcome is what counts; a state that was not seen does no harm.
      reporter.failure("slack_progress_failed", error);
    }
  }
  return {
    show(message) {
      newest = message;
      timer ??= setTimeout(() => {
        timer = null;
        showing = showing.then(showNewest);
      }, everyMs);
    },
    async end(parts) {
      if (timer !== null) clearTimeout(timer);
      await showing;
      const [head, ...rest] = parts ?? [];
      if (head === undefined) return;
      if (ts === null) return void (await deliver([head, ...rest], (part) => api.post(spot, part)));
      try {
        await deliver([head], (part) => api.update(channel, ts, part));
      } catch (error) {
        // The message may have been deleted meanwhile.
        reporter.failure("slack_progress_failed", error);
        await deliver([head], (part) => api.post(spot, part));
      }
      await deliver(rest, (part) => api.post(spot, part));
    },
  };
}
