import type { Language } from "../questions/question.ts";
import type { Message } from "./message.ts";
import { messageOf, penOf, textBlock } from "./page.ts";

/** Where the dashboard is; null: none is set up. */
export function presentDashboard(url: string | null, language: Language): Message {
  const { dashboard } = penOf(language).words;
  if (url === null) {
    return messageOf({ headline: dashboard.none, blocks: [textBlock(dashboard.noneHint)] }, []);
  }
  const blocks = [{ kind: "link", label: dashboard.open, url }, textBlock(dashboard.hint)] as const;
  return messageOf({ headline: dashboard.headline, blocks }, []);
}
