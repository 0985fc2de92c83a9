import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleAnswer } from "../../src/messages/answers.testing.ts";
import type { Block, Message } from "../../src/messages/message.ts";
import { present } from "../../src/messages/present.ts";
import { sampleResults } from "../../src/messages/results.testing.ts";
import { presentIngest, presentProgress } from "../../src/messages/upload.ts";
import { blocksOf, toSlack } from "./blocks.ts";
import { checkBlocks, checkMessage } from "./check-blocks.testing.ts";

const LANGUAGES = ["pt", "en"] as const;

function checked(message: Message, pictures: ReadonlyMap<number, string> = new Map()) {
  return toSlack(message, { pictures }).flatMap((part) => checkMessage(part));
}

const plain = (blocks: readonly Block[], change: Partial<Message> = {}): Message => ({
  text: "t",
  headline: "h",
  blocks,
  footer: [],
  ...change,
});

describe("the blocks of every answer", () => {
  for (const language of LANGUAGES) {
    it.each(sampleResults.map((result) => [result.intent, result] as const))(
      `keep to the limits: ${language} %s`,
      (_, result) => {
        const message = present(sampleAnswer(result, language));
        const pictures = new Map(message.blocks.map((_block, index) => [index, `F${index}`]));
        expect(checked(message, pictures)).toEqual([]);
        expect(checked(message)).toEqual([]);
      },
    );

    it(`keep to the limits: ${language}, a file`, () => {
      const issues = Array.from({ length: 30 }, (_, line) => ({
        line: line + 2,
        column: "quantidade",
        value: "<!channel> & *cem*",
        reason: "não é um número",
      }));
      const file = { upload: "up1", file: "a<b>&c.csv", kind: "operations", rows: 40, loaded: 10 };
      const report = { ...file, replaced: 0, repeated: 0, rejected: 30, promoted: true, issues };
      expect(checked(presentIngest({ files: [report, report] }, language))).toEqual([]);
      expect(checked(presentProgress("checked", 0.4, file.file, language))).toEqual([]);
    });
  }
});

describe("a message drawn for Slack", () => {
  it("links to a page by its name, and lets neither of them end early", () => {
    const block = { kind: "link", label: "Abrir | <o> painel", url: "https://a.example/x?y=1&z=|>" } as const;
    const message = plain([block], { headline: "Painel" });
    expect(blocksOf(message)[1]).toMatchObject({
      text: { text: "<https://a.example/x?y=1&amp;z=%7C%3E|Abrir   &lt;o&gt; painel>" },
    });
    expect(checked(message)).toEqual([]);
  });

  it("sets the named parts of the headline in bold and escapes the rest", () => {
    const message = plain([], { headline: "A<b> & C caiu 3%", emphasis: [{ text: "<b>" }, { text: "3%" }] });
    expect(blocksOf(message)).toMatchObject([
      { text: { type: "mrkdwn", text: "A\u200b*&lt;b&gt;* &amp; C caiu *3%*" } },
    ]);
  });

  it("draws a table with its heading, and a second one in a fixed width", () => {
    const table: Block = {
      kind: "table",
      title: "Ativos",
      columns: [
        { label: "Ativo", align: "left" },
        { label: "Valor", align: "right" },
      ],
      rows: [[{ text: "PETR4" }, { text: "" }]],
      more: "mais 6",
    };
    expect(blocksOf(plain([table, table]))).toMatchObject([
      {},
      { type: "section", text: { text: "*Ativos*" } },
      {
        type: "table",
        rows: [
          [{ text: "Ativo" }, { text: "Valor" }],
          [{ text: "PETR4" }, { text: "—" }],
        ],
        column_settings: [{ align: "left" }, { align: "right" }],
      },
      { type: "context", elements: [{ text: "mais 6" }] },
      { type: "section" },
      { type: "section", text: { text: "```\nAtivo  Valor\nPETR4\n```" } },
      { type: "context" },
    ]);
  });

  it("shows a picture by its file, and tells it in words where there is none", () => {
    const message = plain([
      {
        kind: "chart",
        alt: "subiu",
        chart: { type: "bars", title: "", subtitle: "", bars: [], style: "plain", language: "pt" },
      },
    ]);
    expect(blocksOf(message, { pictures: new Map([[0, "F1"]]) })).toMatchObject([
      {},
      { type: "image", slack_file: { id: "F1" }, alt_text: "subiu" },
    ]);
    expect(blocksOf(message)).toMatchObject([{}, { type: "context", elements: [{ text: "subiu" }] }]);
  });

  it("gives every button an id of its own and its command as its value", () => {
    const buttons = Array.from({ length: 30 }, (_, at) => ({
      label: `b${at}`,
      command: `carteira de ${at}`,
    }));
    const blocks = blocksOf(plain([{ kind: "buttons", buttons }]));
    expect(checkBlocks(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('"value":"carteira de 29"');
  });

  it("leaves out a button whose command does not fit, for a cut one would ask something else", () => {
    const buttons = [{ label: "x", command: "c".repeat(2_001) }];
    expect(blocksOf(plain([{ kind: "buttons", buttons }]))).toHaveLength(1);
  });

  it("closes a fixed width that was cut open", () => {
    const rows = Array.from({ length: 90 }, () => [{ text: "x".repeat(80) }]);
    const [part] = toSlack(plain([{ kind: "table", columns: [{ label: "a", align: "left" }], rows }]));
    expect(part?.text.split("```").length).toBe(3);
  });

  it("keeps to the limits whatever it holds", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60, unit: "grapheme" }),
      fc.constantFrom(
        "<!channel>",
        "*&*",
        "```",
        "a".repeat(7_000),
        "é&<>".repeat(900),
        "👩‍👩‍👧".repeat(500),
        " ",
        "",
      ),
    );
    const cell = fc.record({ text });
    const table = fc.integer({ min: 0, max: 24 }).chain((width) =>
      fc.record({
        kind: fc.constant("table" as const),
        title: text,
        columns: fc.array(
          fc.record({ label: text, align: fc.constantFrom("left" as const, "right" as const) }),
          {
            minLength: width,
            maxLength: width,
          },
        ),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 110 }),
        more: text,
      }),
    );
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant("text" as const), text }),
      fc.record({
        kind: fc.constant("fields" as const),
        fields: fc.array(fc.record({ label: text, value: cell }), { maxLength: 25 }),
      }),
      table,
      fc.record({
        kind: fc.constant("buttons" as const),
        buttons: fc.array(fc.record({ label: text, command: text }), { maxLength: 30 }),
      }),
      fc.record({
        kind: fc.constant("chart" as const),
        alt: text,
        chart: fc.constant({
          type: "bars" as const,
          title: "",
          subtitle: "",
          bars: [],
          style: "plain" as const,
          language: "pt" as const,
        }),
      }),
    );
    const message: fc.Arbitrary<Message> = fc.record({
      text,
      headline: fc
        .string({ minLength: 1, maxLength: 200 })
        .filter((line) => line.replaceAll("*", "").trim() !== ""),
      emphasis: fc.array(cell, { maxLength: 3 }),
      blocks: fc.array(block, { maxLength: 30 }),
      footer: fc.array(text, { maxLength: 14 }),
    });
    fc.assert(
      fc.property(message, fc.boolean(), (given, drawn) => {
        const pictures = new Map(given.blocks.map((_, index) => [index, `F${index}`]));
        expect(checked(given, drawn ? pictures : new Map())).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
