export const COMMAND_NAMES = [
  "ask",
  "ingest",
  "uploads",
  "undo",
  "rejected",
  "explain",
  "statement",
  "findings",
  "refresh",
  "init",
  "actions",
  "serve",
  "demo",
  "doctor",
  "calendar",
  "instruments",
  "people",
  "digest",
  "audit",
  "schedules",
  "deliveries",
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
export type Help = Readonly<Record<CommandName | "all", string>>;

export function isCommandName(text: string): text is CommandName {
  return COMMAND_NAMES.some((name) => name === text);
}
