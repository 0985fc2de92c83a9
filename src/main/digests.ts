import type { Alerts } from "../../reports/alerts/alerts.ts";
import { createDigests, type Digests } from "../../reports/digest/digest.ts";
import { rejectedFiles } from "../../reports/digest/rejected.ts";
import type { Answers } from "../answers/answers.ts";
import type { State } from "../state/index.ts";
import type { Shell } from "./shell.ts";

interface DigestSources {
  readonly answers: Pick<Answers, "briefing">;
  readonly alerts: Pick<Alerts, "firedLately">;
  readonly state: Pick<State, "uploads">;
}

/** The digests of a book, with what its state knows of refused rows and of alerts. */
export function digestsOf(
  { answers, alerts, state }: DigestSources,
  { io, config }: Pick<Shell, "io" | "config">,
): Digests {
  return createDigests({
    answers,
    now: io.now,
    hours: config.b3Hours,
    rejected: (query) => rejectedFiles(state.uploads, query),
    alerts: alerts.firedLately,
  });
}
