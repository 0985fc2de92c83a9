import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/charts/draw.ts";
import { sampleAnswer } from "../../src/messages/answers.testing.ts";
import type { Message } from "../../src/messages/message.ts";
import { present } from "../../src/messages/present.ts";
import { sampleResults } from "../../src/messages/results.testing.ts";
import { AIMED_BYTES, type Card, cardOf, sizeOf } from "./card.ts";
import { plain } from "./card-text.ts";
import { cardProblems } from "./check-card.testing.ts";
import { picturesOf } from "./pictures.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const pixel = `data:image/png;base64,${PNG}`;

function message(blocks: Message["blocks"], rest: Partial<Message> = {}): Message {
  return { text: "oi", headline: "oi", blocks, footer: [], ...rest };
}

describe("a link", () => {
  it("is a button that opens its page", () => {
    const card = cardOf(message([{ kind: "link", label: "Abrir o painel", url: "https://a.example/x" }]), {
      language: "pt",
    });
    expect(card.body[1]).toEqual({
      type: "ActionSet",
      actions: [{ type: "Action.OpenUrl", title: "Abrir o painel", url: "https://a.example/x" }],
    });
    expect(cardProblems(card)).toEqual([]);
  });
});

describe("the checker of cards", () => {
  const good = cardOf(
    message([
      { kind: "text", text: "um texto" },
      { kind: "buttons", buttons: [{ label: "Ver", command: "carteira ajuda" }] },
    ]),
    { language: "pt" },
  );

  it("finds nothing in a card of ours", () => {
    expect(cardProblems(good)).toEqual([]);
  });

  const action = good.actions?.[0] ?? {};
  const table = (cells: number) => ({
    type: "Table",
    columns: [{ width: 1 }],
    rows: [
      { type: "TableRow", cells: Array.from({ length: cells }, () => ({ type: "TableCell", items: [] })) },
    ],
  });
  it.each<[string, object]>([
    ["another version", { version: "1.6" }],
    ["no body", { body: [] }],
    ["no fallback text", { fallbackText: undefined }],
    ["an empty text", { body: [{ type: "TextBlock", text: "" }] }],
    ["an unknown element", { body: [{ type: "Carousel" }] }],
    ["a misspelt property", { body: [{ type: "TextBlock", text: "a", colour: "Good" }] }],
    ["a colour that there is not", { body: [{ type: "TextBlock", text: "a", color: "Green" }] }],
    ["a macro", { body: [{ type: "TextBlock", text: "{{DATE(2017-02-14T06:08:39Z,SHORT)}}" }] }],
    ["a picture elsewhere", { body: [{ type: "Image", url: "https://example.com/a.png", altText: "a" }] }],
    ["a picture without words", { body: [{ type: "Image", url: pixel }] }],
    ["a row too wide", { body: [table(2)] }],
    ["too many buttons", { actions: Array.from({ length: 7 }, () => action) }],
    ["a button without fallback", { actions: [{ ...action, fallback: undefined }] }],
    ["a button without a verb", { actions: [{ ...action, verb: undefined }] }],
    ["too much", { body: [{ type: "TextBlock", text: "a".repeat(60_000) }] }],
  ])("finds %s", (_, change) => {
    expect(cardProblems({ ...good, ...change })).not.toEqual([]);
  });

  it("finds a picture that is too large", async () => {
    const { chart } = chartOf();
    const large = await drawChart(chart);
    const url = `data:image/png;base64,${large.toString("base64")}`;
    expect(cardProblems({ ...good, body: [{ type: "Image", url, altText: "a" }] })).toEqual([
      "picture of 1600 x 800",
    ]);
  });
});

function chartOf() {
  const [block] = sampleResults
    .flatMap((result) => present(sampleAnswer(result, "pt")).blocks)
    .filter((one) => one.kind === "chart");
  if (block === undefined) throw new Error("no chart among the samples");
  return block;
}

describe("the cards of our answers", () => {
  const cases = sampleResults.flatMap((result) =>
    (["pt", "en"] as const).map((language) => [result.intent, language, result] as const),
  );

  it.each(cases)("%s in %s is a card that Teams takes", async (_, language, result) => {
    const said = present(sampleAnswer(result, language));
    const pictures = await picturesOf(said, drawChart);
    const card = cardOf(said, { language, pictures });
    expect(cardProblems(card)).toEqual([]);
    expect(sizeOf(card)).toBeLessThanOrEqual(AIMED_BYTES);
    expect(pictures.size).toBe(said.blocks.filter((block) => block.kind === "chart").length);
    // Without its pictures it still says in words what they would show.
    expect(cardProblems(cardOf(said, { language }))).toEqual([]);
  });
});

describe("cardOf", () => {
  it("draws the headline's emphasis, tones and a table of numbers", () => {
    const card = cardOf(
      message(
        [
          {
            kind: "table",
            title: "Posições",
            columns: [
              { label: "Ativo", align: "left" },
              { label: "Valor", align: "right" },
            ],
            rows: [[{ text: "PETR4" }, { text: "-2,1%", tone: "down" }]],
            more: "mais 6",
          },
        ],
        {
          headline: "Ana tem R$ 10,00, alta de 2%",
          emphasis: [{ text: "R$ 10,00" }, { text: "2%", tone: "up" }],
          footer: ["20/11/2026"],
        },
      ),
      { language: "pt" },
    );
    expect(card.body[0]).toEqual({
      type: "RichTextBlock",
      inlines: [
        { type: "TextRun", text: "Ana tem ", size: "Medium" },
        { type: "TextRun", text: "R$\u00a010,00", size: "Medium", weight: "Bolder" },
        { type: "TextRun", text: ", alta de ", size: "Medium" },
        { type: "TextRun", text: "2%", size: "Medium", weight: "Bolder", color: "Good" },
      ],
    });
    expect(card.body[2]).toMatchObject({
      type: "Table",
      columns: [{}, { horizontalCellContentAlignment: "Right" }],
      rows: [{}, { cells: [{}, { items: [{ text: "-2,1%", color: "Attention" }] }] }],
    });
    expect(card.body[3]).toMatchObject({ text: "mais 6", isSubtle: true });
    expect(card.body[4]).toMatchObject({ text: "20/11/2026", isSubtle: true, size: "Small" });
  });

  it("cuts a long table and adds up what was left out", () => {
    const long = (language: "pt" | "en") =>
      cardOf(
        message([
          {
            kind: "table",
            columns: [{ label: "Ativo", align: "left" }],
            rows: Array.from({ length: 1_100 }, (_, at) => [{ text: `A${at}` }]),
            more: language === "pt" ? "mais 1.000" : "1,000 more",
          },
        ]),
        { language },
      );
    expect(long("pt").body.at(-1)).toMatchObject({ text: "mais 2.040" });
    expect(long("en").body.at(-1)).toMatchObject({ text: "2,040 more" });
  });

  it("lets two columns share one where there are many", () => {
    const labels = ["Ativo", "Qtd", "Médio", "Preço", "Valor", "Peso", "Dia", "Ganho"];
    const card = cardOf(
      message([
        {
          kind: "table",
          columns: labels.map((label, at) => ({ label, align: at === 0 ? "left" : "right" })),
          rows: [labels.map((label) => ({ text: `${label}!` }))],
        },
      ]),
      { language: "pt" },
    );
    expect(cardProblems(card)).toEqual([]);
    const shown = JSON.stringify(card.body[1])
      .match(/"text":"[^"]*"/g)
      ?.map((text) => text.slice(8, -1));
    expect(shown).toEqual([...labels, ...labels.map((label) => `${label}!`)]);
    expect(card.body[1]).toMatchObject({
      columns: [{}, {}, {}, {}, {}],
      rows: [
        {},
        {
          cells: [
            { items: [{}] },
            { items: [{ text: "Qtd!" }, { text: "Médio!" }] },
            {},
            {},
            { items: [{}] },
          ],
        },
      ],
    });
  });

  it("puts the seventh button and those after it into the menu", () => {
    const buttons = Array.from({ length: 8 }, (_, at) => ({ label: `b${at}`, command: `c${at}` }));
    const { actions = [] } = cardOf(message([{ kind: "buttons", buttons }]), { language: "pt" });
    expect(actions.map((action) => action["mode"] ?? "primary")).toEqual([
      ...Array.from({ length: 6 }, () => "primary"),
      "secondary",
      "secondary",
    ]);
    expect(actions[0]).toMatchObject({ data: { command: "c0" }, fallback: { data: { command: "c0" } } });
  });

  it.each([
    ["*a* _b_ [c](d)", "\\*a\\* \\_b\\_ \\[c\\](d)"],
    ["- 5 ações", "\\- 5 ações"],
    ["-5%", "-5%"],
    ["1. primeiro", "1\\. primeiro"],
    ["# título", "\\# título"],
    ["{{DATE(x)}}", "{\u2060{DATE(x)}}"],
    ["A &amp; B", "A &\u2060amp; B"],
    ["R$ 1.000,00 (10%)", "R$ 1.000,00 (10%)"],
  ])("keeps %s from being markup", (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 3_000 }));
  const cell = fc.record(
    { text, tone: fc.constantFrom("up", "down", "neutral", "warning") },
    { requiredKeys: ["text"] },
  );
  const block = fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text }),
    fc.record({
      kind: fc.constant("fields" as const),
      fields: fc.array(fc.record({ label: text, value: cell }), { maxLength: 30 }),
    }),
    fc.record({
      kind: fc.constant("table" as const),
      columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left", "right") }), {
        maxLength: 12,
      }),
      rows: fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 80 }),
      more: text,
    }),
    fc.record({
      kind: fc.constant("buttons" as const),
      buttons: fc.array(fc.record({ label: text, command: text }), { maxLength: 15 }),
    }),
  );
  const messages: fc.Arbitrary<Message> = fc.record({
    text,
    headline: text,
    emphasis: fc.array(cell, { maxLength: 3 }),
    blocks: fc.array(block, { maxLength: 12 }),
    footer: fc.array(text, { maxLength: 12 }),
  }) as fc.Arbitrary<Message>;

  it("makes a card that Teams takes of any message", () => {
    fc.assert(
      fc.property(messages, (said) => {
        const card: Card = cardOf(said, { language: "pt" });
        expect(cardProblems(card)).toEqual([]);
        expect(sizeOf(card)).toBeLessThanOrEqual(AIMED_BYTES);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
