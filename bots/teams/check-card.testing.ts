import { createRequire } from "node:module";
import type { Card } from "./card.ts";

/** What is used of the reference parser, whose own types want a browser's. */
interface Parser {
  readonly HostConfig: new (settings: object) => object;
  readonly AdaptiveCard: new () => {
    hostConfig: object;
    parse(json: unknown, context: object): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
  readonly SerializationContext: new (
    version: object,
  ) => { readonly eventCount: number; getEventAt(at: number): { readonly message: string } };
  readonly Versions: { readonly v1_5: object };
}

/** The hard limit of a message in Teams, as UTF-16 and without pictures in base64. */
const HARD_BYTES = 100_000;
const MAX_PICTURE_BYTES = 1_048_576;
const MAX_PICTURE_PX = 1_024;
const VISIBLE_ACTIONS = 6;
const DATA_URI = /^data:image\/(?:png|jpeg|gif);base64,([A-Za-z0-9+/]+=*)$/;

const require = createRequire(import.meta.url);
const parser: Parser = require("adaptivecards/dist/adaptivecards.js");
/** The parser counts the buttons of the overflow menu too; the visible ones are counted below. */
const TEAMS = new parser.HostConfig({ actions: { maxActions: 12 } });

/** Elements and actions of version 1.5 that cards of ours are made of, with the properties we know of each. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ["$schema", "version", "fallbackText", "body", "actions", "msteams"],
  TextBlock: ["text", "wrap", "isSubtle", "size", "weight", "color", "spacing", "separator"],
  RichTextBlock: ["inlines"],
  TextRun: ["text", "size", "weight", "color"],
  FactSet: ["facts"],
  ColumnSet: ["columns"],
  Column: ["width", "items"],
  Table: ["firstRowAsHeaders", "showGridLines", "columns", "rows"],
  TableRow: ["cells"],
  TableCell: ["items"],
  Image: ["url", "altText", "size"],
  Container: ["items", "style", "spacing"],
  ActionSet: ["actions"],
  "Input.ChoiceSet": [
    "id",
    "label",
    "style",
    "isRequired",
    "errorMessage",
    "choices",
    "placeholder",
    "value",
  ],
  "Input.Text": ["id", "label", "isRequired", "errorMessage", "placeholder", "value", "maxLength"],
  "Input.Time": ["id", "label", "isRequired", "errorMessage", "value"],
  "Action.Execute": ["title", "verb", "data", "mode", "associatedInputs", "fallback"],
  "Action.OpenUrl": ["title", "url"],
  "Action.Submit": ["title", "data", "mode", "associatedInputs"],
};

/** All that is wrong with a card: what the reference parser finds, and the limits that it does not know. */
export function cardProblems(card: Card | Readonly<Record<string, unknown>>): readonly string[] {
  const problems: string[] = [];
  const json: unknown = JSON.parse(JSON.stringify(card));
  const parsed = new parser.AdaptiveCard();
  parsed.hostConfig = TEAMS;
  const context = new parser.SerializationContext(parser.Versions.v1_5);
  parsed.parse(json, context);
  for (let at = 0; at < context.eventCount; at += 1)
    problems.push(`parse: ${context.getEventAt(at).message}`);
  for (const event of parsed.validateProperties().validationEvents)
    problems.push(`invalid: ${event.message}`);

  const root = recordOf(json);
  if (root["type"] !== "AdaptiveCard") problems.push("not an AdaptiveCard");
  if (root["version"] !== "1.5") problems.push(`version ${String(root["version"])}`);
  if (typeof root["fallbackText"] !== "string") problems.push("no fallbackText");
  if (listOf(root["body"]).length === 0) problems.push("an empty body");
  const bytes = JSON.stringify(json, withoutPictures).length * 2;
  if (bytes > HARD_BYTES) problems.push(`${bytes} bytes`);
  const visible = listOf(root["actions"]).filter((action) => recordOf(action)["mode"] !== "secondary");
  if (visible.length > VISIBLE_ACTIONS) problems.push(`${visible.length} visible actions`);
  walk(root, problems);
  checkInputs(JSON.stringify(json), problems);
  return problems;
}

function withoutPictures(key: string, value: unknown): unknown {
  return key === "url" && typeof value === "string" && DATA_URI.test(value) ? "" : value;
}

function walk(element: Readonly<Record<string, unknown>>, problems: string[]): void {
  const type = String(element["type"]);
  const known = KNOWN[type];
  if (known === undefined) problems.push(`unknown type ${type}`);
  for (const name of Object.keys(element)) {
    if (name !== "type" && !(known ?? []).includes(name)) problems.push(`${type}.${name} is not known`);
  }
  if (type === "TextBlock" || type === "TextRun") checkText(type, element["text"], problems);
  if (type === "Image") checkPicture(element, problems);
  if (type === "Table") checkTable(element, problems);
  if (type === "Action.Execute") checkExecute(element, problems);
  for (const name of ["body", "actions", "inlines", "columns", "items", "rows", "cells"]) {
    if (type === "Table" && name === "columns") continue;
    for (const child of listOf(element[name])) walk(recordOf(child), problems);
  }
  for (const fact of listOf(element["facts"])) {
    checkText("Fact title", recordOf(fact)["title"], problems);
    checkText("Fact value", recordOf(fact)["value"], problems);
  }
  if (element["fallback"] !== undefined) walk(recordOf(element["fallback"]), problems);
}

function checkText(type: string, text: unknown, problems: string[]): void {
  if (typeof text !== "string" || text === "") problems.push(`${type} without a text`);
  else if (/\{\{/.test(text) && type !== "TextRun") problems.push(`${type} with a macro`);
}

/** Inputs are told apart by their ids in the whole card. */
function checkInputs(json: string, problems: string[]): void {
  const ids = [...json.matchAll(/"type":"Input\.\w+","id":"([^"]*)"/g)].map(([, id]) => id ?? "");
  if (new Set(ids).size < ids.length) problems.push("two inputs of one id");
  if (ids.some((id) => !/^\w+$/.test(id))) problems.push("an input's id that is no word");
}

function checkPicture(element: Readonly<Record<string, unknown>>, problems: string[]): void {
  if (typeof element["altText"] !== "string" || element["altText"] === "")
    problems.push("Image without altText");
  const base64 = DATA_URI.exec(String(element["url"]))?.[1];
  if (base64 === undefined) {
    problems.push("Image that is not a picture in the card");
    return;
  }
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_PICTURE_BYTES) problems.push(`picture of ${bytes.length} bytes`);
  // A PNG says its width and height in its first chunk.
  const [width, height] = bytes.length < 24 ? [0, 0] : [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width > MAX_PICTURE_PX || height > MAX_PICTURE_PX) problems.push(`picture of ${width} x ${height}`);
}

function checkTable(element: Readonly<Record<string, unknown>>, problems: string[]): void {
  const columns = listOf(element["columns"]).length;
  for (const row of listOf(element["rows"])) {
    const cells = listOf(recordOf(row)["cells"]).length;
    if (cells !== columns) problems.push(`a row of ${cells} cells in a table of ${columns} columns`);
  }
}

function checkExecute(element: Readonly<Record<string, unknown>>, problems: string[]): void {
  const fallback = recordOf(element["fallback"]);
  if (typeof element["title"] !== "string" || element["title"] === "")
    problems.push("action without a title");
  if (typeof element["verb"] !== "string") problems.push("Execute without a verb");
  if (fallback["type"] !== "Action.Submit") problems.push("Execute without a Submit");
  if (JSON.stringify(fallback["data"]) !== JSON.stringify(element["data"])) {
    problems.push("Execute and Submit differ");
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
