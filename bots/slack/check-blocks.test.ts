import { describe, expect, it } from "vitest";
import { checkBlocks, checkHome, checkMessage, checkModal } from "./check-blocks.testing.ts";

const text = (length: number, type = "plain_text") => ({
  type,
  text: "x".repeat(length),
  ...(type === "mrkdwn" ? { verbatim: true } : {}),
});
const button = (change: Record<string, unknown> = {}) => ({
  type: "button",
  text: text(5),
  value: "v",
  action_id: "a",
  ...change,
});
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const section = { type: "section", text: text(1) };
const option = (change: Record<string, unknown> = {}) => ({ text: text(5), value: "v", ...change });
const select = (change: Record<string, unknown>) => ({
  type: "static_select",
  placeholder: text(5),
  action_id: "s",
  ...change,
});
const table = (rows: number, cells: number, length = 1) => ({
  type: "table",
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: cells }, () => ({ type: "raw_text", text: "x".repeat(length) })),
  ),
});
const times = (count: number, block: unknown) => Array.from({ length: count }, () => block);

const RIGHT: readonly (readonly [string, unknown[]])[] = [
  ["fifty blocks", times(50, section)],
  ["a section at its limit", [{ type: "section", text: text(3_000) }]],
  ["fields at their limit", [{ type: "section", fields: times(10, text(2_000, "mrkdwn")) }]],
  ["a header at its limit", [{ type: "header", text: text(150) }]],
  ["a context at its limit", [{ type: "context", elements: times(10, text(3_000)) }]],
  ["a button at its limit", [actions(button({ text: text(75), value: "v".repeat(2_000) }))]],
  ["a select at its limit", [actions(select({ options: times(100, option({ text: text(75) })) }))]],
  ["a table at its limit", [table(100, 20)]],
  ["an image by its file", [{ type: "image", alt_text: "x".repeat(2_000), slack_file: { id: "F1" } }]],
];

const WRONG: readonly (readonly [string, unknown[]])[] = [
  ["no blocks", []],
  ["a block too many", times(51, section)],
  ["a section too long", [{ type: "section", text: text(3_001) }]],
  ["an empty section", [{ type: "section", text: text(0) }]],
  ["a section of nothing", [{ type: "section" }]],
  ["a header too long", [{ type: "header", text: text(151) }]],
  ["a header with markup", [{ type: "header", text: text(5, "mrkdwn") }]],
  ["a field too many", [{ type: "section", fields: times(11, text(1)) }]],
  ["a field too long", [{ type: "section", fields: [text(2_001)] }]],
  ["a context element too many", [{ type: "context", elements: times(11, text(1)) }]],
  ["an empty row of buttons", [actions()]],
  ["a button too many", [actions(...Array.from({ length: 26 }, (_, at) => button({ action_id: `${at}` })))]],
  ["an action twice", [actions(button()), actions(button())]],
  ["an action id too long", [actions(button({ action_id: "a".repeat(256) }))]],
  ["a button's text too long", [actions(button({ text: text(76) }))]],
  ["a button's value too long", [actions(button({ value: "v".repeat(2_001) }))]],
  ["a button of no type", [actions({ ...button(), type: "link" })]],
  [
    "a confirmation too long",
    [actions(button({ confirm: { title: text(101), text: text(1), confirm: text(1), deny: text(1) } }))],
  ],
  ["an option's text too long", [actions(select({ options: [option({ text: text(76) })] }))]],
  ["an option's value too long", [actions(select({ options: [option({ value: "v".repeat(151) })] }))]],
  ["an option too many", [actions(select({ options: times(101, option()) }))]],
  ["an empty select", [actions(select({ options: [] }))]],
  [
    "a select of two kinds",
    [actions(select({ options: [option()], option_groups: [{ label: text(1), options: [option()] }] }))],
  ],
  [
    "a group too many",
    [actions(select({ option_groups: times(101, { label: text(1), options: [option()] }) }))],
  ],
  ["a table with a row too many", [table(101, 1)]],
  ["a table with a cell too many", [table(1, 21)]],
  ["a table with too much in it", [table(100, 20, 6)]],
  ["a table with an empty cell", [table(1, 1, 0)]],
  ["a table with a row too short", [{ type: "table", rows: [...table(1, 2).rows, ...table(1, 1).rows] }]],
  ["two tables", [table(1, 1), table(1, 1)]],
  ["a column aligned nowhere", [{ ...table(1, 1), column_settings: [{ align: "top" }] }]],
  ["an image without words", [{ type: "image", alt_text: "", slack_file: { id: "F1" } }]],
  [
    "an image with too many words",
    [{ type: "image", alt_text: "x".repeat(2_001), slack_file: { id: "F1" } }],
  ],
  ["an image with an address", [{ type: "image", alt_text: "x", image_url: "https://x.test/a.png" }]],
  ["a link to no page", [{ type: "section", text: { ...text(1, "mrkdwn"), text: "<mailto:a@x.test|a>" } }]],
  [
    "a link in the clear",
    [{ type: "section", text: { ...text(1, "mrkdwn"), text: "<http://x.test|click>" } }],
  ],
  ["a link without a name", [{ type: "section", text: { ...text(1, "mrkdwn"), text: "<https://x.test>" } }]],
  ["a call to everybody", [{ type: "section", text: { ...text(1, "mrkdwn"), text: "<!channel>" } }]],
  ["a bare ampersand", [{ type: "section", text: { ...text(1, "mrkdwn"), text: "P&L" } }]],
  ["links made of data", [{ type: "section", text: { type: "mrkdwn", text: "x" } }]],
  ["half a character", [{ type: "section", text: { type: "plain_text", text: "\ud83d" } }]],
  ["a block id twice", times(2, { ...section, block_id: "b" })],
  ["a block id too long", [{ ...section, block_id: "b".repeat(256) }]],
  ["an unknown field", [{ ...section, colour: "red" }]],
  ["an unknown block", [{ type: "marquee" }]],
];

describe("the checker of blocks", () => {
  it.each(RIGHT)("takes %s", (_, blocks) => {
    expect(checkBlocks(blocks)).toEqual([]);
  });

  it.each(WRONG)("finds %s", (_, blocks) => {
    expect(checkBlocks(blocks)).not.toEqual([]);
  });

  it("allows a Home a hundred blocks and no table", () => {
    expect(checkHome({ type: "home", blocks: times(100, section) })).toEqual([]);
    expect(checkHome({ type: "home", blocks: times(101, section) })).not.toEqual([]);
    expect(checkHome({ type: "home", blocks: [table(1, 1)] })).not.toEqual([]);
  });

  const input = (element: object, change: object = {}) => ({
    type: "input",
    block_id: "b",
    label: text(2_000),
    element: { action_id: "a", ...element },
    ...change,
  });
  const typed = { type: "plain_text_input", max_length: 3_000, placeholder: text(150), initial_value: "x" };
  const choice = { type: "static_select", placeholder: text(150), options: [option()] };
  const modal = (change: object) => ({
    type: "modal",
    callback_id: "c".repeat(255),
    private_metadata: "m".repeat(3_000),
    title: text(24),
    submit: text(24),
    close: text(24),
    blocks: [input(typed)],
    ...change,
  });

  it.each<[string, object]>([
    ["at its limits", {}],
    ["of a hundred blocks", { blocks: times(100, section) }],
    ["with a choice made", { blocks: [input({ ...choice, initial_option: option() })] }],
    ["with a time", { blocks: [input({ type: "timepicker", initial_time: "23:59" })] }],
  ])("takes a modal %s", (_, change) => {
    expect(checkModal(modal(change))).toEqual([]);
  });

  it.each<[string, object]>([
    ["another type", { type: "home" }],
    ["a title too long", { title: text(25) }],
    ["a title in markup", { title: text(5, "mrkdwn") }],
    ["no title", { title: undefined }],
    ["a button too long", { submit: text(25) }],
    ["a close too long", { close: text(25) }],
    ["inputs and no way to send them", { submit: undefined }],
    ["too much kept", { private_metadata: "m".repeat(3_001) }],
    ["no name", { callback_id: "" }],
    ["too many blocks", { blocks: times(101, section) }],
    ["no blocks", { blocks: [] }],
    ["a table", { blocks: [table(1, 1)] }],
    ["an unknown field", { colour: "red" }],
    ["an input without a label", { blocks: [input(typed, { label: undefined })] }],
    ["a label too long", { blocks: [input(typed, { label: text(2_001) })] }],
    ["an input's id twice", { blocks: times(2, input(typed)) }],
    [
      "a text too long from the start",
      { blocks: [input({ ...typed, max_length: 2, initial_value: "xxx" })] },
    ],
    ["a length too long", { blocks: [input({ ...typed, max_length: 3_001 })] }],
    ["no hour", { blocks: [input({ type: "timepicker", initial_time: "24:00" })] }],
    [
      "a choice that is not offered",
      { blocks: [input({ ...choice, initial_option: option({ value: "w" }) })] },
    ],
    ["too many options", { blocks: [input({ ...choice, options: times(101, option()) })] }],
    ["an unknown input", { blocks: [input({ type: "radio_buttons" })] }],
  ])("finds in a modal %s", (_, change) => {
    expect(checkModal(modal(change))).not.toEqual([]);
  });

  it("finds an input outside of a modal", () => {
    expect(checkBlocks([input(typed)])).not.toEqual([]);
    expect(checkHome({ type: "home", blocks: [input(typed)] })).not.toEqual([]);
  });

  it("finds a message without text, or with markup in it", () => {
    expect(checkMessage({ text: "hello", blocks: [section] })).toEqual([]);
    expect(checkMessage({ blocks: [section] })).toEqual(["no text"]);
    expect(checkMessage({ text: "<!here>", blocks: [section] })).toEqual(["/text: not escaped"]);
  });
});
