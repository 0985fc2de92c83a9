import { DEFAULT_ZONE, isPreset, type Schedule, WEEKDAYS, type Weekday } from "../schedule/schedule.ts";
import type { DigestChoice, DigestOptions } from "./choice.ts";
import { subscribeWords } from "./words.ts";

/** Digest orders in words: what the form says for whoever fills it in, and what a typed order is repeated as. */

type Language = "pt" | "en";

/** The order that sets exactly this. `readDigestOrder` understands it. */
export function digestCommand(choice: DigestChoice, language: Language): string {
  const { schedule } = choice;
  const parts = [
    subscribeWords(language).noun,
    timesPhrase(schedule.times, language),
    daysPhrase(schedule.days, language),
    zonePhrase(schedule.zone),
    sectionsPhrase(choice.sections, language),
    nothingPhrase(choice.whenNothing, language),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** `antes do pregão e às 18:30`. */
export function timesPhrase(times: Schedule["times"], language: Language): string {
  const { presets, at, and } = subscribeWords(language);
  return times.map((time) => (isPreset(time) ? presets[time] : at(time))).join(and);
}

/** `nos pregões`, `todos os dias`, `seg, qua`. */
export function daysPhrase(days: Schedule["days"], language: Language): string {
  const words = subscribeWords(language);
  if (days === "sessions") return words.sessions;
  if (days.length === WEEKDAYS.length) return words.everyDay;
  if (days.join() === WEEKDAYS.slice(1, 6).join()) return words.weekdays;
  return days.map((day: Weekday) => words.days[day]).join(", ");
}

/** Nothing where it is Brazil's. */
export function zonePhrase(zone: string): string {
  return zone === DEFAULT_ZONE ? "" : zone;
}

export function sectionsPhrase(sections: DigestOptions["sections"], language: Language): string {
  const words = subscribeWords(language);
  if (sections === "all") return words.everything;
  if (sections.length === 0) return words.headlineOnly;
  return `${words.with} ${sections.map(words.section).join(", ")}`;
}

export function nothingPhrase(whenNothing: DigestOptions["whenNothing"], language: Language): string {
  const words = subscribeWords(language);
  return whenNothing === "say" ? words.evenIfNothing : words.onlyIfSomething;
}

/** When it comes, as a sentence goes on: `antes do pregão, nos pregões`. */
export function choicePhrase({ schedule }: DigestChoice, language: Language): string {
  const zone = zonePhrase(schedule.zone);
  const when = `${timesPhrase(schedule.times, language)}, ${daysPhrase(schedule.days, language)}`;
  return zone === "" ? when : `${when} (${zone})`;
}
