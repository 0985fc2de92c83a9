import { afterEach, describe, expect, it } from "vitest";
import { BOOK } from "../../src/answers/book-rows.testing.ts";
import { LAST_SESSION, quote, span } from "../../src/answers/rows.testing.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { type AlertBench, type BenchGold, openAlertBench } from "./alerts.testing.ts";

/**
 * Rules over the hand-made book at the end of its last session, Thursday 2026-11-19. What is expected is worked out by hand in the comments.
 */
const EVENING = "2026-11-19T20:30:00Z";
const open: AlertBench[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function bench(
  gold: BenchGold = BOOK,
  more: { maxPerHour?: number; at?: string } = {},
): Promise<AlertBench> {
  const made = await openAlertBench(gold, { asOf: LAST_SESSION, at: EVENING, ...more });
  open.push(made);
  return made;
}

/** Publishes prices: those of the book, with some of them others. */
async function prices(
  on: AlertBench,
  changed: Readonly<Record<string, string>>,
  more: Record<string, string> = {},
) {
  const rows = (BOOK.quotes_latest ?? []).map((row) => {
    const price = changed[String(row["instrument_id"])];
    return price === undefined ? row : { ...row, price, ...more };
  });
  await on.book.store.publishQuotes(rows);
}

/** One wish, judged at once: what its owner is told. */
async function told(
  wish: string,
  more: { announce?: Parameters<AlertBench["announce"]>[0]; gold?: BenchGold } = {},
) {
  const on = await bench(more.gold);
  on.announce(more.announce ?? []);
  const reply = await on.say(wish);
  const notices = await on.turn();
  return { reply: reply ?? "", notice: notices.join("\n") };
}

describe("each kind, by hand", () => {
  it("a price in the day: 36.50 after 36.00 is +1.39%, Ana's 100 gain R$ 50.00", async () => {
    const { reply, notice } = await told("me avisa se PETR4 subir mais de 1%");
    expect(reply).toContain("Alerta 1 criado: me avise se PETR4 subir mais de 1% no dia.");
    expect(reply).toContain("PETR4 R$ 36,50, +1,39% (19/11/2026)");
    expect(notice).toContain("PETR4 subiu 1,39% no dia: R$ 36,50");
    expect(notice).toMatch(/ana +Ana Souza +3\.650,00 +\+50,00/);
    expect(notice).toContain("Desde 19/11/2026 17:30 · Alerta 1");
    expect(notice).toContain("Preços de 19/11/2026 · fonte: arquivo de preços");
  });

  it("that is not beyond it: how far it is, and nothing told", async () => {
    // 1.5 - 1.38888889 = 0.11 points
    const { reply, notice } = await told("me avisa se PETR4 subir mais de 1,5%");
    expect(reply).toContain("Distância até o limite: 0,11 pontos percentuais.");
    expect(notice).toBe("");
  });

  it("from the average cost: 36.50 on 30.00 is +21.67%", async () => {
    const { notice } = await told("me avisa se PETR4 subir mais de 20% do preço médio");
    expect(notice).toContain("PETR4 está a +21,67% do preço médio de Ana Souza (ana)");
    expect(notice).toMatch(/R\$ 30,00 +R\$ 36,50 +\+21,67%/);
  });

  it("a level: the dollar at 5.40", async () => {
    expect((await told("me avisa se o dólar passar de 5,39")).notice).toContain(
      "USDBRL passou de R$ 5,39: R$ 5,40",
    );
    // At the level is not through it: 5.40 is 0% away.
    const at = await told("me avisa se o dólar passar de 5,40");
    expect(at.notice).toBe("");
    expect(at.reply).toContain("Distância até o limite: 0,00%");
  });

  it("an index in the day: 101,000 after 102,000 is -0.98%", async () => {
    expect((await told("me avisa se o ibov cair 0,9%")).notice).toContain(
      "IBOV caiu 0,98% no dia: 101.000,00",
    );
  });

  it("a portfolio in the day, in percent and in reais", async () => {
    const on = await bench();
    const { data } = await portfolioOf(on, "ana");
    const rate = await on.say("me avisa se a carteira da Ana ganhar mais de 2%");
    expect(rate).toContain(`Ana Souza +${brazilian(data.dayChangePercent)}%`);
    await on.say("me avisa se a carteira da Ana ganhar mais de R$ 400");
    const [notice = ""] = await on.turn();
    expect(notice).toContain(
      `Ana Souza (ana) ganha ${brazilian(data.dayChangePercent)}% no dia (+R$ ${brazilian(data.dayChange)})`,
    );
    expect(notice).toContain("Alerta 1: me avise se a carteira de Ana Souza (ana) ganhar mais de 2% no dia");
    expect(notice).toContain(
      "Alerta 2: me avise se a carteira de Ana Souza (ana) ganhar mais de R$ 400,00 no dia",
    );
  });

  it("a weight: Eva holds nothing but AAPL", async () => {
    const { notice } = await told("me avisa se AAPL passar de 90% da carteira");
    expect(notice).toContain("AAPL é 100,0% da carteira de Eva Lima (eva)");
  });

  it("announced income: R$ 1.05 on Ana's 100 is about R$ 105.00", async () => {
    const announced = (asset: string, date: string) => ({ asset, date, amount: Decimal.parse("1.05") });
    const { notice } = await told("me avisa de proventos", {
      // Held, too long ago, and held by nobody of this broker's.
      announce: [
        announced("PETR4", "2026-11-23"),
        announced("VALE3", "2026-11-01"),
        announced("WEGE3", "2026-11-23"),
      ],
    });
    expect(notice).toContain("Provento anunciado de PETR4");
    expect(notice).toMatch(/PETR4 +23\/11\/2026 +1,05 +1 +105,00/);
    expect(notice).not.toMatch(/VALE3|WEGE3/);
  });

  it("a maturity: on 2026-12-01, twelve days ahead", async () => {
    const gold: BenchGold = {
      ...BOOK,
      curve_latest: [
        {
          client_id: "ana",
          instrument_id: "CDB BANCO X",
          date: LAST_SESSION,
          price: "1.05",
          price_date: LAST_SESSION,
          maturity: "2026-12-01",
        },
      ],
    };
    expect((await told("vencimentos em 12 dias", { gold })).notice).toContain(
      "CDB BANCO X de Ana Souza (ana) vence em 01/12/2026",
    );
    expect((await told("vencimentos em 11 dias", { gold })).notice).toBe("");
  });

  it("stale data: the day before's close, a month-old price and none at all", async () => {
    const { notice } = await told("me avisa se algum preço ficar desatualizado");
    expect(notice).toContain("3 preços desatualizados");
    for (const line of [
      /HGLG11 +18\/11\/2026 +antigo/,
      /CDB BANCO X +30\/10\/2026 +antigo/,
      /XPTO11 +— +sem preço/,
    ])
      expect(notice).toMatch(line);
  });
});

/** The portfolio as the answers have it. */
async function portfolioOf(on: AlertBench, client: string) {
  const question = {
    intent: "portfolio",
    client,
    asset: null,
    period: null,
    benchmark: null,
    direction: null,
    limit: null,
    grouping: null,
    language: "pt",
  } as const;
  const answer = await on.book.answers.answer(question, ["corretor1"], null);
  if (answer.status !== "ok" || answer.result.intent !== "portfolio") throw new Error("there is a portfolio");
  return answer.result;
}

const brazilian = (figure: Decimal | null): string => (figure?.round(2).toString() ?? "—").replace(".", ",");

describe("what is not to be acted on", () => {
  it("a price of another day: HGLG11's close is the day before's, whatever it did", async () => {
    const { notice, reply } = await told("me avisa se HGLG11 subir mais de 0,1%");
    expect(notice).toBe("");
    expect(reply).toContain("não há preço atual");
    expect((await told("me avisa se HGLG11 passar de R$ 100")).notice).toBe("");
  });

  it("a close of the last session once the next one runs: it is older than the session", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.say("me avisa se PETR4 passar de R$ 36");
    on.at("2026-11-23T14:00:00Z");
    expect(await on.turn()).toEqual([]);
    await prices(on, { PETR4: "36.4" }, { price_date: "2026-11-23", previous_close: "36" });
    expect((await on.turn()).join()).toContain("PETR4 passou de R$ 36,00: R$ 36,40");
  });

  it("a live price that its source has not told for long while the market trades", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    on.at("2026-11-23T15:00:00Z");
    const live = { price_date: "2026-11-23", source: "yahoo", previous_close: "36" };
    await prices(on, { PETR4: "37" }, { ...live, captured_at: "2026-11-23 14:30:00" });
    expect(await on.turn()).toEqual([]);
    await prices(on, { PETR4: "37" }, { ...live, captured_at: "2026-11-23 14:59:00" });
    expect((await on.turn()).join()).toContain("PETR4 subiu 2,78% no dia");
  });

  it("an unknown price: XPTO11 has none, which is neither a fall to zero nor a weight of nothing", async () => {
    for (const wish of [
      "XPTO11 cair mais de 1%",
      "XPTO11 cair abaixo de 50",
      "XPTO11 cair 50% do preço médio",
      "XPTO11 passar de 1% da carteira",
    ])
      expect((await told(`me avisa se ${wish}`)).notice, wish).toBe("");
  });
});

describe("a value that swings", () => {
  it("inside the band is told once; back from below it, of a level, again", async () => {
    const on = await bench();
    await on.say("me avisa se o dólar passar de 5,30");
    const told: number[] = [];
    // 5.30 clears at 5.247.
    for (const [minute, rate] of ["5.31", "5.29", "5.31", "5.25", "5.32", "5.24", "5.31"].entries()) {
      on.at(new Date(Date.parse(EVENING) + minute * 60_000).toISOString());
      await prices(on, { USDBRL: rate });
      if ((await on.turn()).length > 0) told.push(minute);
    }
    expect(told).toEqual([0, 6]);
  });

  it("of the day is told once a day and direction, and where it doubles", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 variar mais de 1%");
    const told: string[] = [];
    // Of 36: +1.39, +0.28, +1.67, -1.39, +2.78, +2.78.
    for (const price of ["36.5", "36.1", "36.6", "35.5", "37", "37"]) {
      await prices(on, { PETR4: price });
      for (const notice of await on.turn()) told.push(notice.split("\n")[0] ?? "");
    }
    expect(told).toEqual([
      "PETR4 subiu 1,39% no dia: R$ 36,50",
      "PETR4 caiu 1,39% no dia: R$ 35,50",
      "PETR4 subiu 2,78% no dia: R$ 37,00",
    ]);
  });
});

describe("several services, and one that was started again", () => {
  it("two that judge at once record each firing once, and make one notice of it", async () => {
    const on = await bench();
    const other = await on.beside();
    await on.say("alertas padrão");
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.say("concentração acima de 5%");
    await Promise.all([on, other, on, other].map((one) => one.alerts.lookForAlerts(one.now())));
    const fired = await on.state.alerts.open();
    expect(new Set(fired.map(({ ruleId, subject }) => `${ruleId} ${subject}`)).size).toBe(fired.length);
    expect(fired.length).toBeGreaterThan(5);
    await Promise.all([on.turn(), other.turn(), on.turn(), other.turn()]);
    const made = [...on.planned, ...other.planned];
    const ids = [...new Map(made.map((notice) => [notice.id, notice])).values()].flatMap(
      ({ payload }) => (payload as { firings: string[] }).firings,
    );
    expect(ids.toSorted()).toEqual(fired.map(({ id }) => id).toSorted());
  });

  it("a restart changes nothing: what was told is not told again, what was not is", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.alerts.lookForAlerts(on.now());
    const after = await on.restarted();
    expect(await after.turn()).toHaveLength(1);
    const later = await on.restarted();
    expect([await later.turn(), await on.turn()]).toEqual([[], []]);
    await after.close();
    await later.close();
  });

  it("a notice whose hand-over died is handed over again, as the same one", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.alerts.lookForAlerts(on.now());
    const died: string[] = [];
    const dying = on.alerts.notices(on.now(), async ({ id }) => {
      died.push(id);
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await on.turn()).toHaveLength(1);
    expect(on.planned.map(({ id }) => id)).toEqual(died);
    expect(await on.turn()).toEqual([]);
  });
});

describe("when it is told", () => {
  const later = (minutes: number): string => new Date(Date.parse(EVENING) + minutes * 60_000).toISOString();

  it("a snoozed alert is kept, and told when the snooze ends if it still holds", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.say("me avisa se VALE3 subir mais de 1%");
    expect(await on.say("silenciar alerta 1 por 1h")).toContain("silenciado até 19/11/2026 18:30");
    await on.say("silenciar alerta 2 por 1h");
    expect(await on.turn()).toEqual([]);
    // VALE3 comes down to +0.16% meanwhile.
    await prices(on, { VALE3: "61.1" });
    on.at(later(30));
    expect(await on.turn()).toEqual([]);
    on.at(later(61));
    const notices = await on.turn();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("PETR4 subiu 1,39%");
    expect(notices[0]).not.toContain("VALE3");
    expect(await on.state.alerts.open()).toEqual([]);
  });

  it("until the next session is until B3 opens, over the holiday and the weekend", async () => {
    const on = await bench();
    await on.say("me avisa se PETR4 subir mais de 1%");
    expect(await on.say("silenciar alerta 1 até o próximo pregão")).toContain("até 23/11/2026 10:00");
    expect(await on.say("silenciar alerta 1 hoje")).toContain("até 20/11/2026 00:00");
    expect(await on.say("alertas")).toContain("silenciado até 20/11/2026 00:00");
    expect(await on.say("reativar alerta 1")).toContain("volta a avisar");
  });

  it("quiet hours hold back what is not urgent until they end", async () => {
    const on = await bench();
    expect(await on.say("não me avise entre 17h e 7h")).toContain("Não aviso entre 17:00 e 07:00");
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.say("me avisa com urgência se VALE3 subir mais de 1%");
    const now = await on.turn();
    expect(now).toHaveLength(1);
    expect(now[0]).toContain("VALE3 subiu 1,64%");
    on.at("2026-11-20T09:59:00Z");
    expect(await on.turn()).toEqual([]);
    on.at("2026-11-20T10:00:00Z");
    expect((await on.turn()).join()).toContain("PETR4 subiu 1,39%");
  });

  it("a move of twice the threshold is urgent, one of less is not", async () => {
    const on = await bench();
    await on.say("não me avise entre 17h e 7h");
    // +1.38888889: twice 0.69444 and not twice 0.695.
    await on.say("me avisa se PETR4 subir mais de 0,6944%");
    await on.say("me avisa se PETR4 subir mais de 0,695%");
    const notices = await on.turn();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("Alerta 1:");
    expect(notices[0]).not.toContain("Alerta 2:");
  });

  it("no more notices an hour than the maximum; the rest is summed up in the next one", async () => {
    const on = await bench(BOOK, { maxPerHour: 2 });
    const wishes = [
      "PETR4 subir mais de 1%",
      "VALE3 subir mais de 1%",
      "AAPL subir mais de 1%",
      "ITUB4 subir mais de 2%",
    ];
    const made: number[] = [];
    for (const [place, wish] of wishes.entries()) {
      on.at(later(place * 10));
      await on.say(`me avisa se ${wish}`);
      made.push((await on.turn()).length);
    }
    expect(made).toEqual([1, 1, 0, 0]);
    on.at(later(61));
    const [summed = "", ...more] = await on.turn();
    expect(more).toEqual([]);
    expect(summed).toMatch(/2 alertas: .*AAPL.*ITUB4/);
    expect(summed).toContain("chegou ao máximo de avisos por hora");
  });

  it("to nobody who lost access, nor of a rule that is gone", async () => {
    const on = await bench();
    await on.state.people.save([
      {
        person: { id: "rui", name: "Rui", role: "broker", brokers: ["corretor1"], language: null },
        links: null,
      },
    ]);
    await on.say("me avisa se PETR4 subir mais de 1%", "person:rui");
    await on.say("me avisa se PETR4 subir mais de 1%");
    await on.alerts.lookForAlerts(on.now());
    await on.state.people.remove("rui");
    await on.say("apagar alerta 1");
    expect(await on.turn()).toEqual([]);
    expect(on.planned).toEqual([]);
    expect(await on.state.alerts.open()).toEqual([]);
  });

  it("a client who went to another broker between firing and telling is not told of", async () => {
    const on = await bench();
    await on.say("me avisa se a carteira da Ana ganhar mais de 1%");
    await on.alerts.lookForAlerts(on.now());
    await on.alerts.notices(on.now(), async (notice) => void on.planned.push(notice));
    const [notice] = on.planned;
    if (notice === undefined) throw new Error("it fired");
    const clients = (BOOK.clients ?? []).map((row) =>
      row["client_id"] === "ana" ? { ...row, broker_id: "corretor2" } : row,
    );
    await on.book.store.publish({ ...BOOK, clients }, { asOf: LAST_SESSION });
    expect(await on.compose(notice)).toBe("nothing_left");
  });
});

describe("what is typed", () => {
  it("lists, shows, deletes: numbers are each owner's own, and another's looks like none", async () => {
    const on = await bench();
    expect(await on.say("alertas")).toContain("Você ainda não tem alertas.");
    await on.say("me avisa se PETR4 cair mais de 5%");
    await on.say("me avisa se PETR4 cair 1%", "corretor2");
    await on.say("me avisa se PETR4 cair 2%", "corretor2");
    expect(await on.say("me avise se petr4 cair mais de 5%")).toContain(
      "Você já tem esse alerta, o de número 1",
    );
    expect(await on.say("alertas")).toContain("Você tem 1 alerta.");
    expect(await on.say("alerta 2")).toBe(await on.say("alerta 9").then((text) => text?.replace("9", "2")));
    expect(await on.say("apagar alerta 2")).toContain("Você não tem um alerta 2.");
    expect(await on.say("apagar alerta 1")).toContain(
      "Alerta 1 apagado: me avise se PETR4 cair mais de 5% no dia.",
    );
    expect(await on.say("alertas", "corretor2")).toContain("Você tem 2 alertas.");
    // A number is never given twice.
    expect(await on.say("me avisa se VALE3 cair mais de 5%")).toContain("Alerta 2 criado");
  });

  it("in English is answered in English", async () => {
    const on = await bench();
    const reply = await on.say("alert me if PETR4 rises more than 1%", "corretor1", "en");
    expect(reply).toContain("Alert 1 is set: alert me if PETR4 rises more than 1% in the day.");
    expect(await on.say("alerts", "corretor1", "en")).toContain("You have 1 alert.");
    expect(await on.say("default alerts", "corretor1", "en")).toContain("8 default alerts are set.");
    expect(await on.say("default alerts", "corretor1", "en")).toContain("already");
  });

  it("of another broker's client looks like nobody's", async () => {
    const on = await bench();
    const of = (name: string) => on.say(`me avisa se a carteira de ${name} perder 2%`);
    const [foreign, unknown] = [await of("Caio Caixa"), await of("Dora Caixa")];
    expect(foreign).toBe(unknown);
    const held = (asset: string) => on.say(`me avisa se ${asset} cair 2%`, "corretor2");
    expect(await held("AAPL")).toBe(await held("QQQQ3"));
  });

  it("is a question where it is no wish", async () => {
    const on = await bench();
    for (const text of ["quem tem PETR4?", "cotação PETR4", "carteira da ana", "resumo", "bom dia"])
      expect(await on.say(text), text).toBeNull();
  });
});

describe("a sale in the day", () => {
  it("leaves the portfolio's move as the answers have it", async () => {
    const sold = span("ana", "PETR4", {
      quantity: "0",
      cost: "0",
      opening_quantity: "100",
      valid_from: LAST_SESSION,
      day_flow: "-3640",
      day_flow_base: "-3640",
    });
    const positions = (BOOK.positions ?? []).map((row) =>
      row["client_id"] === "ana" && row["instrument_id"] === "PETR4" ? sold : row,
    );
    const on = await bench({
      ...BOOK,
      positions,
      quotes_latest: [...(BOOK.quotes_latest ?? []), quote("BOVA11", "100", "99")],
    });
    const { data } = await portfolioOf(on, "ana");
    const reply = await on.say("me avisa se a carteira da Ana ganhar mais de R$ 1");
    expect(reply).toContain(`Ana Souza +R$ ${brazilian(data.dayChange)}`);
  });
});
