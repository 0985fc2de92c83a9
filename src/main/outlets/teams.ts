import type { Teams } from "../../../bots/teams/teams.ts";
import type { Outlet } from "../../../reports/delivery/ports.ts";
import { asOutlet } from "./outlet-error.ts";

/** Deliveries to the personal chats of Teams, a card for each message. Teams lets a bot read nothing, so what is lost cannot be looked for. */
export function teamsOutlet(teams: Pick<Teams, "tell">): Outlet {
  return {
    async send({ who }, { message, attachments }, { language }) {
      return { remoteId: await asOutlet(() => teams.tell(who, { message, language, attachments })) };
    },
    reconcile: async () => ({ outcome: "cannot" }),
  };
}
