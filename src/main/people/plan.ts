import { dayIn } from "../../money/day.ts";
import type { Person, PersonChange } from "../../state/index.ts";
import type { Words } from "../words/words.ts";
import type { LineIssue, PersonRow } from "./file.ts";

/** What rows come to against the people there are; nothing is to be done while there are issues. */
export interface Plan {
  readonly added: readonly PersonChange[];
  readonly changed: readonly PersonChange[];
  /** How many rows say what is known already. */
  readonly same: number;
  readonly issues: readonly LineIssue[];
}

/** Compares rows with the people there are. People whom no row names stay as they are. */
export function planOf(rows: readonly PersonRow[], known: readonly Person[], words: Words): Plan {
  const before = new Map(known.map((person) => [person.id, person]));
  const issues: LineIssue[] = [];
  const wanted = new Map<string, Wanted>();
  for (const row of rows) {
    const { id } = row.person;
    const old = before.get(id);
    if (wanted.has(id)) issues.push({ line: row.line, reason: words.people.personTwice(id) });
    else if (old !== undefined && old.removedAt !== null)
      issues.push({
        line: row.line,
        reason: words.people.wasRemoved(id, words.day(dayIn(new Date(old.removedAt)))),
      });
    else wanted.set(id, { row: withLanguage(row, old), old, links: linksOf(row, old) });
  }
  issues.push(...linkIssues([...wanted.values()], known, words));
  const different = [...wanted.values()].filter((one) => !isSame(one));
  return {
    added: different.filter(({ old }) => old === undefined).map(changeOf),
    changed: different.filter(({ old }) => old !== undefined).map(changeOf),
    same: wanted.size - different.length,
    issues: issues.sort((a, b) => a.line - b.line),
  };
}

interface Wanted {
  readonly row: PersonRow;
  readonly old: Person | undefined;
  /** All links that the person is to have. */
  readonly links: readonly string[];
}

/** An empty cell leaves a language alone that the person has chosen in a chat. */
function withLanguage(row: PersonRow, old: Person | undefined): PersonRow {
  const language = row.person.language ?? old?.language ?? null;
  return { ...row, person: { ...row.person, language } };
}

/** A channel that a row speaks of has the row's users; of another one the users stay. */
function linksOf({ slack, teams }: PersonRow, old: Person | undefined): readonly string[] {
  const kept = (channel: string): readonly string[] =>
    (old?.links ?? []).filter((link) => link.startsWith(`${channel}:`));
  return [...(slack ?? kept("slack")), ...(teams ?? kept("teams"))];
}

/** Users who would be two people. */
function linkIssues(wanted: readonly Wanted[], known: readonly Person[], words: Words): readonly LineIssue[] {
  const holders = new Map<string, string>();
  const named = new Set(wanted.map(({ row }) => row.person.id));
  for (const { id, links } of known) {
    if (!named.has(id)) for (const link of links) holders.set(link, id);
  }
  const issues: LineIssue[] = [];
  for (const { row, links } of wanted) {
    for (const link of links) {
      const holder = holders.get(link);
      if (holder !== undefined) issues.push({ line: row.line, reason: words.people.linkTaken(link, holder) });
      else holders.set(link, row.person.id);
    }
  }
  return issues;
}

function isSame({ row, old, links }: Wanted): boolean {
  const { name, role, brokers, language } = row.person;
  return (
    old !== undefined &&
    old.name === name &&
    old.role === role &&
    old.language === language &&
    sameTexts(old.brokers, brokers) &&
    sameTexts(old.links, links)
  );
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set(a).isSubsetOf(new Set(b));
}

function changeOf({ row, links }: Wanted): PersonChange {
  return { person: row.person, links: row.slack === null && row.teams === null ? null : links };
}
