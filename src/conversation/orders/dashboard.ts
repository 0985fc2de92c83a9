import { presentDashboard } from "../../messages/dashboard.ts";
import type { Order } from "../order.ts";
import { answeredIn, spoken } from "./spoken.ts";

const DASHBOARD =
  /^(?:(?:abrir |abre |ver |mostrar |link do )?(?:o |meu )?(painel|quicksight)(?: de clientes)?|(?:open |show )?(?:the |my )?dashboard)$/;

/** `painel`: the link to the dashboard over the batch layer, which asks for a sign-in of its own. */
export function createDashboardOrder(url: string | null): Order {
  return {
    async take(utterance) {
      const found = DASHBOARD.exec(spoken(utterance.text));
      if (found === null) return null;
      const language = answeredIn(utterance, found[1] === undefined ? "en" : "pt");
      return {
        reply: { message: presentDashboard(url, language), answer: null },
        audited: { intent: "dashboard", client: null, outcome: url === null ? "refused" : "ok" },
      };
    },
  };
}
