import type { Upkeep } from "../../answers/answer.ts";
import type { Order } from "../order.ts";
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
  /** Settings of other rooms, after the language. */
  readonly settings: readonly SettingsSection[];
}

/** The orders about the service itself, whatever room others are of. */
export function createOrders({ answers, people, uploads, demo, settings }: OrdersDeps): readonly Order[] {
  return [
    createUploadsOrder({ uploads, people, lexicon: (brokers) => answers.lexicon(brokers), demo }),
    createUpkeepOrder(answers),
    createLanguageOrder(people),
    createSettingsOrder([languageSettings, ...settings]),
  ];
}
