import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccess } from "../access/access.ts";
import { createAuditWriter } from "../access/audit.ts";
import { type OpenBook, openTestBook, questionOf } from "../answers/book.testing.ts";
import { instrument, LAST_SESSION, quote, session, span } from "../answers/rows.testing.ts";
import { INTENTS } from "../questions/question.ts";
import { openState, type PersonDetails, type State } from "../state/index.ts";
import { createConversation } from "./conversation.ts";
import type { Conversation } from "./turn.ts";

/** Who is let in through a channel, over the real people table, and what they are then shown. */

const BROKERS = ["corretor1", "corretor2", "corretor3"];
/** Only a client's name says whose it is: an id may be repeated to whoever asked by it. */
const nameOf = (broker: string): string => `Segredo de ${broker}`;
const clientOf = (broker: string): string => `cliente${broker.slice(-1)}00`;

let folder: string;
let book: OpenBook;
let state: State;
let conversation: Conversation;
let events = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "asked-by-people-"));
  state = await openState(join(folder, "state.db"));
  const clients = BROKERS.map((broker) => ({
    client_id: clientOf(broker),
    name: nameOf(broker),
    broker_id: broker,
    base_currency: "BRL",
  }));
  const spans = BROKERS.map((broker) =>
    span(clientOf(broker), "PETR4", { quantity: "100", cost: "1000", currency: "BRL" }),
  );
  book = await openTestBook({
    clients,
    instruments: [instrument("PETR4", "acao")],
    positions: spans,
    position_spans: spans,
    client_summary: BROKERS.map((broker) => ({
      client_id: clientOf(broker),
      first_date: LAST_SESSION,
      as_of: LAST_SESSION,
      value: "1",
      twr_index: "1.1",
      p_12m_index: "1",
    })),
    portfolio_daily: BROKERS.map((broker) => session(clientOf(broker), LAST_SESSION, "1", "1.1")),
    quotes_latest: [quote("PETR4", "30", "29")],
  });
  const unused = async (): Promise<never> => {
    throw new Error("no files here");
  };
  conversation = createConversation({
    answers: book.answers,
    uploads: { take: unused, undo: async () => "not_found" },
    orders: [],
    events: state.events,
    talks: state.talks,
    audit: createAuditWriter(state.audit),
    identify: access().identify,
    whomToAsk: async () => [],
    limits: { admit: () => "go" },
    demo: async () => false,
    dayOf: () => LAST_SESSION,
    logger: { error: (event, fields) => expect.unreachable(`${event} ${JSON.stringify(fields)}`) },
    now: () => new Date(`${LAST_SESSION}T22:00:00Z`),
  });
});

afterAll(async () => {
  await state.close();
  await book.close();
  await rm(folder, { recursive: true });
});

const access = () => createAccess({ brokers: () => book.answers.brokers() }, state.people);

async function ask(who: string, text: string, place = `slack:${who}`): Promise<string> {
  events += 1;
  const reply = await conversation.say({ eventId: `e${events}`, who, place, text });
  return JSON.stringify(reply);
}

const QUESTIONS = [
  ...BROKERS.map((broker) => `/carteira ${clientOf(broker)}`),
  ...BROKERS.map(
    (broker) => `quanto ${nameOf(broker).replace("Segredo de ", "o cliente de ")} rendeu no ano?`,
  ),
  "quem são meus maiores clientes?",
  "quem tem PETR4?",
  "qual é o patrimônio total?",
  "lista de clientes",
  "e no mês?",
  "desfazer up1",
];

describe("people of a channel", () => {
  it("are shown their own brokers' clients and nothing of another's, whatever changes and whatever they ask", {
    timeout: 120_000,
  }, async () => {
    const scopes = fc.record({
      role: fc.constantFrom("broker" as const, "manager" as const, "admin" as const),
      brokers: fc.subarray(BROKERS, { minLength: 1 }),
      fate: fc.constantFrom("stays" as const, "is unlinked" as const, "is removed" as const),
    });
    const shown = new Set<string>();
    let people = 0;
    await fc.assert(
      fc.asyncProperty(
        scopes,
        fc.subarray(QUESTIONS, { minLength: 3 }),
        async ({ role, brokers, fate }, asked) => {
          people += 1;
          // The id is that of a broker whom the person may or may not see: that must give them nothing.
          const person: PersonDetails = {
            id: `corretor${people}`,
            name: "Ana",
            role,
            brokers: role === "admin" ? [] : brokers,
            language: null,
          };
          const who = `slack:T1:U${people}`;
          await state.people.save([{ person, links: [who] }]);
          if (fate === "is unlinked") await state.people.unlink(who);
          if (fate === "is removed") await state.people.remove(person.id);
          const allowed = fate !== "stays" ? [] : role === "admin" ? BROKERS : brokers;

          const asker = await access().identify(who, undefined);
          expect(asker?.brokers ?? []).toEqual(allowed);
          for (const text of asked) {
            const said = await ask(who, text);
            for (const broker of BROKERS) {
              if (allowed.includes(broker)) {
                if (said.includes(nameOf(broker))) shown.add(broker);
              } else expect(said).not.toContain(nameOf(broker));
            }
          }
          for (const intent of INTENTS) {
            for (const client of BROKERS.map(clientOf)) {
              const question = questionOf({ intent, client, asset: "PETR4" });
              const answer = await book.answers.answer(question, asker?.brokers ?? [], null);
              const said = JSON.stringify(answer);
              for (const broker of BROKERS.filter((one) => !allowed.includes(one)))
                expect(said).not.toContain(nameOf(broker));
            }
          }
        },
      ),
      { numRuns: 12, seed: 7 },
    );
    // Silence is not what was tested.
    expect([...shown].sort()).toEqual(BROKERS);
  });

  it("are let in, changed, linked to somebody else and removed with effect from the next question", async () => {
    const who = "teams:tenant:ana";
    const ana: PersonDetails = {
      id: "ana",
      name: "Ana",
      role: "broker",
      brokers: ["corretor1"],
      language: null,
    };
    const secrets = async () => {
      const said = await ask(who, "lista de clientes");
      return BROKERS.filter((broker) => said.includes(nameOf(broker)));
    };
    expect(await secrets()).toEqual([]);
    await state.people.save([{ person: ana, links: [who] }]);
    expect(await secrets()).toEqual(["corretor1"]);
    await state.people.save([
      { person: { ...ana, brokers: ["corretor2", "corretor3"], role: "manager" }, links: null },
    ]);
    expect(await secrets()).toEqual(["corretor2", "corretor3"]);
    await state.people.unlink(who);
    await state.people.save([{ person: { ...ana, id: "bia", brokers: ["corretor3"] }, links: [who] }]);
    expect(await secrets()).toEqual(["corretor3"]);
    await state.people.remove("bia");
    expect(await secrets()).toEqual([]);
    const audited = await state.audit.latest(5, { who });
    expect(audited.map(({ person, outcome }) => [person, outcome])).toEqual([
      [null, "refused"],
      ["bia", "ok"],
      ["ana", "ok"],
      ["ana", "ok"],
      [null, "refused"],
    ]);
  });

  it("are told the same whether they were never known, unlinked or removed", async () => {
    const eva: PersonDetails = { id: "eva", name: "Eva", role: "admin", brokers: [], language: null };
    const gil: PersonDetails = { ...eva, id: "gil" };
    await state.people.save([
      { person: eva, links: ["slack:T2:U1"] },
      { person: gil, links: ["slack:T2:U2"] },
    ]);
    await state.people.unlink("slack:T2:U1");
    await state.people.remove("gil");
    const replies = await Promise.all(
      ["slack:T2:U1", "slack:T2:U2", "slack:T2:U3", "slack:nonsense", "person:eva"].map((who) =>
        ask(who, "/carteira cliente100"),
      ),
    );
    expect(new Set(replies).size).toBe(1);
    expect(replies[0]).not.toMatch(/corretor|Segredo|csv/);
  });

  it("who share a place do not share what was spoken of", async () => {
    const first: PersonDetails = {
      id: "p1",
      name: "Um",
      role: "broker",
      brokers: ["corretor1"],
      language: null,
    };
    await state.people.save([
      { person: first, links: ["slack:T3:U1"] },
      { person: { ...first, id: "p2", brokers: ["corretor2"] }, links: ["slack:T3:U2"] },
    ]);
    await ask("slack:T3:U1", "rentabilidade de cliente100 em 12 meses", "slack:C1");
    const other = await ask("slack:T3:U2", "e no mês?", "slack:C1");
    expect(other).not.toMatch(/cliente100|Segredo/);
    expect(await ask("slack:T3:U1", "e em 12 meses?", "slack:C1")).toContain(nameOf("corretor1"));
  });
});
