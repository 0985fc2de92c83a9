import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openDesk } from "../bots/slack/slack.testing.ts";
import { run } from "../bots/teams/fake-teams.testing.ts";
import type { Conversation } from "../src/conversation/turn.ts";
import type { ChartSpec } from "../src/messages/message.ts";
import { INTENTS, type Intent } from "../src/questions/question.ts";
import {
  amountsIn,
  CLIENTS,
  type Client,
  commandsOf,
  foreign,
  type GuardedBook,
  NOBODY,
  openGuardedBook,
  operationsOf,
  own,
  PERSON_IDS,
  type PersonId,
  TOPICS,
  type Topic,
} from "./guarded-book.testing.ts";
import { type Seat, type Stage, slackStage, teamsStage } from "./ways-in.testing.ts";

/**
 * Nobody gets anything of another broker's client out of a channel, whatever they send into it: over the channels'
 * own wires, the people table and a book of the pipeline, composed as the service composes them.
 */

/** Of each channel. Most tries are made twice, about a client who is and one who is not: well over a thousand in all. */
const ROUNDS = 5;
const TRIES_PER_ROUND = 100;
/** Files are taken one after another, and what is shown last is what became of them. */
const FILE_WAYS = /file with rows|chosen client|told/;
/** What nothing listens to: there is to be no answer, and nothing in one. */
const SILENT_WAYS = /another's button|values of a view|options of a select|unknown verb|task|extension/;
/** Tried less often, for they take longer. */
const SLOW_WAYS = /file with rows|chosen client|told|opened home/;

let guarded: GuardedBook;
beforeAll(async () => {
  guarded = await openGuardedBook();
});
afterAll(() => guarded.close());

interface Try {
  readonly person: PersonId;
  readonly way: string;
  readonly topic: Topic;
  /** Picks the client, the command and the file among those there are. */
  readonly pick: number;
  readonly by: "id" | "name" | "asset" | "upload";
  /** Says beside the sender's id that it is another's. */
  readonly lies: boolean;
  /** A client of one's own: then something is to be shown. */
  readonly mine: boolean;
  /** Words that name nobody, where the intent has such. */
  readonly bare: boolean;
}

/** Every way and every topic once a round, everybody about a client of their own, and beyond that as it comes. */
function tries(ways: readonly string[]): fc.Arbitrary<readonly Try[]> {
  const quick = ways.filter((name) => !SLOW_WAYS.test(name));
  const rarely = fc.integer({ min: 1, max: 9 }).map((roll) => roll === 1);
  const one = (place: number): fc.Arbitrary<Try> => {
    const [way, topic] = [ways[place], TOPICS[place]];
    return fc.record({
      person: fc.constantFrom(...PERSON_IDS),
      way: way === undefined ? fc.constantFrom(...quick) : fc.constant(way),
      topic: topic === undefined ? fc.constantFrom(...TOPICS) : fc.constant(topic),
      pick: fc.nat(1_000),
      by: fc.constantFrom("id" as const, "id" as const, "name" as const, "asset" as const, "upload" as const),
      lies: fc.boolean(),
      mine: rarely,
      bare: rarely,
    });
  };
  const plain = { way: ways[0] ?? "", topic: "portfolio", by: "id", lies: false, bare: false } as const;
  const theirs = PERSON_IDS.map((person) =>
    fc.nat(1_000).map((pick): Try => ({ ...plain, person, pick, mine: true })),
  );
  const others = Array.from({ length: TRIES_PER_ROUND - theirs.length }, (_, place) => one(place));
  return fc.tuple(...others, ...theirs);
}

/** What there is of others for a payload to name, and what there is not. */
interface Bait {
  of(client: Client, way: string): string;
  readonly none: string;
  impostor(client: Client): string;
}

const picked = <T>(list: readonly T[], pick: number): T => {
  const found = list[pick % list.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

/**
 * Answers that tell of what the person has set or sent, which another try of the same moment may have changed: two of them are not
 * held against each other, only looked through.
 */
const OF_ONES_OWN: ReadonlySet<Topic> = new Set([
  "alert_list",
  "alert_delete",
  "alert_snooze",
  "digest",
  "digest_schedule",
  "settings",
  "uploads",
]);

/** Ways by which nothing goes in but the text. */
const TEXT_WAYS = /^(?!.*another).*(?:command|message|mention|button|home|Submit|form)/;

const ownerOf = ({ broker }: Client): PersonId =>
  broker === "corretor1" ? "um" : broker === "corretor2" ? "dois" : "tres";

const NO_UPLOAD = "20260331-00000000";

/** The same try about two clients: one of another broker's, and one who does not exist. */
function seatsOf(
  one: Try,
  key: string,
  bait: Bait,
): { readonly about: Client; readonly seats: readonly Seat[] } {
  const mine = own(one.person);
  const about = picked(one.mine && mine.length > 0 ? mine : foreign(one.person), one.pick);
  const seat = (client: Client, suffix: string): Seat => {
    const upload = client === NOBODY ? NO_UPLOAD : guarded.upload;
    const asset = one.by === "asset" ? client.asset : "PETR4";
    const named = one.by === "name" ? client.name : client.id;
    const commands = commandsOf(one.topic, named, asset);
    const naming = commands.filter((text) => text.includes(named) || text.includes(client.asset));
    const words = one.bare || naming.length === 0 ? commands : naming;
    const text = one.by === "upload" ? `desfazer ${upload}` : picked(words, one.pick);
    return {
      key: `${key}${suffix}`,
      text,
      id: client.id,
      rows: operationsOf({ ...client, asset: "PETR4" }, 100),
      foreign: client === NOBODY ? bait.none : bait.of(client, one.way),
      impostor: one.lies ? bait.impostor(about) : null,
    };
  };
  const [first, second] = [seat(about, "A"), seat(NOBODY, "B")];
  // Where nothing names the client there is nothing to compare.
  const same =
    own(one.person).includes(about) ||
    (TEXT_WAYS.test(one.way) && first.text === second.text) ||
    one.way === "opened home" ||
    OF_ONES_OWN.has(one.topic);
  return { about, seats: same ? [first] : [first, second] };
}

/** All texts in something that was sent, pictures as what they draw. */
function textsOf(value: unknown): string {
  if (typeof value === "string") {
    const [, picture] = /^data:image\/png;base64,(.*)$/.exec(value) ?? [];
    return picture === undefined ? value : Buffer.from(picture, "base64").toString();
  }
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).map(textsOf).join("\n");
}

interface Secrets {
  readonly words: readonly string[];
  readonly amounts: ReadonlySet<string>;
}

/** What tells of these clients, without what tells of others as well. */
function secretsOf(hidden: readonly Client[]): Secrets {
  const shown = CLIENTS.filter((client) => !hidden.includes(client));
  const amounts = (clients: readonly Client[]) =>
    new Set(clients.flatMap((client) => [...(guarded.amounts.get(client) ?? [])]));
  return {
    words: hidden.flatMap(({ id, name }) => [id, ...name.split(" ")]).map((word) => word.toLowerCase()),
    amounts: amounts(hidden).difference(amounts(shown)),
  };
}

/** The secrets that are in a text, but for what the asker typed. */
function leaksIn(text: string, { words, amounts }: Secrets, typed = ""): readonly string[] {
  const [low, said] = [text.toLowerCase(), typed.toLowerCase()];
  return [
    ...words.filter((word) => low.includes(word) && !said.includes(word)),
    ...amountsIn(text).filter((amount) => amounts.has(amount) && !typed.includes(amount)),
  ];
}

/** What was typed, and what is made by chance for each answer, under one name. */
function comparable(texts: string, seat: Seat, client: Client): string {
  const { id, name, asset } = client;
  const upload = client === NOBODY ? NO_UPLOAD : guarded.upload;
  return [seat.foreign, upload, id, name, asset, seat.key]
    .reduce<string>((text, word) => text.replaceAll(new RegExp(word ?? "^$", "gi"), "<it>"), texts)
    .replace(/\b\d{8}-[0-9a-f]{8}\b/g, "<upload>")
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, "<held>")
    .replace(/\b[0-9a-f]{8}\b/g, "<ref>")
    .replace(/\bFUP\d+|\b1[67]\d{8}\.\d{6}/g, "<slack>");
}

interface Tried {
  readonly ways: Set<string>;
  /** The ways that were answered by something. */
  readonly answered: Set<string>;
  readonly topics: Set<Topic>;
  readonly persons: Set<string>;
  readonly shown: Set<PersonId>;
  count: number;
}

async function holds(stage: Stage, bait: Bait): Promise<Tried> {
  const tried: Tried = {
    ways: new Set(),
    answered: new Set(),
    topics: new Set(),
    persons: new Set(),
    shown: new Set(),
    count: 0,
  };
  let keys = 0;
  const round = async (made: readonly Try[]) => {
    const sat = made.map((one) => {
      keys += 1;
      return { one, ...seatsOf(one, `X${keys}`, bait) };
    });
    await guarded.link(
      sat.flatMap(({ one, seats }) => seats.map(({ key }) => ({ who: stage.who(key), person: one.person }))),
    );
    await Promise.all(sat.flatMap(({ one, seats }) => seats.map((seat) => stage.ways[one.way]?.(seat))));
    await stage.still();
    const audited = await guarded.book.state.audit.latest(3 * TRIES_PER_ROUND + 50);
    for (const { one, about, seats } of sat) {
      const secrets = secretsOf(foreign(one.person));
      const outcomes = seats.map((seat) => {
        const rows = audited.filter(({ who }) => who === stage.who(seat.key));
        const out = stage.outOf(seat.key);
        const typed = [seat.text, seat.id, ...seat.rows].join("\n");
        expect({ one, seat, leaks: leaksIn(textsOf([out, rows]), secrets, typed) }).toMatchObject({
          leaks: [],
        });
        const said = FILE_WAYS.test(one.way) ? out.slice(-1) : out;
        const audit = rows.map(({ intent, client, outcome }) => ({ intent, client, outcome }));
        return { said, audit };
      });
      tried.count += seats.length;
      tried.persons.add(one.person);
      tried.ways.add(one.way);
      if (outcomes.some(({ said }) => said.length > 0)) tried.answered.add(one.way);
      tried.topics.add(one.topic);
      const [forbidden, unknown] = outcomes.map((outcome, index) => {
        const seat = seats[index];
        if (seat === undefined) throw new Error("a seat is missing");
        return comparable(textsOf(outcome), seat, index === 0 ? about : NOBODY);
      });
      if (unknown !== undefined) expect({ one, said: forbidden }).toEqual({ one, said: unknown });
      else if (
        own(one.person).includes(about) &&
        leaksIn(textsOf(outcomes[0]?.said), secretsOf([about])).length > 1
      )
        tried.shown.add(one.person);
    }
  };
  await fc.assert(fc.asyncProperty(tries(Object.keys(stage.ways)), round), {
    seed: 20_260_331,
    numRuns: ROUNDS,
    endOnFailure: true,
  });
  await stage.over();
  // Whoever it was sent to, and also what was sent nowhere in particular.
  expect(leaksIn(guarded.logged.join("\n"), secretsOf(CLIENTS))).toEqual([]);
  return tried;
}

/** A try that reached nothing would hold as well: every way was taken, and everybody shown their own. */
function expectTried(tried: Tried, stage: Stage): void {
  expect([...tried.ways].sort()).toEqual(Object.keys(stage.ways).sort());
  const loud = Object.keys(stage.ways).filter((way) => !SILENT_WAYS.test(way));
  expect(loud.filter((way) => !tried.answered.has(way))).toEqual([]);
  expect([...tried.topics].sort()).toEqual([...TOPICS].sort());
  expect([...tried.persons].sort()).toEqual([...PERSON_IDS].sort());
  expect([...tried.shown].sort()).toEqual(PERSON_IDS.filter((id) => own(id).length > 0).sort());
  expect(tried.count).toBeGreaterThan(600);
}

/** The conversation, and how many turns of it are under way. */
function watched(conversation: Conversation) {
  let busy = 0;
  const during = async <T>(work: Promise<T>): Promise<T> => {
    busy += 1;
    try {
      return await work;
    } finally {
      busy -= 1;
    }
  };
  const wrapped: Conversation = {
    say: (utterance) => during(conversation.say(utterance)),
    drop: (file, onProgress) => during(conversation.drop(file, onProgress)),
  };
  return { conversation: wrapped, busy: () => busy };
}

/** A picture is what it draws: its labels and figures are looked through like words. */
const draw = async (spec: ChartSpec) => Buffer.from(JSON.stringify(spec));

describe("nothing of another broker's client comes", { timeout: 120_000 }, () => {
  it("out of Slack, whatever is sent into it", async () => {
    const { conversation, busy } = watched(guarded.book.conversation);
    const desk = await openDesk({
      wrap: () => conversation,
      deps: { draw, claim: (id) => guarded.book.state.events.claim(id) },
      settings: { paceMs: 0 },
    });
    onTestFinished(() => desk.close());
    desk.slack.knowPicturesAtOnce();
    const stage = slackStage(desk, busy);
    for (const client of CLIENTS)
      desk.slack.hold({
        id: `FOTHER${client.id.slice(-3)}`,
        name: "operacoes.csv",
        body: operationsOf(client, 4_321).join("\n").concat(`\n${client.name};;;;;;;;\n`),
        user: "UOTHER",
        channel: "DOTHER",
      });
    const tried = await holds(stage, {
      of: ({ id }) => `FOTHER${id.slice(-3)}`,
      none: "FNONE",
      impostor: (client) => `U${ownerOf(client).toUpperCase()}`,
    });
    expectTried(tried, stage);
    expect(leaksIn(JSON.stringify(desk.logged), secretsOf(CLIENTS))).toEqual([]);
    expect(desk.slack.problems).toEqual([]);
  });

  it("out of Teams, whatever is sent into it", async () => {
    const { conversation, busy } = watched(guarded.book.conversation);
    const running = await run(conversation, { draw });
    const stage = teamsStage(running, busy);
    const held = new Map<PersonId, Awaited<ReturnType<typeof stage.held>>>();
    for (const owner of ["um", "dois", "tres"] as const) {
      const key = `OTHER${owner}`;
      await guarded.link([{ who: stage.who(key), person: owner }]);
      const [header = "", ...rows] = own(owner).flatMap((client) => operationsOf(client, 4_321));
      const wrong = rows.map((row) => row.replace(";PETR4;", ";;").concat(own(owner)[0]?.name ?? ""));
      held.set(owner, await stage.held(key, [header, ...wrong]));
    }
    const tried = await holds(stage, {
      of(client, way) {
        const ids = held.get(ownerOf(client));
        return (way.startsWith("choice") ? ids?.choice : ids?.offer) ?? "missing";
      },
      none: "00000000-0000-4000-8000-000000000000",
      impostor: (client) => `29:${ownerOf(client)}`,
    });
    expectTried(tried, stage);
    expect(leaksIn(JSON.stringify(running.logged), secretsOf(CLIENTS))).toEqual([]);
  });

  it("of any intent: a new one has words here, or this fails", async () => {
    const { conversation } = guarded.book;
    const read = async (intent: Intent): Promise<boolean> => {
      for (const [index, text] of commandsOf(intent, "cliente101", "ISOA3").entries()) {
        const [eventId, place] = [`words:${intent}:${index}`, `slack:T0:D${intent}${index}`];
        const reply = await conversation.say({ eventId, who: "slack:T0:UUM", place, text });
        // What is told rather than asked has no answer of its kind, only a message.
        const told = reply !== null && reply.answer === null && reply.failure === undefined;
        if (told || reply?.answer?.question.intent === intent) return true;
      }
      return false;
    };
    const unread: Intent[] = [];
    for (const intent of INTENTS) if (!(await read(intent))) unread.push(intent);
    expect(unread).toEqual([]);
  });
});
