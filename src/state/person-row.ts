import type { Selectable } from "kysely";
import { StateError } from "./error.ts";
import type { PeopleTable } from "./tables.ts";

const ROLES = ["broker", "manager", "admin"] as const;
const LANGUAGES = ["pt", "en"] as const;

export type Role = (typeof ROLES)[number];

/** What is said of a person when they are let in. */
export interface PersonDetails {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of brokers as the clients file writes them. An admin needs none. */
  readonly brokers: readonly string[];
  /** The language that answers are in; null: that of each question. */
  readonly language: (typeof LANGUAGES)[number] | null;
}

export interface Person extends PersonDetails {
  /** Users of channels who are this person, as the channels hand them over. */
  readonly links: readonly string[];
  /** Instant, ISO in UTC. */
  readonly createdAt: string;
  /** Instant from which the person is let in no more; null: is let in. */
  readonly removedAt: string | null;
}

export function fromRow(row: Selectable<PeopleTable>, links: readonly string[]): Person {
  const role = ROLES.find((one) => one === row.role);
  const language = row.language === null ? null : LANGUAGES.find((one) => one === row.language);
  if (role === undefined || language === undefined) throw corrupt(row.id);
  return {
    id: row.id,
    name: row.name,
    role,
    brokers: brokersIn(row),
    language,
    links,
    // PostgreSQL hands a bigint over as text.
    createdAt: new Date(Number(row.created_at_ms)).toISOString(),
    removedAt: row.removed_at_ms === null ? null : new Date(Number(row.removed_at_ms)).toISOString(),
  };
}

/** Throws StateError `corrupt`: a scope that cannot be read is nobody's. */
function brokersIn({ id, brokers }: Selectable<PeopleTable>): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(brokers);
  } catch (error) {
    throw corrupt(id, error);
  }
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) throw corrupt(id);
  return value;
}

function corrupt(id: string, cause?: unknown): StateError {
  return new StateError("corrupt", `person ${id} holds what no version writes`, cause);
}
