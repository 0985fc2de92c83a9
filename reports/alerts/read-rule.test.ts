import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../src/money/decimal.ts";
import { readCommand } from "./read-command.ts";
import { type RuleContext, readRule } from "./read-rule.ts";
import type { Rule } from "./rule.ts";
import { ruleOf, sameRule } from "./rule.ts";
import { sayRule } from "./say-rule.ts";

const CLIENTS = [
  { id: "cliente7", name: "Ana Souza" },
  { id: "cliente8", name: "Ana Souza" },
  { id: "cliente123", name: "João Antônio da Conceição" },
  { id: "cliente9", name: "Beto Reis" },
  { id: "c-10", name: "Vale Participações Ltda" },
  { id: "11", name: "" },
];
const INSTRUMENTS = [
  { code: "PETR4", name: "Petrobras PN", aliases: ["petrobras"] },
  { code: "PETR3", name: "Petrobras ON", aliases: ["petrobras"] },
  { code: "VALE3", name: "Vale ON", aliases: ["vale"] },
  { code: "AAPL", name: "Apple", aliases: ["apple"] },
  { code: "USDBRL", name: "Dólar", aliases: [] },
  { code: "IBOV", name: "Ibovespa", aliases: ["bovespa"] },
  { code: "TESOURO SELIC 2029", name: "Tesouro Selic 2029", aliases: [] },
  { code: "CDB BANCO X", name: "CDB Banco X", aliases: [] },
  { code: "WEGE3", name: "Weg", aliases: ["weg"] },
];
const PRICES: Readonly<Record<string, string>> = { IBOV: "128000", USDBRL: "5.4", AAPL: "190" };
const context: RuleContext = {
  lexicon: { clients: CLIENTS, instruments: INSTRUMENTS },
  today: "2026-11-25",
  // Nobody of this scope holds WEGE3.
  isWatchable: (asset) => asset !== "WEGE3" && INSTRUMENTS.some(({ code }) => code === asset),
  quoteOf: (asset) => ({
    price: Decimal.parse(PRICES[asset] ?? "38"),
    currency: asset === "AAPL" ? "USD" : "BRL",
  }),
};
const names = {
  clientName: (client: string) => CLIENTS.find(({ id }) => id === client)?.name ?? null,
  currencyOf: (asset: string) => (asset === "IBOV" ? null : (context.quoteOf(asset)?.currency ?? null)),
};

/** The rule that a text is read as, as JSON; else what is said back. */
function read(text: string): unknown {
  const reading = readRule(text, context);
  if (reading === null) return null;
  if (reading.kind === "rule") return JSON.parse(JSON.stringify(reading.rule));
  return reading.kind === "doubt" ? reading.doubt.code : `no ${reading.what}`;
}

const calm = { urgent: false };

describe("what people type", () => {
  it.each([
    [
      "me avisa se PETR4 cair mais de 5%",
      { kind: "asset_day", asset: "PETR4", direction: "down", percent: "5" },
    ],
    ["me avise quando vale subir 3%", { kind: "asset_day", asset: "VALE3", direction: "up", percent: "3" }],
    [
      "me avisa se vale cair ou subir mais de 3%",
      { kind: "asset_day", asset: "VALE3", direction: "either", percent: "3" },
    ],
    [
      "me avisa se petr4 variar mais de 2,5% no dia",
      { kind: "asset_day", asset: "PETR4", direction: "either", percent: "2.5" },
    ],
    [
      "me avisa se qualquer ativo cair mais de 5% no dia",
      { kind: "asset_day", asset: null, direction: "down", percent: "5" },
    ],
    [
      "avise quando o dólar passar de R$ 6,00",
      { kind: "asset_level", asset: "USDBRL", direction: "up", level: "6" },
    ],
    [
      "cotação do dólar abaixo de 5,20 me avisa",
      { kind: "asset_level", asset: "USDBRL", direction: "down", level: "5.2" },
    ],
    ["alerta VALE3 abaixo de 55", { kind: "asset_level", asset: "VALE3", direction: "down", level: "55" }],
    [
      "me avisa se petr4 cair para 30",
      { kind: "asset_level", asset: "PETR4", direction: "down", level: "30" },
    ],
    [
      "me avisa quando o ibov passar de 130 mil",
      { kind: "asset_level", asset: "IBOV", direction: "up", level: "130000" },
    ],
    ["me avisa se VALE3 chegar a 40", { kind: "asset_level", asset: "VALE3", direction: "up", level: "40" }],
    [
      "me avisa se VALE3 chegar a 30",
      { kind: "asset_level", asset: "VALE3", direction: "down", level: "30" },
    ],
    [
      "me avisa se petr4 cair 10% do preço médio",
      { kind: "asset_cost", asset: "PETR4", direction: "down", percent: "10" },
    ],
    [
      "me avisa se a carteira do Beto perder mais de 2% no dia",
      { kind: "client_day", client: "cliente9", direction: "down", percent: "2" },
    ],
    [
      "me avisa se a carteira do Beto perder mais de R$ 10 mil",
      { kind: "client_money", client: "cliente9", direction: "down", amount: "10000" },
    ],
    [
      "me avisa quando minhas carteiras perderem mais de 2%",
      { kind: "client_day", client: null, direction: "down", percent: "2" },
    ],
    ["concentração acima de 25%", { kind: "weight", client: null, asset: null, percent: "25" }],
    [
      "me avise se beto concentrar mais de 30% em PETR4",
      { kind: "weight", client: "cliente9", asset: "PETR4", percent: "30" },
    ],
    ["vencimentos em 15 dias", { kind: "maturity", client: null, days: 15 }],
    ["avise quando cair provento da vale3", { kind: "income", asset: "VALE3" }],
    ["me avisa se algum preço ficar desatualizado", { kind: "stale" }],
    [
      "alert me if AAPL falls more than 5%",
      { kind: "asset_day", asset: "AAPL", direction: "down", percent: "5" },
    ],
    [
      "tell me when the dollar goes above 6.50",
      { kind: "asset_level", asset: "USDBRL", direction: "up", level: "6.5" },
    ],
    [
      "alert me when IBOV is above 130,000",
      { kind: "asset_level", asset: "IBOV", direction: "up", level: "130000" },
    ],
    [
      "warn me if cliente123 loses more than R$ 10k today",
      { kind: "client_money", client: "cliente123", direction: "down", amount: "10000" },
    ],
    [
      "let me know if any holding exceeds 20% of a client's portfolio",
      { kind: "weight", client: null, asset: null, percent: "20" },
    ],
  ])("%s", (text, rule) => {
    expect(read(text)).toEqual({ ...calm, ...rule });
  });

  it("may be urgent", () => {
    expect(read("me avisa com urgência se PETR4 cair 8%")).toMatchObject({ urgent: true, percent: "8" });
    expect(read("urgent: alert me if PETR4 falls 8%")).toMatchObject({ urgent: true, percent: "8" });
  });

  it.each([
    ["me avisa se petrobras cair 5%", "which_asset"],
    ["me avisa se a carteira da Ana perder 2%", "which_client"],
    ["me avisa se cair 5%", "asset_missing"],
    ["me avisa se PETR4 cair", "threshold_missing"],
    ["me avisa se PETR4 cair 2 reais", "percent_or_level"],
    ["me avisa se PETR4 cair 5% ou 10%", "several_figures"],
    ["me avisa se PETR4 cair 0%", "out_of_range"],
    ["concentração acima de 120%", "out_of_range"],
    ["me avisa dos vencimentos", "days_missing"],
    ["me avisa quando AAPL passar de R$ 1000", "other_currency"],
    ["me avisa se a carteira do Beto perder US$ 500", "reais_only"],
    ["me avisa se PETR4 do Beto cair 5%", "asset_and_client"],
  ])("is asked about where it is not clear: %s", (text, doubt) => {
    expect(read(text)).toBe(doubt);
  });

  it("is told apart by what is in brackets, as the buttons of a question back say it", () => {
    expect(read("me avisa se petrobras cair 5% (PETR3)")).toMatchObject({ asset: "PETR3" });
    expect(read("me avisa se a carteira da Ana perder 2% (cliente8)")).toMatchObject({ client: "cliente8" });
  });

  it("looks the same for what nobody has and for what is somebody else's", () => {
    expect([read("me avisa se WEGE3 cair 5%"), read("me avisa se QQQQ3 cair 5%")]).toEqual([
      "no asset",
      "no asset",
    ]);
  });

  it.each([
    ["me avisa se a carteira da Maria perder 2%", "no client"],
    ["me avisa se a carteira do Caio Caixa perder 2%", "no client"],
    ["me avisa se o cliente Fulano perder 2%", "no client"],
    ["alert me if Caio's portfolio loses 2%", "no client"],
    ["me avisa se um ativo passar de 25% da carteira do Caio", "no client"],
    ["me avisa de vencimentos em 15 dias do Caio Caixa", "no client"],
    ["me avisa de proventos da Magazine Luiza", "no asset"],
    ["me avisa se a concentração em Magalu passar de 20%", "no asset"],
    ["me avisa se Magalu passar de 25% da carteira", "asset_missing"],
  ])("takes no name that it does not know for all of them: %s", (text, said) => {
    expect(read(text)).toBe(said);
  });

  it.each([
    "quem tem PETR4 abaixo do preço médio",
    "concentração da Beto",
    "resumo às 8:30",
    "ana",
    "cotação PETR4",
    "/carteira cliente9",
  ])("is a question, and no wish: %s", (text) => {
    expect([read(text), readCommand(text)]).toEqual([null, null]);
  });
});

const decimal = (max: number) =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.integer({ min: 0, max: 4 }))
    .map(([units, scale]) => new Decimal(BigInt(units), scale));
const asset = fc.constantFrom(...INSTRUMENTS.map(({ code }) => code).filter((code) => code !== "WEGE3"));
const client = fc.constantFrom(...CLIENTS.map(({ id }) => id));
const direction = fc.constantFrom("up" as const, "down" as const, "either" as const);
const urgent = fc.boolean();
const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("asset_day" as const, "asset_cost" as const),
    urgent,
    asset: fc.option(asset),
    direction,
    percent: decimal(1_000),
  }),
  fc.record({
    kind: fc.constant("asset_level" as const),
    urgent,
    asset,
    direction: fc.constantFrom("up" as const, "down" as const),
    level: decimal(9_999_999),
  }),
  fc.record({
    kind: fc.constant("client_day" as const),
    urgent,
    client: fc.option(client),
    direction,
    percent: decimal(1_000),
  }),
  fc.record({
    kind: fc.constant("client_money" as const),
    urgent,
    client: fc.option(client),
    direction,
    amount: decimal(9_999_999),
  }),
  fc.record({
    kind: fc.constant("weight" as const),
    urgent,
    client: fc.option(client),
    asset: fc.option(asset),
    percent: decimal(99),
  }),
  fc.record({ kind: fc.constant("income" as const), urgent, asset: fc.option(asset) }),
  fc.record({
    kind: fc.constant("maturity" as const),
    urgent,
    client: fc.option(client),
    days: fc.integer({ min: 1, max: 365 }),
  }),
  fc.record({ kind: fc.constant("stale" as const), urgent }),
);

describe("properties", () => {
  it("every rule's words, in either language, are read back to the same rule", () => {
    fc.assert(
      fc.property(rules, fc.constantFrom("pt" as const, "en" as const), (rule, language) => {
        const words = sayRule(rule, names, language);
        const reading = readRule(words, context);
        expect(
          reading?.kind === "rule" && sameRule(reading.rule, rule),
          `${words}\n${JSON.stringify([rule, reading])}`,
        ).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it("every rule is kept and read back as it was", () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const kept = ruleOf(JSON.parse(JSON.stringify(rule)));
        expect(kept !== null && sameRule(kept, rule)).toBe(true);
      }),
    );
  });

  it("no text throws", () => {
    const word = fc.constantFrom(
      ..."me avisa se alerta alertas PETR4 cair subir mais de 5% R$ 10 mil carteira (cliente8) Ana apagar silenciar 3 por 1h não avise entre 20h e 7h vencimentos dias concentração alert me if of 1.2.3,4 ( ) 99999999999999999999".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(word, { maxLength: 14 }).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(text, (said) => {
        readRule(said, context);
        readCommand(said);
        ruleOf(said);
      }),
      { numRuns: 1_500 },
    );
  });
});
