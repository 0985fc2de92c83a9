import { labelOf } from "../../messages/words.ts";
import { CATALOGUE } from "../../warehouse/catalogue.ts";
import { readArguments } from "../arguments.ts";
import { mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import {
  csvLines,
  hasNoClass,
  isNamed,
  isUnknown,
  type ListedInstrument,
  listedInstrument,
} from "../instrument-list.ts";
import type { Shell } from "../shell.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  unknown: { type: "boolean" },
  csv: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** Lists the instruments of the book, also as a file to edit and load again. They belong to no client. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (values.csv === true && values.json === true) {
    throw new Refusal(EXIT.badUsage, words.optionNotAllowed("--json", "--csv", "--json, --csv"));
  }
  const text = positionals.join(" ");
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const found = (await listInstruments(book.warehouse)).filter(
    (one) => isNamed(one, text) && (values.unknown !== true || isUnknown(one)),
  );
  if (values.json === true) terminal.json(found);
  else if (values.csv === true) printCsv(found, values.unknown === true, shell);
  else printTable(found, shell);
  return EXIT.answered;
}

type Warehouse = Awaited<ReturnType<typeof openBook>>["warehouse"];

async function listInstruments(warehouse: Warehouse): Promise<readonly ListedInstrument[]> {
  const snapshot = await warehouse.current();
  if (snapshot === null) return [];
  return (await warehouse.run(snapshot, CATALOGUE.instrumentList, {})).map(listedInstrument);
}

function printTable(found: readonly ListedInstrument[], { words, terminal }: Shell): void {
  if (found.length === 0) {
    terminal.print(words.instruments.none);
    return;
  }
  const rows = found.map((one) => cells(one, words));
  for (const line of table([words.instruments.columns, ...rows])) terminal.print(line);
  for (const { code, mergedInto } of found) {
    if (mergedInto !== null) terminal.note(words.instruments.merged(code, mergedInto));
  }
}

function cells(one: ListedInstrument, words: Words): readonly string[] {
  const origin = labelOf(words.instruments.origins, one.origin);
  return [one.code, one.name, one.class, one.currency, one.yahooSymbol ?? "", origin, one.aliases.join(", ")];
}

/** A file that loads as it is; with what lacks its class only where somebody asked for that, to fill it in. */
function printCsv(found: readonly ListedInstrument[], unknown: boolean, { words, terminal }: Shell): void {
  const blank = found.filter(hasNoClass).length;
  const printed = unknown ? found : found.filter((one) => !hasNoClass(one));
  for (const line of csvLines(printed)) terminal.print(line);
  if (blank === 0) return;
  terminal.note(unknown ? words.instruments.toFill(blank) : words.instruments.leftOut(blank));
}
