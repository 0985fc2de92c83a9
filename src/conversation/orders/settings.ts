import type { Asker } from "../../access/access.ts";
import type { Block, Message } from "../../messages/message.ts";
import {
  languageSection,
  presentLanguage,
  presentLanguageLocal,
  presentLanguageSet,
  presentLanguageUnknown,
  presentSettings,
} from "../../messages/settings.ts";
import type { Language } from "../../questions/question.ts";
import type { People } from "../../state/index.ts";
import type { Order } from "../order.ts";
import type { Turn } from "../taken.ts";
import { answeredIn, spoken } from "./spoken.ts";

const SETTINGS =
  /^(?:(?:minhas |as )?(configuracoes|ajustes|preferencias)|(?:my |the )?(?:settings|preferences))$/;
const LANGUAGE =
  /^(?:(?:mudar |trocar )?(?:o )?(idioma|lingua)|(?:change |set )?(?:the |my )?language)(?:(?: para| to| em| in|:)?\s+(.+))?$/;

/** Languages as people call them, in both. */
const NAMES: Readonly<Record<string, Language>> = {
  pt: "pt",
  "pt-br": "pt",
  portugues: "pt",
  "portugues do brasil": "pt",
  "portugues brasileiro": "pt",
  portuguese: "pt",
  "brazilian portuguese": "pt",
  en: "en",
  "en-us": "en",
  ingles: "en",
  english: "en",
};

/** What somebody has set, and the forms that change it; other rooms bring their own. */
export type SettingsSection = (asker: Asker, language: Language) => Promise<readonly Block[]>;

/** `configurações`: all that the asker can set, as it stands. */
export function createSettingsOrder(sections: readonly SettingsSection[]): Order {
  return {
    async take(utterance, asker) {
      const found = SETTINGS.exec(spoken(utterance.text));
      if (found === null) return null;
      const language = answeredIn(utterance, found[1] === undefined ? "en" : "pt");
      const blocks = await Promise.all(sections.map((section) => section(asker, language)));
      return turn("settings", presentSettings(blocks.flat(), language));
    },
  };
}

/** The language in the settings: of a person, with the form that changes it. */
export const languageSettings: SettingsSection = async ({ person }, language) =>
  person === undefined ? presentLanguageLocal(language).blocks : languageSection(person.language, language);

/** `idioma inglês`: the language that a person is answered in from then on, in every channel. */
export function createLanguageOrder(people: Pick<People, "setLanguage">): Order {
  return {
    async take(utterance, { person }) {
      const found = LANGUAGE.exec(spoken(utterance.text));
      if (found === null) return null;
      const language = answeredIn(utterance, found[1] === undefined ? "en" : "pt");
      const wanted = found[2];
      if (person === undefined) return turn("language", presentLanguageLocal(language), "refused");
      if (wanted === undefined) return turn("language", presentLanguage(person.language, language));
      const chosen = Object.hasOwn(NAMES, wanted) ? NAMES[wanted] : undefined;
      if (chosen === undefined) {
        return turn("language", presentLanguageUnknown(person.language, language), "clarify");
      }
      if (!(await people.setLanguage(person.id, chosen))) throw new Error("a person went while they spoke");
      return turn("language", presentLanguageSet(chosen));
    },
  };
}

function turn(intent: string, message: Message, outcome: Turn["audited"]["outcome"] = "ok"): Turn {
  return { reply: { message, answer: null }, audited: { intent, client: null, outcome } };
}
