import { ADMIN_USER } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import type { State } from "../../state/index.ts";

/** The place of such a line; the person whose access was changed follows. */
export const TRAIL_PLACE = "cli:people:";

/** Writes into the audit whose access was changed by whoever owns this machine. */
export async function leaveTrail(
  state: Pick<State, "audit">,
  action: "add" | "update" | "link" | "unlink" | "remove",
  id: string,
): Promise<void> {
  await createAuditWriter(state.audit)({
    who: ADMIN_USER,
    place: `${TRAIL_PLACE}${id}`,
    intent: `people_${action}`,
    client: null,
    outcome: "ok",
  });
}
