import { randomUUID } from "node:crypto";
import type { Asker } from "../../src/access/access.ts";
import type { Watch } from "../../src/answers/watch.ts";
import type { AlertRule, AlertState, State, StateChange } from "../../src/state/index.ts";
import { isUrgent, type Observation, observe, SEEN_ONLY_BEYOND } from "./observe.ts";
import { type Rule, ruleOf } from "./rule.ts";
import { over, type Standing, standingOf, step } from "./step.ts";
import { type Announced, OwnerScope, readWatched, type Watched } from "./watched.ts";

export interface LookDeps {
  readonly state: Pick<State, "alertRules" | "alerts">;
  /** The data of these brokers' clients, now. */
  watch(brokers: readonly string[]): Promise<Watch>;
  /** Who an owner is at this moment; null where they may see nothing any more. */
  again(owner: string): Promise<Asker | null>;
  /** Income that the ledger of corporate actions tells of. */
  announced(): Promise<readonly Announced[]>;
}

export interface Looked {
  /** Rules that were judged, and what fired. */
  readonly rules: number;
  readonly fired: number;
}

/** A rule of somebody who may see something, with that scope. */
interface Judged {
  readonly row: AlertRule;
  readonly rule: Rule;
  readonly asker: Asker;
}

/** Judges every rule by the prices and books of this moment, and records what fires: of several services at once each firing is one. */
export async function lookForAlerts(deps: LookDeps, now: Date): Promise<Looked> {
  const judged = await rulesOf(deps);
  if (judged.length === 0) return { rules: 0, fired: 0 };
  const brokers = [...new Set(judged.flatMap(({ asker }) => asker.brokers))];
  const watch = await published(deps.watch(brokers));
  if (watch === null) return { rules: 0, fired: 0 };
  // Before anything is looked at, so that a step that another service takes meanwhile is not taken twice.
  const states = Map.groupBy(await deps.state.alerts.states(), ({ ruleId }) => ruleId);
  const watched = await readWatched(
    watch,
    judged.map(({ rule }) => rule),
    deps.announced,
  );
  const scopes = new Map<string, OwnerScope>();
  const changes = judged.flatMap((one) => {
    const { owner, id } = one.row;
    const scope = scopes.get(owner) ?? new OwnerScope(one.asker, watched);
    scopes.set(owner, scope);
    return changesOf(one, scope, { watched, states: states.get(id) ?? [], now });
  });
  return { rules: judged.length, fired: await deps.state.alerts.advance(changes) };
}

async function rulesOf({ state, again }: LookDeps): Promise<readonly Judged[]> {
  const rows = await state.alertRules.list();
  const owners = new Map<string, Asker | null>();
  for (const { owner } of rows) if (!owners.has(owner)) owners.set(owner, await again(owner));
  return rows.flatMap((row) => {
    const asker = owners.get(row.owner) ?? null;
    const rule = ruleOf(row.definition);
    return asker === null || rule === null ? [] : [{ row, rule, asker }];
  });
}

/** Null before anything is published: there is nothing to judge by. */
async function published(watch: Promise<Watch>): Promise<Watch | null> {
  try {
    return await watch;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "not_ready") return null;
    throw error;
  }
}

interface Moment {
  readonly watched: Watched;
  readonly states: readonly AlertState[];
  readonly now: Date;
}

function changesOf({ row, rule }: Judged, scope: OwnerScope, moment: Moment): readonly StateChange[] {
  const { watched, states, now } = moment;
  const at = now.toISOString();
  const known = new Map(states.map((state) => [state.subject, state]));
  const seen = new Set<string>();
  const changes: StateChange[] = [];
  for (const observation of observe(rule, scope, watched)) {
    const { subject } = observation;
    seen.add(subject);
    const before = known.get(subject);
    const taken = step(before === undefined ? null : standingOf(before.value), observation, at);
    if (taken === null) continue;
    const firing = taken.fires
      ? {
          id: randomUUID(),
          ruleId: row.id,
          owner: row.owner,
          subject,
          firedAt: at,
          urgent: isUrgent(rule, observation),
          payload: factsOf(observation, taken.standing, taken.doubled),
        }
      : null;
    changes.push({ ruleId: row.id, subject, before: before?.version ?? null, value: taken.standing, firing });
  }
  if (SEEN_ONLY_BEYOND.has(rule.kind)) {
    for (const { subject, version, value } of states.filter((one) => !seen.has(one.subject))) {
      const standing = standingOf(value);
      const taken = standing === null ? null : over(standing);
      if (taken === null) continue;
      changes.push({ ruleId: row.id, subject, before: version, value: taken.standing, firing: null });
    }
  }
  return changes;
}

function factsOf(observation: Observation, { since }: Standing, doubled: boolean) {
  return { ...observation.facts(), since, ...(doubled ? { doubled: "yes" } : {}) };
}
