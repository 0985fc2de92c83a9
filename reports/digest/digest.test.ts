import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askIn, dataIn, type OpenBook, openTestBook } from "../../src/answers/book.testing.ts";
import type { Briefing } from "../../src/answers/briefing-data.ts";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import type { Message } from "../../src/messages/message.ts";
import {
  createDigests,
  DIGEST_SECTIONS,
  type Digest,
  type DigestDeps,
  type DigestRequest,
} from "./digest.ts";
import { DIGEST_BOOK } from "./digest-book.testing.ts";

const EVENING = new Date("2026-11-19T22:00:00Z");
const ONE = ["corretor1"];

let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(DIGEST_BOOK);
});
afterAll(() => book.close());

async function compose(
  request: Partial<DigestRequest> = {},
  deps: Partial<Omit<DigestDeps, "now" | "answers">> = {},
  now: Date = EVENING,
): Promise<Digest> {
  const { answers } = book;
  const digests = createDigests({ answers, hours: DEFAULT_HOURS, ...deps, now: () => now });
  const digest = await digests.compose({
    brokers: ONE,
    language: "pt",
    sections: DIGEST_SECTIONS,
    moment: "after_close",
    at: null,
    client: null,
    ...request,
  });
  if (digest === null) throw new Error("no such client");
  return digest;
}

async function briefing(client: string | null = null): Promise<Briefing> {
  const found = await book.answers.briefing({ brokers: ONE, client, at: null, before: null });
  if (found === null) throw new Error("no such client");
  return found;
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const all = ({ messages }: Digest): string => messages.map(({ text }) => text).join("\n");
const parentOf = ({ messages }: Digest): Message => {
  const [first] = messages;
  if (first === undefined) throw new Error("a digest without a message");
  return first;
};

describe("the figures of a book", () => {
  it("adds up value and day in reais", async () => {
    // 1150 + 110 x 5.40 + 200; 20 + 1.10 x 5.40; 25.94 / (1130 + 108.90 x 5.40 + 200).
    expect(plain(await briefing())).toMatchObject({
      currency: "BRL",
      clients: 3,
      value: "1944",
      dayChange: "25.94",
      dayChangePercent: "1.35240816",
    });
  });

  it("links the return of the sums, converted at each day's rate", async () => {
    // Values: 1000 + 100 x 5 + 200 = 1700; 1100 + 100 x 5.50 + 200 = 1850; 1200 + 110 x 5.50 + 200 = 2005, of which 100 came in;
    // 1150 + 110 x 5.40 + 200 = 1944, 50 went out and 10 were paid.
    // Year: 1850/1700 x 2005/(1850 + 100) x (1944 + 50 + 10)/2005 - 1. Month: without the first factor. Day: the last one.
    const { returns } = plain(await briefing());
    expect(returns.year).toMatchObject({ twrPercent: "11.83710407", cdiPercent: "11.1", ibovPercent: "26" });
    expect(returns.month).toMatchObject({ twrPercent: "2.76923077", cdiPercent: "1", ibovPercent: "5" });
    expect(returns.day).toMatchObject({ twrPercent: "-0.04987531", ibovPercent: "0.8" });
    expect(returns.year.period).toMatchObject({ from: "2025-12-30", to: "2026-11-19", shortened: false });
  });

  it("tells income at the rate of its day, what is announced, and what matures", async () => {
    // 10 on the 19th; in the month 5 + 2 dollars at 5.30 of the 9th + 10.
    const { income, announced, maturities } = plain(await briefing());
    expect(income.session).toEqual({ total: "10", byAsset: [{ asset: "PETR4", total: "10" }] });
    expect(income.month.total).toBe("25.6");
    expect(announced).toMatchObject([
      { asset: "PETR4", exDay: "2026-11-23", amount: "0.5", quantity: "100", total: "50", clients: 1 },
      { asset: "VALE3", exDay: "2026-12-01", total: "36" },
    ]);
    expect(maturities).toMatchObject([
      { client: "dora", day: "2026-12-10", asset: "CDB BANCO X", value: "200" },
    ]);
  });

  it("tells what matures of a past day too, at that day's worth", async () => {
    const at = new Date("2026-11-18T23:00:00Z");
    const past = await book.answers.briefing({ brokers: ONE, client: null, at, before: null });
    expect(plain(past?.maturities)).toMatchObject([{ client: "dora", day: "2026-12-10", value: "200" }]);
    const early = new Date("2026-11-04T23:00:00Z");
    expect(
      await book.answers.briefing({ brokers: ONE, client: null, at: early, before: null }),
    ).toMatchObject({
      maturities: [],
    });
  });

  it("equals the answers about the same", async () => {
    const aum = await dataIn(book, { intent: "aum" });
    const movers = await dataIn(book, { intent: "movers" });
    const found = plain(await briefing());
    expect(found).toMatchObject({
      value: aum.value,
      dayChange: aum.dayChange,
      dayChangePercent: aum.dayChangePercent,
      allocation: aum.allocation,
    });
    type Mover = Readonly<Record<"asset" | "id" | "change" | "changePercent", string>>;
    const byAsset = (left: Mover, right: Mover) =>
      (left.asset ?? left.id) < (right.asset ?? right.id) ? -1 : 1;
    expect(
      found.assetMoves.toSorted(byAsset).map((move: Mover) => [move.id, move.change, move.changePercent]),
    ).toEqual(
      movers.movers.toSorted(byAsset).map((move: Mover) => [move.asset, move.change, move.changePercent]),
    );
    const { asOf, sources, stale } = await askIn(book, { intent: "aum" });
    expect(found.asOf).toBe(asOf);
    expect(found.stale).toEqual(plain(stale));
    expect(found.sources).toEqual(expect.arrayContaining(plain(sources)));
  });

  it.each(["ana", "bia"])(
    "of the client %s equals the portfolio, the return and the income",
    async (client) => {
      const found = plain(await briefing(client));
      const portfolio = await dataIn(book, { intent: "portfolio", client });
      expect(found).toMatchObject({
        currency: portfolio.baseCurrency,
        value: portfolio.value,
        dayChange: portfolio.dayChange,
        dayChangePercent: portfolio.dayChangePercent,
        allocation: portfolio.allocation,
      });
      for (const [span, kind] of [
        ["year", "year_to_date"],
        ["month", "month_to_date"],
      ] as const) {
        const period = { kind, from: span === "year" ? "2026-01-01" : "2026-11-01", to: "2026-11-19" };
        const performance = await dataIn(book, { intent: "performance", client, period });
        const { twrPercent, cdiPercent, ibovPercent, percentOfCdi } = performance;
        expect(found.returns[span]).toMatchObject({ twrPercent, cdiPercent, ibovPercent, percentOfCdi });
      }
      const income = await dataIn(book, {
        intent: "income",
        client,
        period: { kind: "month_to_date", from: "2026-11-01", to: "2026-11-19" },
      });
      expect(found.income.month.total).toBe(income.total);
    },
  );
});

describe("the words", () => {
  it("answers first, with why and what is next below", async () => {
    const { messages, nothingToSay, asOf } = await compose();
    expect({ nothingToSay, asOf }).toEqual({ nothingToSay: false, asOf: "2026-11-19" });
    const [parent, ...thread] = messages;
    expect(parent?.headline).toBe(
      "Fechamento de 19/11 · R$ 1.944,00 · hoje +1,35% (+R$ 25,94) · IBOV +0,80%",
    );
    const lines = parent?.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
    expect(lines).toEqual([
      "Mês +2,77% (CDI +1,00%, IBOV +5,00%) · Ano +11,84% (CDI +11,10%, IBOV +26,00%)",
      "Clientes: mais ajudaram: Ana Souza +R$ 20,00, Bia <b>Lima</b> +R$ 5,94",
      "Ativos: PETR4 +R$ 50,00, AAPL +R$ 5,94 · VALE3 -R$ 30,00",
      "Proventos: creditados R$ 10,00 · 2 anunciados",
      "Vencimentos em 30 dias: 1 aplicação",
      "A conferir: 1 aviso nos dados",
    ]);
    expect(thread.map(({ headline }) => headline.split(/[:—]/)[0]?.trim())).toEqual([
      "Rentabilidade",
      "Clientes por efeito em reais hoje",
      "Ativos por efeito hoje",
      "Alocação",
      "Proventos",
      "Vencimentos em 30 dias",
      "A conferir",
    ]);
    const income = thread[4]?.text ?? "";
    expect(income).toContain("Só anunciado");
    for (const { footer } of messages) expect(footer.join(" ")).toContain("cotações de 19/11/2026");
  });

  it("says the same in English, without a word of Portuguese", async () => {
    const digest = await compose({ language: "en" });
    expect(parentOf(digest).headline).toBe(
      "Close of 19 Nov · R$ 1,944.00 · today +1.35% (+R$ 25.94) · IBOV +0.80%",
    );
    expect(digest.messages).toHaveLength(8);
    const said = all(digest);
    expect(said).toContain("Announced only");
    expect(said).not.toMatch(/pregão|cliente|proventos|Ativos|Vencimento|mais /);
  });

  it("in the morning speaks of the session before, also once the new one runs", async () => {
    for (const now of [EVENING, new Date("2026-11-19T14:00:00Z")]) {
      const { headline } = parentOf(await compose({ moment: "before_open" }, {}, now));
      // Ana 100 x 9.50 + 30 x 6 (VALE3 has no close before); PETR4 rose from 9 to 9.50.
      expect(headline).toContain("Antes do pregão de 19/11 · ");
      expect(headline).toContain(" · em 18/11 +");
    }
    const morning = await compose({ moment: "now", at: new Date("2026-11-19T11:00:00Z") });
    expect(parentOf(morning).headline).toContain("Antes do pregão de 19/11");
  });

  it("says that a session is not over", async () => {
    const running = await compose({}, {}, new Date("2026-11-19T15:00:00Z"));
    expect(parentOf(running).headline).toContain("Pregão de 19/11, até agora");
  });

  it("on a day without a session is one line, unless something comes due", async () => {
    const holiday = { moment: "now", at: new Date("2026-11-20T15:00:00Z") } as const;
    const sunday = { moment: "now", at: new Date("2026-11-22T15:00:00Z") } as const;
    expect(await compose(holiday)).toMatchObject({
      nothingToSay: true,
      messages: [
        {
          headline:
            "Sem pregão em 20/11/2026, e nada venceu nem foi creditado: vale o resumo do último pregão, de 19/11/2026.",
        },
      ],
    });
    // Dora was paid on the Saturday.
    const paid = await compose(sunday);
    expect(paid.nothingToSay).toBe(false);
    expect(parentOf(paid).headline).toContain("Sem pregão em 22/11 · R$ 1.944,00 · em 19/11 +1,35%");
    expect(all(paid)).toContain(
      "Não há pregão na B3 em 22/11/2026: os números são os do último, de 19/11/2026.",
    );
    expect(all(paid)).toContain("Proventos: creditados R$ 3,00");
    expect((await compose({ ...sunday, client: "ana" })).nothingToSay).toBe(true);
  });

  it("has nothing to say of a scope without positions", async () => {
    const { messages, nothingToSay } = await compose({ brokers: ["ninguem"] });
    expect({ nothingToSay, said: messages.map(({ headline }) => headline) }).toEqual({
      nothingToSay: true,
      said: ["Nada a resumir: nenhum cliente tem posição."],
    });
  });

  it("tells refused rows and alerts where somebody can tell them", async () => {
    const digest = await compose(
      { owner: "corretor1" },
      {
        rejected: async ({ users }) => [
          { fileName: `${users.join()}.csv`, rejected: 3, receivedAt: "2026-11-18T12:00:00Z" },
        ],
        alerts: async ({ owner, since }) => [
          { at: since.toISOString(), text: `PETR4 passou de R$ 9,90, disse ${owner}` },
        ],
      },
    );
    const said = all(digest);
    expect(said).toContain("1 aviso nos dados · 3 linhas recusadas");
    expect(said).toContain("corretor1.csv");
    // Since the opening of the session that it tells of.
    expect(said).toMatch(/19\/11\/2026 10:00 +PETR4 passou de R\$ 9,90, disse corretor1/);
  });
});

describe("whatever is asked for", () => {
  const charts = ({ messages }: Digest) =>
    messages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "chart" ? [block] : [])));

  it("is complete and the same each time, for any sections, language, moment and subject", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          sections: fc.subarray([...DIGEST_SECTIONS]),
          language: fc.constantFrom("pt" as const, "en" as const),
          moment: fc.constantFrom("before_open" as const, "after_close" as const, "now" as const),
          client: fc.constantFrom(null, "ana", "bia", "dora"),
          at: fc.constantFrom(null, "2026-11-18T23:00:00Z", "2026-11-19T10:00:00Z", "2026-11-21T12:00:00Z"),
        }),
        async ({ at, ...request }) => {
          const asked = { ...request, at: at === null ? null : new Date(at) };
          const digest = await compose(asked);
          expect(await compose(asked)).toEqual(digest);
          const said = JSON.stringify(digest);
          expect(said).not.toMatch(/undefined|NaN|\[object|Infinity/);
          expect(said).not.toMatch(/caio|Segredo|777/i);
          expect(digest.messages.length).toBeLessThanOrEqual(request.sections.length + 1);
          for (const { headline, text } of digest.messages) {
            expect(headline.trim()).not.toBe("");
            expect(text).toContain(headline);
          }
          for (const { alt, chart } of charts(digest)) {
            expect(alt.trim()).not.toBe("");
            if (chart.type !== "waterfall") continue;
            const cents = (value: number) => Math.round(value * 100);
            const shown = chart.steps.reduce((total, { value }) => total + cents(value), 0);
            expect(shown).toBe(cents(chart.total.value));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it("shows no client of another broker's, and a stranger's client is none", async () => {
    const other = await compose({ brokers: ["corretor2"] });
    expect(all(other)).toContain("Caio Segredo");
    expect(all(other)).not.toMatch(/Ana|Bia|Dora/);
    const digests = createDigests({ answers: book.answers, hours: DEFAULT_HOURS, now: () => EVENING });
    const asked = { brokers: ONE, language: "pt", sections: [], moment: "now", at: null } as const;
    expect(await digests.compose({ ...asked, client: "caio" })).toBeNull();
    expect(await digests.compose({ ...asked, client: "nobody" })).toBeNull();
  });
});
