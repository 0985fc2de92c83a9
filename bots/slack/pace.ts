import { setTimeout as sleep } from "node:timers/promises";
import { webApi } from "@slack/bolt";

/** Slack takes about one message a second in a channel. */
const PACE_MS = 1_000;
/** How often a call that Slack puts off is made again, and the longest that it may ask us to wait. */
const MAX_ATTEMPTS = 5;
const MAX_WAIT_SECONDS = 60;
/** Messages that may wait for one channel; beyond that something is wrong, and the caller is told so. */
const MAX_WAITING = 100;

/** Lets calls to one channel follow each other at Slack's pace. */
export interface Pace {
  /** `impatient`: a call that Slack puts off is the caller's to make again. */
  run<T>(channel: string, call: () => Promise<T>, manner?: "impatient"): Promise<T>;
}

export function createPace(paceMs: number = PACE_MS): Pace {
  const lanes = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return {
    async run(channel, call, manner) {
      const lane = lanes.get(channel) ?? { last: Promise.resolve(), waiting: 0 };
      if (lane.waiting >= MAX_WAITING) throw new Error("too many messages wait for one channel");
      lanes.set(channel, lane);
      lane.waiting += 1;
      const turn = lane.last.then(() => (manner === "impatient" ? call() : patient(call)));
      // The next one starts a while after this one has ended, however it ended.
      lane.last = turn.then(
        () => sleep(paceMs),
        () => sleep(paceMs),
      );
      const { last } = lane;
      void last.then(() => {
        lane.waiting -= 1;
        if (lane.waiting === 0) lanes.delete(channel);
      });
      return await turn;
    },
  };
}

/** Makes a call again where Slack answers 429, after the time that it asks for. */
export async function patient<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const limited = error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter : null;
      if (limited === null || attempt >= MAX_ATTEMPTS || limited > MAX_WAIT_SECONDS) throw error;
      await sleep(limited * 1_000);
    }
  }
}
