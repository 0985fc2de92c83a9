import type { PEOPLE_PT } from "./people-pt.ts";

/** What the commands about people and the audit say, in English. */
export const PEOPLE_EN: typeof PEOPLE_PT = {
  people: {
    theAction: "the action: list, add, link, unlink, remove or import",
    unknownAction: (text) =>
      `I do not know the action "${text}". Use list, add, link, unlink, remove or import.`,
    thePerson: "the person",
    theChannelUser: "the channel's user, such as slack:T012AB3CD:U045EF6GH",
    theFile: "the file",
    badId: (text) =>
      `"${text}" cannot be a person's code: use letters without accents, digits, dots, hyphens and underscores, up to 64.`,
    reservedId: 'The code "admin" is of whoever operates this computer. Use another one.',
    badName: "The person's name is missing, or has more than 100 characters.",
    badRole: (text) => `"${text}" is not a role. It can be: broker, manager, admin.`,
    adminNeedsNoBrokers: "An admin sees everybody's clients already: leave the brokers out.",
    brokersMissing: "Say the clients of which brokers the person sees.",
    badLanguage: (text) => `"${text}" is not a language. It can be: pt, en, or nothing.`,
    badChannelUser: (text) =>
      `"${text}" is not a channel's user. Use slack:TEAM:MEMBER, such as slack:T012AB3CD:U045EF6GH, ` +
      "or teams:TENANT:OBJECT; `npx carteira people --help` says where to find them.",
    emptyFile: "the file is empty",
    tooManyLines: (most) => `the file has more than ${most} lines`,
    tooLarge: (file) => `${file} is too large for a table of people.`,
    unknownColumn: (name) =>
      `I do not know the column "${name}"; use person;name;role;brokers;language;slack;teams`,
    columnTwice: (name) => `the column "${name}" is there twice`,
    columnMissing: (name) => `the column "${name}" is missing`,
    openQuote: "a quotation mark is never closed",
    tooManyCells: "there are more cells than columns",
    personTwice: (id) => `"${id}" is in another line already`,
    wasRemoved: (id, day) => `"${id}" was removed on ${day} and stays in the audit; use another code`,
    linkTaken: (user, id) => `${user} is "${id}" already; unlink it first`,
    badLine: (line, reason) => `line ${line}: ${reason}`,
    nothingApplied: (count) =>
      `${count === 1 ? "1 line does" : `${count} lines do`} not do. Nothing was applied; mend the file and import it again.`,
    imported: (added, changed, same) => `People: ${added} new, ${changed} changed, ${same} as they were.`,
    unknownBroker: (broker) =>
      `Warning: the clients file does not have the broker "${broker}" yet; check how it is written.`,
    added: (name, id) => `${name} (${id}) is let in now.`,
    changed: (name, id) => `${name} (${id}): changed.`,
    unchanged: (id) => `"${id}" is so already; nothing changed.`,
    exists: (id, name) =>
      `"${id}" is there already: ${name}. To change it use --update; for somebody else, another code.`,
    linkNext: (id) => `Link the user of Slack or Teams: npx carteira people link ${id} slack:TEAM:MEMBER`,
    linked: (user, name) => `${user} is ${name} now.`,
    alreadyLinked: (user, name) => `${user} is ${name} already; nothing changed.`,
    nobody: (id) => `There is no person "${id}" who is let in. See who is with \`npx carteira people list\`.`,
    unlinked: (user, id) => `${user} is "${id}" no more.`,
    notLinked: (user) => `${user} is linked to nobody.`,
    removed: (id) =>
      `"${id}" is let in no more, and their links are free. What they asked stays in the audit.`,
    overtaken: "Somebody else changed the people at the same time. Nothing was applied; try again.",
    none: "Nobody is let in through the channels yet. Begin with `npx carteira people add`.",
    columns: ["person", "name", "role", "brokers", "language", "users", "state"],
    roles: { broker: "broker", manager: "manager", admin: "admin" },
    allBrokers: "all",
    active: "active",
    removedOn: (day) => `removed on ${day}`,
  },
  audit: {
    none: "Nothing in the audit.",
    columns: ["when", "who", "person", "from", "subject", "client", "outcome"],
    outcomes: {
      ok: "answered",
      clarify: "asked back",
      not_found: "not found",
      unsupported: "no answer",
      refused: "refused",
      failed: "failed",
    },
    more: (limit) => `Only the newest ${limit}; see more with --limit.`,
  },
};
