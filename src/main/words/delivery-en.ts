import type { DELIVERY_PT } from "./delivery-pt.ts";

/** What the commands about schedules and deliveries say, in English. */
export const DELIVERY_EN: typeof DELIVERY_PT = {
  deliveries: {
    none: "Nothing was sent or planned yet.",
    noneFailed: "No delivery failed or was left without a confirmation.",
    columns: ["delivery", "due", "kind", "of whom", "channel", "state", "tries"],
    more: (limit) => `Only the ${limit} latest; see more with --limit.`,
    notFound: (id) => `There is no delivery ${id}. See those there are with \`npx carteira deliveries\`.`,
    onItsWay: (id) =>
      `The delivery ${id} is still on its way. Wait for it to end; see \`npx carteira deliveries\`.`,
    resent: (id, owner) => `New delivery ${id} to ${owner}; the service (npm start) sends it in a moment.`,
  },
  schedules: {
    theSchedule: "the schedule (see `npx carteira schedules`)",
    unknownAction: (text) =>
      `I do not know the action "${text}". Use list, pause, resume, remove or reassign.`,
    none: "Nobody has scheduled anything yet. In the chat: “digest before the open”.",
    columns: ["schedule", "kind", "of whom", "channel", "when", "time zone", "next"],
    unreadable: "unreadable",
    paused: "paused",
    noRuns: "cannot be told: B3's calendar ends before",
    notFound: (id) => `There is no schedule ${id}. See those there are with \`npx carteira schedules\`.`,
    unchanged: (id) => `The schedule ${id} is so already; nothing has changed.`,
    did: {
      pause: (id, owner) => `The schedule ${id} of ${owner} is paused.`,
      resume: (id, owner) => `The schedule ${id} of ${owner} goes on; what fell into the pause is not sent.`,
      remove: (id, owner) => `The schedule ${id} of ${owner} is removed.`,
    },
    would: {
      pause: (id, owner) => `Dry run: the schedule ${id} of ${owner} would be paused.`,
      resume: (id, owner) => `Dry run: the schedule ${id} of ${owner} would go on.`,
      remove: (id, owner) => `Dry run: the schedule ${id} of ${owner} would be removed.`,
    },
    pausedAll: (count) => (count === 1 ? "1 schedule is paused." : `${count} schedules are paused.`),
    wouldPauseAll: (count) =>
      `Dry run: ${count === 1 ? "1 schedule" : `${count} schedules`} would be paused.`,
    reassigned: (id, owner) =>
      `The schedule ${id} is now ${owner}'s, with the clients and in the messages of that person.`,
    wouldReassign: (id, from, to) => `Dry run: the schedule ${id} would go from ${from} to ${to}.`,
    taken: (owner) => `${owner} has a schedule of that kind already; remove one of them before.`,
    notInChannel: (id, channel) =>
      `"${id}" has no user in ${channel}. Link one before: npx carteira people link ${id} ${channel}:…`,
  },
};
