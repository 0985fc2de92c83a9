import { setTimeout as sleep } from "node:timers/promises";
import { RespondError, type RespondFn } from "@slack/bolt";
import type { SlackMessage } from "./blocks.ts";
import { SlackRefusal } from "./report.ts";

/** A `response_url` is used five times at most and tells no time to wait. */
const MAX_ATTEMPTS = 3;
const WAIT_MS = 1_500;
/** What an answer says that is worth reading. */
const MAX_ANSWER = 2_000;

/**
 * Sends through the `response_url` of what a person did: it works where the app is no member. Nothing that was shown
 * before is replaced. Throws SlackRefusal where Slack says why not.
 */
export async function respondWith(
  respond: RespondFn,
  message: SlackMessage,
  {
    visibility,
    thread,
  }: { readonly visibility: "ephemeral" | "in_channel"; readonly thread?: string | undefined },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await respond({
        response_type: visibility,
        replace_original: false,
        text: message.text,
        blocks: [...message.blocks],
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
      throwIfRefused((await response.text()).slice(0, MAX_ANSWER));
      return;
    } catch (error) {
      if (!(error instanceof RespondError)) throw error;
      // Blocks that Slack does not take come back as 400 or 500, without a body that Bolt hands on.
      if (error.statusCode === 400 || error.statusCode === 500) throw new SlackRefusal("invalid_blocks");
      if (error.statusCode !== 429 || attempt >= MAX_ATTEMPTS) throw error;
      await sleep(WAIT_MS);
    }
  }
}

/** `{"ok":false,"error":"invalid_blocks"}`, which comes with a status of 200. */
function throwIfRefused(body: string): void {
  const found = /"ok"\s*:\s*false/.test(body) ? /"error"\s*:\s*"([a-z_]{1,64})"/.exec(body) : null;
  if (found?.[1] !== undefined) throw new SlackRefusal(found[1]);
}
