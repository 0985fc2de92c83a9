import type { Language } from "../questions/question.ts";
import type { Block, FormBlock, Message } from "./message.ts";
import { messageOf, penOf, textBlock } from "./page.ts";

const LANGUAGES = ["pt", "en"] as const satisfies readonly Language[];

/** The settings of a person as blocks of several sections, each with the form that changes it. */
export function presentSettings(blocks: readonly Block[], language: Language): Message {
  return messageOf({ headline: penOf(language).words.settings.headline, blocks }, []);
}

/** The language that a person is answered in, and the form that changes it; null where it is that of each question. */
export function languageSection(current: Language | null, language: Language): readonly Block[] {
  const { settings } = penOf(language).words;
  const now = current === null ? settings.ofQuestion : settings.languages[current];
  return [
    { kind: "fields", fields: [{ label: settings.language, value: { text: now } }] },
    languageForm(current ?? language, language),
  ];
}

/** The language and how to change it. */
export function presentLanguage(current: Language | null, language: Language): Message {
  const { settings } = penOf(language).words;
  const now = current === null ? settings.ofQuestion : settings.languages[current];
  return messageOf(
    {
      headline: settings.languageNow(now.toLowerCase()),
      blocks: [languageForm(current ?? language, language)],
    },
    [],
  );
}

/** It is changed, which is said in the new one. */
export function presentLanguageSet(chosen: Language): Message {
  return messageOf({ headline: penOf(chosen).words.settings.languageSet, blocks: [] }, []);
}

export function presentLanguageUnknown(current: Language | null, language: Language): Message {
  const { settings } = penOf(language).words;
  return messageOf(
    {
      headline: settings.languageUnknown,
      tone: "warning",
      blocks: [languageForm(current ?? language, language)],
    },
    [],
  );
}

/** Whoever speaks on this machine itself is no person of whom a language is kept. */
export function presentLanguageLocal(language: Language): Message {
  const { settings } = penOf(language).words;
  return messageOf({ headline: settings.languageLocal, blocks: [textBlock(settings.languageLocalHint)] }, []);
}

function languageForm(current: Language, language: Language): FormBlock {
  const { settings } = penOf(language).words;
  const { languageForm: say } = settings;
  return {
    kind: "form",
    open: { label: say.open, command: settings.languageCommand },
    title: say.title,
    fields: [
      {
        id: "language",
        label: say.field,
        kind: "choice",
        options: LANGUAGES.map((one) => ({ label: settings.languages[one], value: say.values[one] })),
        value: say.values[current],
      },
    ],
    submit: { label: say.submit, command: say.command("{language}") },
  };
}
