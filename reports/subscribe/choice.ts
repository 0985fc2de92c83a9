import { DEFAULT_ZONE, type Schedule } from "../schedule/schedule.ts";

/** What somebody chose of a digest. */
export interface DigestOptions {
  /** Ids of the parts, in the menu's order; none: only what answers first. */
  readonly sections: "all" | readonly string[];
  /** What to do where there is nothing new: one line that says so, or nothing. */
  readonly whenNothing: "say" | "skip";
}

export interface DigestChoice extends DigestOptions {
  readonly schedule: Schedule;
}

export const DEFAULT_OPTIONS: DigestOptions = { sections: "all", whenNothing: "say" };

/** What is set where somebody says no more than that they want it. */
export const DEFAULT_SCHEDULE: Schedule = { zone: DEFAULT_ZONE, days: "sessions", times: ["before_open"] };

/** Options as they were kept; what is not there, or not known any more, is as it would be by default. */
export function readOptions(value: unknown, menu: readonly string[]): DigestOptions {
  if (typeof value !== "object" || value === null) return DEFAULT_OPTIONS;
  const { sections, whenNothing } = value as Readonly<Record<string, unknown>>;
  return {
    sections: Array.isArray(sections) ? menu.filter((id) => sections.includes(id)) : "all",
    whenNothing: whenNothing === "skip" ? "skip" : "say",
  };
}
