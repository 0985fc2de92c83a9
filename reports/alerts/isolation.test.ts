import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { instrument, LAST_SESSION, quote, span } from "../../src/answers/rows.testing.ts";
import { type AlertBench, type BenchGold, openAlertBench } from "./alerts.testing.ts";

/** Nobody is told of another broker's client, whatever they type and whatever the prices do. */
const BROKERS = ["corretor1", "corretor2", "corretor3"];
const ASSETS = ["PETR4", "VALE3", "ITUB4"];
/** Each held by the clients of one broker only. */
const OWN = ["WEGE3", "ABEV3", "LREN3"];
const TRIES = 500;
const TRIES_A_TURN = 50;

const clients = BROKERS.flatMap((broker, place) =>
  [0, 1, 2].map((at) => ({
    broker,
    id: `c${at}x${broker}`,
    name: `Tulio${at}${broker} Prado`,
    own: OWN[place] ?? "",
  })),
);

function gold(owners: (client: string) => string): BenchGold {
  const positions = clients.flatMap(({ id, own }, place) =>
    [...ASSETS, own].map((asset, at) =>
      span(id, asset, { quantity: String(10 * (place + at + 1)), cost: String(100 * (place + at + 1)) }),
    ),
  );
  return {
    clients: clients.map(({ id, name }) => ({
      client_id: id,
      name,
      broker_id: owners(id),
      base_currency: "BRL",
    })),
    instruments: [...ASSETS, ...OWN].map((asset) => instrument(asset, "acao")),
    positions,
    quotes_latest: quotesOf([10, 10, 10, 10, 10, 10]),
  };
}

function quotesOf(prices: readonly number[]) {
  return [...ASSETS, ...OWN].map((asset, at) => quote(asset, String(prices[at] ?? 10), "10"));
}

const wish = fc.record({
  owner: fc.constantFrom(...BROKERS),
  text: fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...ASSETS, ...OWN),
        fc.constantFrom("cair", "subir", "variar"),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom("", " do preço médio", " (urgente)"),
      )
      .map(([asset, verb, percent, end]) => `me avisa se ${asset} ${verb} mais de ${percent}%${end}`),
    fc
      .tuple(
        fc.constantFrom(...clients.map(({ id }) => id), ...clients.map(({ name }) => name)),
        fc.constantFrom("2%", "R$ 10", "15%"),
        fc.constantFrom("perder", "ganhar"),
      )
      .map(([client, much, verb]) => `me avisa se a carteira de ${client} ${verb} mais de ${much}`),
    fc
      .tuple(fc.constantFrom(...ASSETS, ...OWN, "um ativo"), fc.integer({ min: 5, max: 60 }))
      .map(([asset, percent]) => `me avisa se ${asset} passar de ${percent}% da carteira`),
    fc.constantFrom(
      "alertas",
      "alertas padrão",
      "alerta 1",
      "alerta 2",
      "silenciar alerta 3 hoje",
      "apagar alerta 4",
    ),
  ),
});
const prices = fc.array(fc.integer({ min: 6, max: 14 }), { minLength: 6, maxLength: 6 });

describe("isolation", () => {
  const open: AlertBench[] = [];
  afterAll(async () => {
    for (const bench of open) await bench.close();
  });

  /** What an owner may not read: others' clients, and instruments that only others hold. */
  function expectOwn(said: string, owner: string, typed: string): void {
    for (const [place, other] of BROKERS.entries()) {
      if (other === owner) continue;
      if (!typed.includes(other)) expect(said).not.toContain(other);
      const asset = OWN[place] ?? "";
      if (!typed.includes(asset)) expect(said).not.toContain(asset);
    }
  }

  it(`shows nobody anything of another's in ${TRIES} tries`, { timeout: 300_000 }, async () => {
    const bench = await openAlertBench(
      gold((id) => id.replace(/^.*x/, "")),
      {
        asOf: LAST_SESSION,
        at: "2026-11-19T20:30:00Z",
        maxPerHour: 60,
      },
    );
    open.push(bench);
    const told = new Map(BROKERS.map((broker) => [broker, 0]));
    const moves = fc.sample(prices, { numRuns: TRIES / TRIES_A_TURN, seed: 3 });
    for (const [place, { owner, text }] of fc.sample(wish, { numRuns: TRIES, seed: 7 }).entries()) {
      const reply = (await bench.say(text, owner)) ?? "";
      expectOwn(reply, owner, text);
      // A wish about somebody else's client or instrument makes no rule.
      const foreign = BROKERS.some(
        (other, at) => other !== owner && (text.includes(other) || text.includes(OWN[at] ?? "")),
      );
      if (foreign) expect(reply, text).not.toMatch(/criado/);
      if ((place + 1) % TRIES_A_TURN !== 0) continue;
      await bench.book.store.publishQuotes(quotesOf(moves[Math.floor(place / TRIES_A_TURN)] ?? []));
      const before = bench.planned.length;
      await bench.turn();
      for (const notice of bench.planned.slice(before)) {
        expectOwn(await bench.compose(notice), notice.owner, "");
        expect(JSON.stringify(notice.payload)).not.toContain("corretor");
        told.set(notice.owner, (told.get(notice.owner) ?? 0) + 1);
      }
    }
    // Silence is not what is tested.
    for (const count of told.values()) expect(count).toBeGreaterThan(3);
  });

  it("follows clients who change hands: rules of before see nothing of them", async () => {
    const bench = await openAlertBench(
      gold((id) => id.replace(/^.*x/, "")),
      {
        asOf: LAST_SESSION,
        at: "2026-11-19T20:30:00Z",
      },
    );
    open.push(bench);
    const [moved] = clients;
    if (moved === undefined) throw new Error("there are clients");
    await bench.say(`me avisa se a carteira de ${moved.id} ganhar mais de 1%`, moved.broker);
    await bench.say(`me avisa se a carteira de ${moved.id} ganhar mais de 1%`, "corretor2");
    await bench.book.store.publish(
      {
        ...gold((id) => (id === moved.id ? "corretor2" : id.replace(/^.*x/, ""))),
        quotes_latest: quotesOf([12, 12, 12, 12, 12, 12]),
      },
      { asOf: LAST_SESSION },
    );
    expect(await bench.turn()).toEqual([]);
    expect(await bench.say("alertas", moved.broker)).toContain(`(${moved.id})`);
    await bench.say(`me avisa se a carteira de ${moved.id} ganhar mais de 1%`, "corretor2");
    expect((await bench.turn()).join()).toContain(moved.id);
  });
});
