import type { Slack } from "../../../bots/slack/ports.ts";
import type { Outlet, Reconciled } from "../../../reports/delivery/ports.ts";
import type { References, Target } from "../../state/index.ts";
import { asOutlet } from "./outlet-error.ts";

/** Between the channel and the time stamp that together name a message of Slack. */
const SLASH = "/";

/**
 * Deliveries to Slack. Each message carries its key, by which one whose confirmation was lost is looked for: in direct
 * messages, which are all that the app reads. Where such a talk is, is remembered with the first message in it.
 */
export function slackOutlet(
  slack: Pick<Slack, "tell" | "told">,
  references: Pick<References, "save" | "find">,
): Outlet {
  async function directOf(target: Target): Promise<string | null> {
    if (target.place !== null) return target.place;
    const kept = await references.find(referenceOf(target));
    return typeof kept === "string" ? kept : null;
  }
  return {
    async send(target, { message, part, thread, attachments }, { key, language }) {
      const [inChannel, ts] = thread?.split(SLASH) ?? [];
      const channel = inChannel ?? target.place ?? userOf(target);
      const to = { channel, ...(ts === undefined ? {} : { thread: ts }) };
      const posted = await asOutlet(() =>
        slack.tell(to, { message, language, key: nameOf(key, part), attachments }),
      );
      // What left has left: that its place could not be kept only makes it harder to look for.
      if (target.place === null && part === 0) await references.save(referenceOf(target), posted.channel);
      return { remoteId: `${posted.channel}${SLASH}${posted.ts}` };
    },
    async reconcile(target, key, part): Promise<Reconciled> {
      const channel = await directOf(target);
      if (channel === null) return { outcome: "cannot" };
      const first = await slack.told({ channel }, nameOf(key, 0));
      if (part === 0 || first === null || first === "absent") return reconciled(first);
      return reconciled(await slack.told({ channel, thread: first.ts }, nameOf(key, part)));
    },
  };
}

function reconciled(found: Awaited<ReturnType<Slack["told"]>>): Reconciled {
  if (found === null) return { outcome: "cannot" };
  if (found === "absent") return { outcome: "absent" };
  return { outcome: "found", remoteId: `${found.channel}${SLASH}${found.ts}` };
}

/** `slack:TEAM:USER` is written to as USER. */
function userOf({ who }: Target): string {
  return who.slice(who.lastIndexOf(":") + 1);
}

function referenceOf({ who }: Target): string {
  return `direct:${who}`;
}

function nameOf(key: string, part: number): string {
  return `${key}#${part}`;
}
