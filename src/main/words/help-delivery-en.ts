import type { Help } from "./help.ts";

/** The help of the commands about schedules and deliveries, in English. */
export const deliveryHelpEn = (common: string): Pick<Help, "deliveries" | "schedules"> => ({
  deliveries: `Lists what was sent without being asked for (digests, alerts, notices), the latest first,
and what became of each.

Usage: npx carteira deliveries [--failed] [--limit N] [--json]
       npx carteira deliveries --resend DELIVERY

  --failed           only what failed, or was left without the channel's confirmation
  --resend DELIVERY  sends it again, to that person only. What is "not confirmed" may have
                     arrived: look before, or the person gets it twice.
  --limit N          how many to show (default: 50)
  --json             prints a list, with instants in UTC

Examples:
  npx carteira deliveries
  npx carteira deliveries --failed
  npx carteira deliveries --resend 20261125-4b0cb600a1c2

${common}`,

  schedules: `Lists what is sent by a schedule, whose it is and its next three runs; pauses, resumes,
removes it or gives it to somebody else. In the chat all look after their own:
“digest before the open”, “pause digest”.

Usage: npx carteira schedules [list] [--json]
       npx carteira schedules pause|resume|remove SCHEDULE [--dry-run]
       npx carteira schedules pause --all [--dry-run]
       npx carteira schedules reassign SCHEDULE --to PERSON [--dry-run]

  --all        every schedule
  --to PERSON  who gets it from now on: of their own clients, in their own messages
  --dry-run    only says what would change
  --json       prints a list, with instants in UTC

Examples:
  npx carteira schedules
  npx carteira schedules pause --all --dry-run
  npx carteira schedules reassign 4b0cb600 --to ana.souza

${common}`,
});
