import type { PersonDetails, Role } from "../../state/index.ts";
import { isLanguage, type Words } from "../words/words.ts";

/** What somebody typed of a person, on the command line or in a file. */
export interface TypedPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly brokers: readonly string[];
  /** Empty: none was set. */
  readonly language: string;
}

/** Roles as people write them, in both languages. */
const ROLES: Readonly<Record<string, Role>> = {
  corretor: "broker",
  assessor: "broker",
  broker: "broker",
  gestor: "manager",
  gerente: "manager",
  manager: "manager",
  admin: "admin",
  administrador: "admin",
};

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** The name that the machine's owner has in the audit; a person of that id would be taken for them there. */
const RESERVED_ID = "admin";
const NAME_CHARS_MAX = 100;
const CONTROL = /\p{Cc}/u;

/** Checks what was typed; a reason in the reader's words where it does not do. */
export function readPerson(
  typed: TypedPerson,
  words: Words,
): { readonly person: PersonDetails } | { readonly reason: string } {
  const say = words.people;
  const id = typed.id.trim().toLowerCase();
  if (!ID.test(id)) return { reason: say.badId(typed.id) };
  if (id === RESERVED_ID) return { reason: say.reservedId };
  const name = typed.name.trim();
  if (name === "" || name.length > NAME_CHARS_MAX || CONTROL.test(name)) return { reason: say.badName };
  const role = roleOf(typed.role);
  if (role === null) return { reason: say.badRole(typed.role) };
  const brokers = [...new Set(typed.brokers.map((one) => one.trim()).filter((one) => one !== ""))];
  if (role === "admin" && brokers.length > 0) return { reason: say.adminNeedsNoBrokers };
  if (role !== "admin" && brokers.length === 0) return { reason: say.brokersMissing };
  const language = typed.language.trim().toLowerCase();
  if (language !== "" && !isLanguage(language)) return { reason: say.badLanguage(typed.language) };
  return { person: { id, name, role, brokers, language: language === "" ? null : language } };
}

function roleOf(text: string): Role | null {
  const typed = text.trim().toLowerCase();
  return Object.hasOwn(ROLES, typed) ? (ROLES[typed] ?? null) : null;
}
