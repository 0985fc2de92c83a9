import type { Alerts } from "../../reports/alerts/alerts.ts";
import type { Composer } from "../../reports/delivery/ports.ts";
import { DIGEST_SECTIONS, type Digests } from "../../reports/digest/digest.ts";
import type { DigestMoment } from "../../reports/digest/moment.ts";
import { readOptions } from "../../reports/subscribe/choice.ts";
import { uploadersSeenBy } from "../access/uploaders.ts";
import type { People } from "../state/index.ts";

/** The digest that a schedule, or somebody, asked for: of the scope that its owner has when it is sent. */
export function digestComposer(digests: Digests, people: Pick<People, "list">): Composer {
  return {
    // What was refused of somebody's own files, and their own alerts, are in it.
    sharedBy: ({ owner }) => owner,
    async compose({ payload, language }, asker) {
      const { time, options } = fieldsOf(payload);
      const { sections, whenNothing } = readOptions(options, DIGEST_SECTIONS);
      const digest = await digests.compose({
        brokers: asker.brokers,
        owner: asker.userId,
        uploaders: await uploadersSeenBy(asker, people),
        language,
        sections: DIGEST_SECTIONS.filter((one) => sections === "all" || sections.includes(one)),
        moment: momentOf(time),
        at: null,
        client: null,
      });
      if (digest === null) return { skip: "empty" };
      if (digest.nothingToSay && whenNothing === "skip") return { skip: "nothing_to_say" };
      const { messages, runId, asOf } = digest;
      return { messages, record: { runId, asOf } };
    },
  };
}

/** A notice of alerts, in words for the scope that its owner has when it is sent. */
export function alertComposer(alerts: Pick<Alerts, "compose">): Composer {
  return {
    sharedBy: () => null,
    compose: ({ payload, language }, asker) => alerts.compose(payload, asker, language),
  };
}

/** A time of one's own is before or after the session, whichever it is. */
function momentOf(time: unknown): DigestMoment {
  return time === "before_open" || time === "after_close" ? time : "now";
}

function fieldsOf(payload: unknown): { readonly time?: unknown; readonly options?: unknown } {
  return typeof payload === "object" && payload !== null ? payload : {};
}
