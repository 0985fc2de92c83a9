/**
 * A strict reading of Block Kit's documented limits (docs.slack.dev/reference/block-kit), apart from the code that
 * keeps to them: no validator of Slack's own runs offline. It knows the blocks that we send, and refuses any other.
 */

type Json = Readonly<Record<string, unknown>>;
type Surface = "message" | "home" | "modal";

interface Check {
  readonly surface: Surface;
  readonly problems: string[];
  readonly actionIds: Set<string>;
  readonly blockIds: Set<string>;
  tables: number;
}

const KNOWN = new Set(["type", "block_id"]);

/** What Slack would refuse in these blocks; nothing where they are right. */
export function checkBlocks(blocks: unknown, surface: Surface = "message"): readonly string[] {
  const check: Check = { surface, problems: [], actionIds: new Set(), blockIds: new Set(), tables: 0 };
  if (!Array.isArray(blocks)) return ["blocks is not a list"];
  const max = surface === "message" ? 50 : 100;
  if (blocks.length > max) check.problems.push(`${blocks.length} blocks, at most ${max}`);
  if (blocks.length === 0) check.problems.push("no blocks");
  for (const [at, block] of blocks.entries()) checkBlock(check, block, `/blocks/${at}`);
  const tablesMax = surface === "message" ? 1 : 0;
  if (check.tables > tablesMax) check.problems.push(`at most ${tablesMax} tables in a ${surface}`);
  return check.problems;
}

/** The same for a whole message: its text must be there and say something. */
export function checkMessage(message: unknown): readonly string[] {
  if (!isObject(message)) return ["not a message"];
  const text = message["text"];
  const bad =
    typeof text !== "string" || text.trim() === ""
      ? ["no text"]
      : text.length > 40_000
        ? ["text too long"]
        : [];
  const stray = typeof text === "string" ? markup(text, "/text") : [];
  return [...bad, ...stray, ...(message["blocks"] === undefined ? [] : checkBlocks(message["blocks"]))];
}

/** A view of App Home. */
export function checkHome(view: unknown): readonly string[] {
  if (!isObject(view) || view["type"] !== "home") return ["not a home"];
  return checkBlocks(view["blocks"], "home");
}

/** A modal: what it keeps and is called, its three short texts, and a way to send what is filled in. */
export function checkModal(view: unknown): readonly string[] {
  if (!isObject(view) || view["type"] !== "modal") return ["not a modal"];
  const problems = [...checkBlocks(view["blocks"], "modal")];
  const check: Check = { surface: "modal", problems, actionIds: new Set(), blockIds: new Set(), tables: 0 };
  only(check, view, "", ["callback_id", "private_metadata", "title", "submit", "close", "blocks"]);
  for (const name of ["title", "submit", "close"]) {
    const text = view[name];
    if (text !== undefined) checkText(check, text, `/${name}`, 24, "plain_text");
  }
  if (view["title"] === undefined) problems.push("/title: none");
  length(check, view["callback_id"], "/callback_id", 255);
  if (view["private_metadata"] !== undefined) {
    length(check, view["private_metadata"], "/private_metadata", 3_000);
  }
  const blocks: readonly unknown[] = Array.isArray(view["blocks"]) ? view["blocks"] : [];
  const inputs = blocks.some((block) => isObject(block) && block["type"] === "input");
  if (inputs && view["submit"] === undefined) problems.push("/submit: none, and there are inputs");
  return problems;
}

function checkBlock(check: Check, block: unknown, at: string): undefined {
  if (!isObject(block)) return refuse(check, `${at}: not a block`);
  const id = block["block_id"];
  if (id !== undefined) {
    length(check, id, `${at}/block_id`, 255);
    unique(check, check.blockIds, id, `${at}/block_id`);
  }
  switch (block["type"]) {
    case "section":
      return checkSection(check, block, at);
    case "header":
      only(check, block, at, ["text"]);
      return checkText(check, block["text"], `${at}/text`, 150, "plain_text");
    case "context":
      only(check, block, at, ["elements"]);
      return list(check, block["elements"], `${at}/elements`, [1, 10], (item, place) =>
        checkText(check, item, place, 3_000),
      );
    case "actions":
      only(check, block, at, ["elements"]);
      return list(check, block["elements"], `${at}/elements`, [1, 25], (item, place) =>
        checkElement(check, item, place),
      );
    case "input":
      return checkInput(check, block, at);
    case "image":
      return checkImage(check, block, at);
    case "divider":
      return only(check, block, at, []);
    case "table":
      return checkTable(check, block, at);
    default:
      check.problems.push(`${at}: unsupported block ${String(block["type"])}`);
  }
}

function checkSection(check: Check, block: Json, at: string): undefined {
  only(check, block, at, ["text", "fields", "expand"]);
  const { text, fields } = block;
  if (text === undefined && fields === undefined) check.problems.push(`${at}: neither text nor fields`);
  if (text !== undefined) checkText(check, text, `${at}/text`, 3_000);
  if (fields !== undefined) {
    list(check, fields, `${at}/fields`, [1, 10], (item, place) => checkText(check, item, place, 2_000));
  }
}

function checkInput(check: Check, block: Json, at: string): undefined {
  only(check, block, at, ["label", "element", "optional"]);
  if (check.surface !== "modal") check.problems.push(`${at}: an input outside of a modal`);
  length(check, block["block_id"], `${at}/block_id`, 255);
  checkText(check, block["label"], `${at}/label`, 2_000, "plain_text");
  const { element } = block;
  const place = `${at}/element`;
  if (!isObject(element)) return refuse(check, `${place}: not an element`);
  length(check, element["action_id"], `${place}/action_id`, 255);
  if (element["placeholder"] !== undefined) {
    checkText(check, element["placeholder"], `${place}/placeholder`, 150, "plain_text");
  }
  switch (element["type"]) {
    case "plain_text_input":
      return checkTextInput(check, element, place);
    case "timepicker":
      only(check, element, place, ["action_id", "initial_time", "placeholder"]);
      if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/.test(String(element["initial_time"] ?? ""))) {
        check.problems.push(`${place}/initial_time: not an hour`);
      }
      return;
    case "static_select":
      return checkSelect(check, element, place);
    default:
      check.problems.push(`${place}: unsupported element ${String(element["type"])}`);
  }
}

function checkTextInput(check: Check, element: Json, at: string): undefined {
  only(check, element, at, [
    "action_id",
    "initial_value",
    "placeholder",
    "max_length",
    "min_length",
    "multiline",
  ]);
  const max = element["max_length"] ?? 3_000;
  if (typeof max !== "number" || max < 1 || max > 3_000)
    return refuse(check, `${at}/max_length: from 1 to 3000`);
  if (element["initial_value"] !== undefined)
    length(check, element["initial_value"], `${at}/initial_value`, max);
}

function checkImage(check: Check, block: Json, at: string): undefined {
  only(check, block, at, ["alt_text", "slack_file", "title"]);
  length(check, block["alt_text"], `${at}/alt_text`, 2_000);
  const file = block["slack_file"];
  // No `image_url`: what a client owns never has a public address.
  if (!isObject(file) || typeof file["id"] !== "string" || Object.keys(file).length !== 1) {
    check.problems.push(`${at}/slack_file: not one file by its id`);
  }
}

function checkTable(check: Check, block: Json, at: string): undefined {
  only(check, block, at, ["rows", "column_settings"]);
  check.tables += 1;
  let characters = 0;
  const widths = new Set<number>();
  list(check, block["rows"], `${at}/rows`, [1, 100], (row, place) => {
    if (Array.isArray(row)) widths.add(row.length);
    list(check, row, place, [1, 20], (cell, spot) => {
      const text = isObject(cell) && cell["type"] === "raw_text" ? cell["text"] : undefined;
      if (typeof text !== "string" || text === "") return refuse(check, `${spot}: no raw text`);
      characters += text.length;
    });
  });
  if (widths.size > 1) check.problems.push(`${at}: rows of different lengths`);
  if (characters > 10_000) check.problems.push(`${at}: ${characters} characters in a table, at most 10000`);
  if (block["column_settings"] === undefined) return;
  list(check, block["column_settings"], `${at}/column_settings`, [1, 20], (setting, place) => {
    const align = isObject(setting) ? setting["align"] : null;
    if (!["left", "center", "right"].includes(String(align))) check.problems.push(`${place}: bad align`);
  });
}

function checkElement(check: Check, element: unknown, at: string): undefined {
  if (!isObject(element)) return refuse(check, `${at}: not an element`);
  length(check, element["action_id"], `${at}/action_id`, 255);
  unique(check, check.actionIds, element["action_id"], `${at}/action_id`);
  if (element["confirm"] !== undefined) checkConfirm(check, element["confirm"], `${at}/confirm`);
  switch (element["type"]) {
    case "button":
      only(check, element, at, ["text", "value", "action_id", "confirm", "style"]);
      checkText(check, element["text"], `${at}/text`, 75, "plain_text");
      return length(check, element["value"], `${at}/value`, 2_000);
    case "static_select":
      return checkSelect(check, element, at);
    default:
      check.problems.push(`${at}: unsupported element ${String(element["type"])}`);
  }
}

function checkSelect(check: Check, element: Json, at: string): undefined {
  only(check, element, at, [
    "placeholder",
    "options",
    "option_groups",
    "action_id",
    "confirm",
    "initial_option",
  ]);
  checkText(check, element["placeholder"], `${at}/placeholder`, 150, "plain_text");
  const { options, option_groups: groups } = element;
  if ((options === undefined) === (groups === undefined)) {
    check.problems.push(`${at}: either options or option_groups`);
  }
  const checkOptions = (some: unknown, place: string) =>
    list(check, some, place, [1, 100], (option, spot) => {
      if (!isObject(option)) return refuse(check, `${spot}: not an option`);
      checkText(check, option["text"], `${spot}/text`, 75, "plain_text");
      length(check, option["value"], `${spot}/value`, 150);
    });
  if (options !== undefined) checkOptions(options, `${at}/options`);
  const initial = element["initial_option"];
  const among = JSON.stringify(options ?? groups ?? []);
  if (initial !== undefined && !among.includes(JSON.stringify(initial))) {
    check.problems.push(`${at}/initial_option: none of the options`);
  }
  if (groups === undefined) return;
  list(check, groups, `${at}/option_groups`, [1, 100], (group, place) => {
    if (!isObject(group)) return refuse(check, `${place}: not a group`);
    checkText(check, group["label"], `${place}/label`, 75, "plain_text");
    checkOptions(group["options"], `${place}/options`);
  });
}

function checkConfirm(check: Check, confirm: unknown, at: string): undefined {
  if (!isObject(confirm)) return refuse(check, `${at}: not a confirmation`);
  only(check, confirm, at, ["title", "text", "confirm", "deny", "style"]);
  checkText(check, confirm["title"], `${at}/title`, 100, "plain_text");
  checkText(check, confirm["text"], `${at}/text`, 300, "plain_text");
  checkText(check, confirm["confirm"], `${at}/confirm`, 30, "plain_text");
  checkText(check, confirm["deny"], `${at}/deny`, 30, "plain_text");
}

function checkText(check: Check, text: unknown, at: string, max: number, type?: "plain_text"): undefined {
  if (!isObject(text)) return refuse(check, `${at}: not a text`);
  if (text["type"] !== "plain_text" && text["type"] !== "mrkdwn") check.problems.push(`${at}: bad type`);
  if (type !== undefined && text["type"] !== type) check.problems.push(`${at}: must be ${type}`);
  length(check, text["text"], `${at}/text`, max);
  if (text["type"] !== "mrkdwn") return only(check, text, at, ["text", "emoji"]);
  only(check, text, at, ["text", "verbatim"]);
  if (text["verbatim"] !== true) check.problems.push(`${at}: links would be made of data`);
  if (typeof text["text"] === "string") check.problems.push(...markup(text["text"], at));
}

/** The one mention that our messages may hold is of a person; a link names a page on the web and what it is called. */
function markup(text: string, at: string): readonly string[] {
  const rest = text
    .replace(/<@[UW][A-Z0-9]+>|<https:\/\/[^<>|\s]+\|[^<>|]+>/g, "")
    .replace(/&(?:amp|lt|gt);/g, "");
  return /[<>&]/.test(rest) ? [`${at}: not escaped`] : [];
}

function length(check: Check, text: unknown, at: string, max: number): undefined {
  if (typeof text !== "string" || text.trim() === "") return refuse(check, `${at}: empty`);
  if (text.length > max) check.problems.push(`${at}: ${text.length} characters, at most ${max}`);
  if (!text.isWellFormed()) check.problems.push(`${at}: half a character`);
}

/** Notes a problem, as the end of a check that cannot go on. */
function refuse(check: Check, problem: string): undefined {
  check.problems.push(problem);
}

function unique(check: Check, seen: Set<string>, id: unknown, at: string): undefined {
  if (seen.has(String(id))) check.problems.push(`${at}: twice`);
  seen.add(String(id));
}

function only(check: Check, object: Json, at: string, keys: readonly string[]): undefined {
  const stray = Object.keys(object).filter((key) => !KNOWN.has(key) && !keys.includes(key));
  if (stray.length > 0) check.problems.push(`${at}: unknown ${stray.join(", ")}`);
}

function list(
  check: Check,
  items: unknown,
  at: string,
  [min, max]: readonly [number, number],
  each: (item: unknown, place: string) => undefined,
): undefined {
  if (!Array.isArray(items)) return refuse(check, `${at}: not a list`);
  if (items.length < min || items.length > max) {
    check.problems.push(`${at}: ${items.length} items, from ${min} to ${max}`);
  }
  for (const [index, item] of items.entries()) each(item, `${at}/${index}`);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
