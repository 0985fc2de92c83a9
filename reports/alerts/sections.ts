import type { WatchedHolder } from "../../src/answers/watch.ts";
import { UNKNOWN } from "../../src/messages/format.ts";
import type { Block, Cell, TableBlock, Tone } from "../../src/messages/message.ts";
import { penOf, toneOf } from "../../src/messages/page.ts";
import { Decimal, sum } from "../../src/money/decimal.ts";
import type { Facts } from "./observe.ts";
import type { AlertPen } from "./page.ts";
import type { Rule } from "./rule.ts";

/** Rows of one table; the rest is counted. */
const ROWS_MAX = 10;

/** What a section needs of the moment at which it is written: within the reader's own scope. */
export interface Telling {
  readonly pen: AlertPen;
  clientName(client: string): string;
  holdersOf(asset: string): readonly WatchedHolder[];
}

/** What one rule fired, in words: a line that says it, and a table. */
export interface Section {
  readonly headline: string;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
}

type Column = readonly [label: string, cell: (facts: Facts) => string | Cell, align?: "right"];

/** What the firings of one rule come to. `all` holds at least one. */
export function sectionOf(rule: Rule, all: readonly Facts[], telling: Telling): Section {
  switch (rule.kind) {
    case "asset_day":
      return assetDay(all, telling);
    case "asset_level":
      return assetLevel(all, telling);
    case "client_day":
    case "client_money":
      return clientDay(all, telling);
    case "asset_cost":
      return cost(all, telling);
    case "weight":
      return weight(all, telling);
    case "income":
      return income(all, telling);
    case "maturity":
      return maturity(all, telling);
    case "stale":
      return stale(all, telling);
  }
}

function figure(facts: Facts, name: string): Decimal | null {
  const text = facts[name] ?? "";
  return text === "" ? null : Decimal.parse(text);
}

function absPercent(facts: Facts, { format }: AlertPen): string {
  return format.percent(figure(facts, "percent")?.abs() ?? null);
}

function signed(facts: Facts, { format }: AlertPen): Cell {
  const percent = figure(facts, "percent");
  return { text: format.signedPercent(percent), tone: toneOf(percent) };
}

function priceOf(facts: Facts, { format }: AlertPen): string {
  const price = figure(facts, "price");
  const currency = facts["currency"] ?? "";
  return currency === "" ? format.price(price) : format.priceIn(price, currency);
}

function wayTone(facts: Facts): Tone {
  return facts["way"] === "down" ? "down" : "up";
}

function tableFrom(columns: readonly Column[], rows: readonly Facts[], pen: AlertPen): TableBlock {
  const more = rows.length - ROWS_MAX;
  return {
    kind: "table",
    columns: columns.map(([label, , align]) => ({ label, align: align ?? "left" })),
    rows: rows.slice(0, ROWS_MAX).map((facts) =>
      columns.map(([, cell]) => {
        const made = cell(facts);
        return typeof made === "string" ? { text: made } : made;
      }),
    ),
    ...(more > 0 ? { more: penOf(pen.language).words.more(pen.format.count(more)) } : {}),
  };
}

/** Largest first, by the size of a figure. */
function bySize(all: readonly Facts[], name: string): readonly Facts[] {
  const size = (facts: Facts) => figure(facts, name)?.abs() ?? Decimal.ZERO;
  return all.toSorted((one, other) => size(other).compare(size(one)));
}

function assetDay(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words } = pen;
  const [first = {}] = all;
  if (all.length === 1) {
    const sentence = wayTone(first) === "down" ? words.notice.fell : words.notice.rose;
    const said = `${sentence(first["asset"] ?? "", absPercent(first, pen))}: ${priceOf(first, pen)}`;
    return { headline: said, tone: wayTone(first), blocks: holdersBlocks(first, telling) };
  }
  const { columns } = words;
  const effect = (facts: Facts) => effectOf(telling.holdersOf(facts["asset"] ?? ""));
  return {
    headline: words.notice.assets(pen.format.count(all.length)),
    tone: "neutral",
    blocks: [
      tableFrom(
        [
          [columns.asset, (facts) => facts["asset"] ?? ""],
          [columns.change, (facts) => signed(facts, pen), "right"],
          [columns.price, (facts) => priceOf(facts, pen), "right"],
          [
            columns.holders,
            (facts) => pen.format.count(telling.holdersOf(facts["asset"] ?? "").length),
            "right",
          ],
          [columns.effect, (facts) => money(effect(facts), pen), "right"],
        ],
        bySize(all, "percent"),
        pen,
      ),
    ],
  };
}

function money(amount: Decimal | null, { format }: AlertPen): Cell {
  return { text: format.signedAmount(amount), tone: toneOf(amount) };
}

/** The sum of what is known; null where nothing is. */
function effectOf(holders: readonly WatchedHolder[]): Decimal | null {
  const known = holders.flatMap(({ changeBrl }) => (changeBrl === null ? [] : [changeBrl]));
  return known.length === 0 ? null : sum(known);
}

/** Who holds the instrument, and what its move of the day does to each of them. */
function holdersBlocks(facts: Facts, { pen, holdersOf }: Telling): readonly Block[] {
  const { words, format } = pen;
  const size = ({ changeBrl, valueBrl }: WatchedHolder) => (changeBrl ?? valueBrl ?? Decimal.ZERO).abs();
  const holders = holdersOf(facts["asset"] ?? "").toSorted((one, other) => size(other).compare(size(one)));
  if (holders.length === 0) return [];
  const more = holders.length - ROWS_MAX;
  const total = effectOf(holders);
  return [
    {
      kind: "table",
      title: words.notice.holders(facts["asset"] ?? ""),
      columns: [
        { label: words.columns.client, align: "left" },
        { label: words.columns.name, align: "left" },
        { label: words.columns.value, align: "right" },
        { label: words.columns.effect, align: "right" },
      ],
      rows: holders
        .slice(0, ROWS_MAX)
        .map(({ client, clientName, valueBrl, changeBrl }) => [
          { text: client },
          { text: clientName },
          { text: format.amount(valueBrl) },
          money(changeBrl, pen),
        ]),
      ...(more > 0 ? { more: penOf(pen.language).words.more(format.count(more)) } : {}),
    },
    ...(total === null || holders.length === 1
      ? []
      : [{ kind: "text" as const, text: words.notice.totalEffect(format.signedMoney(total, "BRL")) }]),
  ];
}

function assetLevel(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const facts = all.at(-1) ?? {};
  const sentence = wayTone(facts) === "down" ? pen.words.notice.levelBelow : pen.words.notice.levelAbove;
  const level = priceOf({ ...facts, price: facts["level"] ?? "" }, pen);
  return {
    headline: sentence(facts["asset"] ?? "", priceOf(facts, pen), level),
    tone: wayTone(facts),
    blocks: holdersBlocks(facts, telling),
  };
}

function clientDay(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words, format } = pen;
  const [first = {}] = all;
  const changeBrl = (facts: Facts) => figure(facts, "changeBrl");
  const leftOut = all.reduce((count, facts) => count + Number(facts["leftOut"] ?? 0), 0);
  const note: readonly Block[] =
    leftOut === 0
      ? []
      : [{ kind: "text", text: words.notice.leftOut(format.count(leftOut), leftOut === 1), tone: "warning" }];
  if (all.length === 1) {
    const sentence = wayTone(first) === "down" ? words.notice.lost : words.notice.gained;
    const amount = format.signedMoney(changeBrl(first), "BRL");
    const headline = sentence(clientOf(first, telling), absPercent(first, pen), amount);
    return { headline, tone: wayTone(first), blocks: note };
  }
  const { columns } = words;
  const table = tableFrom(
    [
      [columns.client, (facts) => facts["client"] ?? ""],
      [columns.name, (facts) => telling.clientName(facts["client"] ?? "")],
      [columns.change, (facts) => signed(facts, pen), "right"],
      [columns.money, (facts) => money(changeBrl(facts), pen), "right"],
    ],
    bySize(all, "percent"),
    pen,
  );
  const headline = words.notice.clients(format.count(all.length));
  return { headline, tone: "neutral", blocks: [table, ...note] };
}

/** The name, and the id where that tells more. */
function clientOf(facts: Facts, { clientName }: Telling): string {
  const id = facts["client"] ?? "";
  const name = clientName(id);
  return name === "" || name === id ? id : `${name} (${id})`;
}

function cost(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words, format } = pen;
  const [first = {}] = all;
  const inCurrency = (name: string) => (facts: Facts) =>
    format.averageIn(figure(facts, name), facts["currency"] ?? "");
  const table = tableFrom(
    [
      [words.columns.client, (facts) => facts["client"] ?? ""],
      [words.columns.name, (facts) => telling.clientName(facts["client"] ?? "")],
      [words.columns.asset, (facts) => facts["asset"] ?? ""],
      [words.columns.average, inCurrency("average"), "right"],
      [words.columns.price, inCurrency("price"), "right"],
      [words.columns.gain, (facts) => signed(facts, pen), "right"],
    ],
    bySize(all, "percent"),
    pen,
  );
  const headline =
    all.length === 1
      ? words.notice.gain(first["asset"] ?? "", clientOf(first, telling), signed(first, pen).text)
      : words.notice.gains(format.count(all.length));
  return { headline, tone: all.length === 1 ? wayTone(first) : "neutral", blocks: [table] };
}

function weight(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words, format } = pen;
  const [first = {}] = all;
  const weightOf = (facts: Facts) => format.percent(figure(facts, "percent"), 1);
  if (all.length === 1) {
    const headline = words.notice.weight(first["asset"] ?? "", clientOf(first, telling), weightOf(first));
    return { headline, tone: "neutral", blocks: [] };
  }
  const table = tableFrom(
    [
      [words.columns.client, (facts) => facts["client"] ?? ""],
      [words.columns.name, (facts) => telling.clientName(facts["client"] ?? "")],
      [words.columns.asset, (facts) => facts["asset"] ?? ""],
      [words.columns.weight, weightOf, "right"],
    ],
    bySize(all, "percent"),
    pen,
  );
  return { headline: words.notice.weights(format.count(all.length)), tone: "neutral", blocks: [table] };
}

function income(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words, format } = pen;
  const [first = {}] = all;
  const units = (facts: Facts) =>
    sum(telling.holdersOf(facts["asset"] ?? "").map(({ quantity }) => quantity));
  const expected = (facts: Facts) => {
    const amount = figure(facts, "amount");
    return amount === null ? UNKNOWN : format.amount(amount.times(units(facts)));
  };
  const table = tableFrom(
    [
      [words.columns.asset, (facts) => facts["asset"] ?? ""],
      [words.columns.exDay, (facts) => format.day(facts["date"] ?? "")],
      [words.columns.unit, (facts) => format.price(figure(facts, "amount")), "right"],
      [
        words.columns.holders,
        (facts) => format.count(telling.holdersOf(facts["asset"] ?? "").length),
        "right",
      ],
      [words.columns.expected, expected, "right"],
    ],
    all,
    pen,
  );
  const headline =
    all.length === 1
      ? words.notice.income(first["asset"] ?? "")
      : words.notice.incomes(format.count(all.length));
  return { headline, tone: "neutral", blocks: [table, { kind: "text", text: words.notice.expected }] };
}

function maturity(all: readonly Facts[], telling: Telling): Section {
  const { pen } = telling;
  const { words, format } = pen;
  const [first = {}] = all;
  const day = (facts: Facts) => format.day(facts["maturity"] ?? "");
  if (all.length === 1) {
    const headline = words.notice.maturity(first["asset"] ?? "", clientOf(first, telling), day(first));
    return { headline, tone: "neutral", blocks: [] };
  }
  const table = tableFrom(
    [
      [words.columns.client, (facts) => facts["client"] ?? ""],
      [words.columns.name, (facts) => telling.clientName(facts["client"] ?? "")],
      [words.columns.asset, (facts) => facts["asset"] ?? ""],
      [words.columns.maturity, day],
      [words.columns.days, (facts) => facts["days"] ?? "", "right"],
    ],
    all,
    pen,
  );
  return { headline: words.notice.maturities(format.count(all.length)), tone: "neutral", blocks: [table] };
}

function stale(all: readonly Facts[], { pen }: Telling): Section {
  const { words, format } = pen;
  const [first = {}] = all;
  const reasons: Readonly<Record<string, string>> = words.reasons;
  const at = (facts: Facts) => (facts["priceAt"] ? format.moment(facts["priceAt"]) : UNKNOWN);
  const table = tableFrom(
    [
      [words.columns.asset, (facts) => facts["asset"] ?? ""],
      [words.columns.since, at],
      [words.columns.reason, (facts) => reasons[facts["reason"] ?? ""] ?? ""],
    ],
    all,
    pen,
  );
  const headline =
    all.length === 1
      ? words.notice.stale(first["asset"] ?? "")
      : words.notice.stales(format.count(all.length));
  return { headline, tone: "warning", blocks: [table] };
}
