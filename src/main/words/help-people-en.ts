import type { Help } from "./help.ts";

/** The help of the commands about people and the audit, in English. */
export const peopleHelpEn = (common: string): Pick<Help, "people" | "audit"> => ({
  people: `Says who may ask through Slack and Teams, and about whose clients. Nobody is let in
who is not here.

Usage: npx carteira people add PERSON --name NAME --role ROLE [--broker BROKER]…
                               [--lang pt|en] [--update]
       npx carteira people list [--json]
       npx carteira people link PERSON USER
       npx carteira people unlink USER
       npx carteira people remove PERSON
       npx carteira people import FILE.csv

  PERSON           a code of your choice, such as ana.souza
  --role ROLE      broker (one code or more), manager (the brokers of a team) or admin
                   (all clients; loads clients, instruments and prices)
  --broker BROKER  as in the corretor column of the clients file; can be repeated
  --lang pt|en     the language this person is answered in; without it, the question's
  --update         replaces what is there of a person
  USER             slack:TEAM:MEMBER or teams:TENANT:OBJECT

Where to find the user:
  Slack   MEMBER: in the person's profile, ⋮ > "Copy member ID" (U045EF6GH).
          TEAM: open Slack in a browser; it is the T… of the address
          app.slack.com/client/T012AB3CD/…
  Teams   in the Microsoft Entra admin center: TENANT is the "Tenant ID" of the
          overview; OBJECT is the user's "Object ID".
  Who tried and was not let in is in npx carteira audit with their user.

The file to import: person;name;role;brokers;language;slack;teams, with several brokers
or users separated by |. A cell of slack or teams that is filled stands for all links of
the person in that channel; a blank one leaves those there are. Who is not in the file
stays as they are. With one bad line nothing is applied.

Who is removed is let in no more from that moment, and stays in the audit.

Examples:
  npx carteira people add ana.souza --name "Ana Souza" --role broker --broker corretor1
  npx carteira people link ana.souza slack:T012AB3CD:U045EF6GH
  npx carteira people add rui --name "Rui Lima" --role manager --broker corretor1 --broker corretor2
  npx carteira people import people.csv
  npx carteira people remove ana.souza

${common}`,

  audit: `Shows who asked what, about which client, when and from where, the newest first.
It holds no amounts, and no text of questions or answers.

Usage: npx carteira audit [--who WHO] [--client ID] [--since DAY] [--limit N] [--json]

  --who WHO     a person, a channel's user, a broker or admin
  --client ID   only about this client
  --since DAY   since the beginning of that day, in Brasília time
  --limit N     how many to show (default: 50)
  --json        prints a list, with instants in UTC and the place of the talk

Examples:
  npx carteira audit
  npx carteira audit --who ana.souza --since 2026-11-01
  npx carteira audit --client cliente123 --json

${common}`,
});
