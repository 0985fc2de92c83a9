import { EXIT, Refusal } from "./exit.ts";
import { createIntake, type Intake } from "./ingest.ts";
import { createRemoteIntake } from "./remote-intake.ts";
import type { Shell } from "./shell.ts";
import type { Store } from "./store.ts";

/**
 * The intake that the settings choose: in this process, or on Glue. A demo makes its book by itself, and is none of what a
 * company's pipeline works on. Throws Refusal.
 */
export function openIntake(store: Store, { config, io, terminal, words }: Shell): Intake {
  if (config.glue === null) {
    const onWait = () => terminal.progress(words.waitingForOther, null);
    return createIntake(store, { now: io.now, onWait });
  }
  if (store.info.demo) throw new Refusal(EXIT.badInput, words.demoOnGlue(config.home));
  return createRemoteIntake(store, { now: io.now, waitMs: config.glue.waitMs });
}
