import { type Outlet, OutletError } from "../../../reports/delivery/ports.ts";
import type { Inbox } from "../../state/index.ts";

/** Deliveries to the local chat: putting one into the inbox is having delivered it, and doing so again changes nothing. */
export function consoleOutlet(inbox: Pick<Inbox, "put" | "has">): Outlet {
  return {
    async send({ who }, { message, part, attachments }, { key }) {
      if (attachments.length > 0) throw new OutletError({ code: "refused", reason: "no_files_here" });
      const id = `${key}#${part}`;
      await inbox.put({ id, who, message });
      return { remoteId: id };
    },
    async reconcile(_target, key, part) {
      const id = `${key}#${part}`;
      return (await inbox.has(id)) ? { outcome: "found", remoteId: id } : { outcome: "absent" };
    },
  };
}
