import type { StatementData } from "../../../src/answers/answer.ts";
import { currencySymbol } from "../../../src/messages/format.ts";
import type { Pen } from "../../../src/messages/page.ts";
import { type Decimal, sum } from "../../../src/money/decimal.ts";
import type { SheetBlock, SheetTable } from "../sheet.ts";
import { left, plain, right, signed } from "./cells.ts";

interface Part {
  readonly label: string;
  readonly amount: Decimal;
  /** A value has no direction, what is gained or moved has. */
  readonly is: "value" | "move" | "gain";
}

/** The parts of the gain, and how the opening value became the closing one. Both add up exactly (docs/money.md, rule 10). */
export function resultBlocks(data: StatementData, pen: Pen): readonly SheetBlock[] {
  const { words, format } = pen;
  const { result } = words.statement;
  const { movement, performance } = data;
  if (movement === null) return [];
  const { gain, period } = performance;
  const parts: readonly Part[] = [
    { label: words.performance.price, amount: gain.price, is: "gain" },
    { label: words.performance.income, amount: gain.income, is: "gain" },
    { label: words.performance.currency, amount: gain.currency, is: "gain" },
    { label: words.performance.fees, amount: gain.fees.negated(), is: "gain" },
  ];
  const opening =
    movement.opening.sign() === 0 ? result.openingNone : result.opening(format.day(period.from));
  const steps: readonly Part[] = [
    { label: opening, amount: movement.opening, is: "value" },
    { label: result.moved, amount: movement.moved, is: "move" },
    { label: result.gain, amount: movement.gain, is: "gain" },
  ];
  const ofGain = {
    title: result.title,
    parts,
    total: { label: result.total, amount: gain.total, is: "gain" },
  } as const;
  const ofValue = {
    title: result.movement,
    parts: steps,
    total: { label: result.opening(format.day(period.to)), amount: movement.closing, is: "value" },
  } as const;
  const shown = [ofGain, ofValue].every(addsUpAsShown);
  return [
    { kind: "pair", left: [tableOf(ofGain, data, pen)], right: [tableOf(ofValue, data, pen)] },
    ...(shown ? [] : [{ kind: "text", paragraphs: [result.rounded], style: "small" } as const]),
  ];
}

interface Addition {
  readonly title: string;
  readonly parts: readonly Part[];
  readonly total: Part;
}

/** Whether the cents that are shown add up, too: else a reader with a calculator must be told why not. */
function addsUpAsShown({ parts, total }: Addition): boolean {
  return sum(parts.map(({ amount }) => amount.round(2))).equals(total.amount.round(2));
}

function tableOf({ title, parts, total }: Addition, { baseCurrency }: StatementData, pen: Pen): SheetTable {
  const { format, words } = pen;
  const figure = ({ amount, is }: Part) => {
    if (is === "value") return plain(format.amount(amount));
    const text = format.signedAmount(amount);
    return is === "gain" ? signed(text, amount) : plain(text);
  };
  const cells = (part: Part) => [plain(part.label), figure(part)];
  return {
    kind: "table",
    title,
    columns: [
      left("", "fill"),
      right(words.unit(words.statement.positions.value, currencySymbol(baseCurrency))),
    ],
    rows: [...parts.map((part) => ({ cells: cells(part) })), { role: "total", cells: cells(total) }],
  };
}
