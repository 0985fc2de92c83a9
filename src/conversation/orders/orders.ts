import type { Upkeep } from "../../answers/answer.ts";
import type { Order } from "../order.ts";
import { createDashboardOrder } from "./dashboard.ts";
import { createImportOrder, type ImportOrderDeps } from "./importing.ts";
import {
  createLanguageOrder,
  createSettingsOrder,
  languageSettings,
  type SettingsSection,
} from "./settings.ts";
import { createUpkeepOrder } from "./upkeep.ts";
import { createUploadsOrder, type UploadsOrderDeps } from "./uploads.ts";

interface OrdersDeps extends Omit<UploadsOrderDeps, "lexicon" | "people"> {
  readonly answers: {
    lexicon: UploadsOrderDeps["lexicon"];
    upkeep(brokers: readonly string[]): Promise<Upkeep>;
  };
  readonly people: UploadsOrderDeps["people"] & Parameters<typeof createLanguageOrder>[0];
  readonly talks: ImportOrderDeps["talks"];
  now(): Date;
  /** Where the dashboard is; null: none is set up. */
  readonly dashboardUrl: string | null;
  /** Settings of other rooms, after the language. */
  readonly settings: readonly SettingsSection[];
}

/** The orders about the service itself, whatever room others are of. */
export function createOrders(deps: OrdersDeps): readonly Order[] {
  const { answers, people, uploads, talks, demo, now, dashboardUrl, settings } = deps;
  const lexicon: UploadsOrderDeps["lexicon"] = (brokers) => answers.lexicon(brokers);
  return [
    createImportOrder({ talks, lexicon, now }),
    createUploadsOrder({ uploads, people, lexicon, demo }),
    createUpkeepOrder(answers),
    createDashboardOrder(dashboardUrl),
    createLanguageOrder(people),
    createSettingsOrder([languageSettings, ...settings]),
  ];
}
