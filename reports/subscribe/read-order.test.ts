import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_ZONE, scheduleOf, WEEKDAYS } from "../schedule/schedule.ts";
import type { DigestChoice } from "./choice.ts";
import { type DigestOrder, readDigestOrder } from "./read-order.ts";
import { digestCommand } from "./write-order.ts";

const set = (wishes: object): DigestOrder => ({ kind: "set", wishes });
const WORKDAYS = ["mon", "tue", "wed", "thu", "fri"];

describe("an order about the digest", () => {
  it.each<[string, DigestOrder]>([
    ["resumo", { kind: "show" }],
    ["/carteira resumo", { kind: "show" }],
    ["meu resumo, por favor", { kind: "show" }],
    ["digest", { kind: "show" }],
    ["resumo agora", { kind: "now" }],
    ["resumo do dia", { kind: "now" }],
    ["me manda o resumo de hoje", { kind: "now" }],
    ["send my digest now", { kind: "now" }],
    ["resumo às 8:30", set({ times: ["08:30"] })],
    ["Resumo as 8h30!", set({ times: ["08:30"] })],
    ["resumo às 8", set({ times: ["08:00"] })],
    ["agenda o resumo para as 7h", set({ times: ["07:00"] })],
    ["quero receber o resumo diário às 18:30", set({ times: ["18:30"] })],
    ["me manda o resumo todo dia às 8h", set({ times: ["08:00"], days: WEEKDAYS })],
    ["resumo antes do pregão", set({ times: ["before_open"] })],
    ["resumo depois do pregão", set({ times: ["after_close"] })],
    ["resumo antes e depois do pregão", set({ times: ["before_open", "after_close"] })],
    ["resumo após o fechamento do mercado", set({ times: ["after_close"] })],
    ["digest before the open and at 6pm", set({ times: ["before_open", "18:00"] })],
    ["digest at 8:30am on weekdays", set({ times: ["08:30"], days: WORKDAYS })],
    ["resumo de segunda a sexta às 8:30", set({ times: ["08:30"], days: WORKDAYS })],
    ["resumo seg-sex 8:30", set({ times: ["08:30"], days: WORKDAYS })],
    ["resumo sex a seg às 8:30", set({ times: ["08:30"], days: ["sun", "mon", "fri", "sat"] })],
    ["resumo terças e quintas às 12h", set({ times: ["12:00"], days: ["tue", "thu"] })],
    ["resumo às 9h nos dias úteis", set({ times: ["09:00"], days: "sessions" })],
    ["resumo às 8:30 no horário de Lisboa", set({ times: ["08:30"], zone: "Europe/Lisbon" })],
    ["digest at 8:30 in America/New_York", set({ times: ["08:30"], zone: "America/New_York" })],
    ["resumo com clientes e proventos", set({ sections: ["clients", "income"] })],
    ["resumo só o principal", set({ sections: [] })],
    ["resumo só com novidade", set({ whenNothing: "skip" })],
    ["pausar resumo", { kind: "pause" }],
    ["pause the digest", { kind: "pause" }],
    ["retomar o resumo", { kind: "resume" }],
    ["resume digest", { kind: "resume" }],
    ["parar resumo", { kind: "stop" }],
    ["não quero mais o resumo", { kind: "stop" }],
    ["stop digest", { kind: "stop" }],
    ["resumo às 25:00", { kind: "unclear", word: "25:00" }],
    ["resumo às 8:30 na lua cheia", { kind: "unclear", word: "lua" }],
    ["resumo antes do almoço", { kind: "unclear", word: "almoco" }],
    ["pausar resumo às 8:30", { kind: "unclear", word: "pausar" }],
  ])("%s", (text, order) => expect(readDigestOrder(text)).toEqual(order));

  it.each([
    "",
    "resumo da carteira do cliente123",
    "resumo do cliente123",
    "resumo da Ana Souza",
    "resume a carteira da Ana",
    "summary of cliente123",
    "carteira do cliente123",
    "quanto rendeu o resumido?",
    `resumo ${"x".repeat(400)}`,
  ])("is not: %s", (text) => expect(readDigestOrder(text)).toBeNull());

  it("is any text or none, and never an error", () => {
    const words = fc.constantFrom(
      ..."resumo digest às 8:30 25:99 seg a sex - antes com clientes em Europe/Lisbon x/y __proto__ constructor tudo".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.array(words, { maxLength: 12 }).map((some) => some.join(" ")),
    );
    fc.assert(
      fc.property(text, (one) => {
        const order = readDigestOrder(`resumo ${one}`);
        if (order?.kind === "unclear") expect(one.length).toBeGreaterThan(0);
        readDigestOrder(one);
      }),
      { numRuns: 1_000, seed: 3 },
    );
  });
});

const time = fc
  .integer({ min: 0, max: 1439 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
  );
const choice = fc
  .record({
    times: fc.array(fc.oneof(time, fc.constantFrom("before_open", "after_close")), {
      minLength: 1,
      maxLength: 6,
    }),
    days: fc.oneof(fc.constant("sessions" as const), fc.subarray([...WEEKDAYS], { minLength: 1 })),
    zone: fc.constantFrom(DEFAULT_ZONE, "Europe/Lisbon", "America/New_York", "UTC"),
    sections: fc.oneof(
      fc.constant("all" as const),
      fc.subarray(["returns", "clients", "assets", "allocation", "income", "maturities", "alerts", "data"]),
    ),
    whenNothing: fc.constantFrom("say" as const, "skip" as const),
  })
  .map(({ sections, whenNothing, ...parts }): DigestChoice => {
    const schedule = scheduleOf(parts);
    if (schedule === null) throw new Error("no schedule");
    return { schedule, sections, whenNothing };
  });

describe("the words of a choice", () => {
  it.each(["pt", "en"] as const)("are read back as the same choice (%s)", (language) => {
    fc.assert(
      fc.property(choice, (wanted) => {
        const order = readDigestOrder(digestCommand(wanted, language));
        if (order?.kind !== "set") throw new Error(JSON.stringify(order));
        const { times = [], days = [], zone = DEFAULT_ZONE, sections, whenNothing } = order.wishes;
        expect({ schedule: scheduleOf({ times, days, zone }), sections, whenNothing }).toEqual(wanted);
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
