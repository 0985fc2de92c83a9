import type { Language } from "../../src/questions/question.ts";
import { type ComposeDeps, factsOf, firedRules, newest, tellingOf } from "./compose.ts";
import { alertPenOf } from "./page.ts";
import { sectionOf } from "./sections.ts";

/** Alerts of one owner that a digest tells of. */
export interface FiredQuery {
  readonly owner: string;
  /** The owner's scope at this moment: alerts about clients outside of it are left out. */
  readonly brokers: readonly string[];
  /** Only alerts about this client; null: all. */
  readonly client: string | null;
  readonly since: Date;
  readonly until: Date;
  readonly language: Language;
}

/** What fired in a stretch of time, a line for each rule, the newest first. */
export async function firedLately(
  deps: ComposeDeps,
  { owner, brokers, client, since, until, language }: FiredQuery,
): Promise<readonly { readonly at: string; readonly text: string }[]> {
  const firings = await deps.state.alerts.firedBetween(owner, since.toISOString(), until.toISOString());
  if (firings.length === 0) return [];
  const { clients } = await deps.lexicon(brokers);
  const names = new Map(clients.map(({ id, name }) => [id, name]));
  const about = firings.filter((firing) => client === null || factsOf(firing)["client"] === client);
  const telling = tellingOf(alertPenOf(language), names, new Map());
  const rules = await firedRules(deps, about, owner, names);
  return rules
    .map(({ rule, firings: own }) => ({
      at: own.reduce((last, { firedAt }) => (firedAt > last ? firedAt : last), ""),
      text: sectionOf(rule, newest(own).map(factsOf), telling).headline,
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
