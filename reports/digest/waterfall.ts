import type { ChartBlock } from "../../src/messages/message.ts";
import type { Pen } from "../../src/messages/page.ts";
import { Decimal, sum } from "../../src/money/decimal.ts";

/** Parts shown on their own: with the rest and the total they are as many rows as can be read on a phone. */
const STEPS_MAX = 7;
const CENTS = 2;

interface Shape {
  readonly title: string;
  readonly subtitle: string;
  readonly parts: readonly { readonly label: string; readonly change: Decimal }[];
  /** What all parts, shown or not, come to. */
  readonly total: Decimal;
  readonly restLabel: string;
  readonly currency: string;
}

export interface WaterfallStep {
  readonly label: string;
  /** In whole cents. */
  readonly value: Decimal;
  readonly rest: boolean;
}

/**
 * The largest parts of a total, up before down, and the rest of it. All are rounded to cents, as they are shown, and the rest is the total
 * less the others: what is read adds up to the cent.
 */
export function waterfallSteps(
  { parts, total, restLabel }: Pick<Shape, "parts" | "total" | "restLabel">,
  pen: Pen,
) {
  const largest = parts
    .map(({ label, change }, at) => ({ label, value: change.round(CENTS), rest: false, at }))
    .filter(({ value }) => value.sign() !== 0)
    .toSorted((left, right) => right.value.abs().compare(left.value.abs()) || left.at - right.at)
    .slice(0, STEPS_MAX)
    .toSorted((left, right) => right.value.compare(left.value) || left.at - right.at)
    .map(({ label, value, rest }): WaterfallStep => ({ label, value, rest }));
  const rest = total.round(CENTS).minus(sum(largest.map(({ value }) => value)));
  if (rest.sign() === 0) return largest;
  const label =
    parts.length > largest.length || rest.abs().compare(Decimal.of(1)) > 0
      ? restLabel
      : pen.words.digest.rounding;
  return [...largest, { label, value: rest, rest: true }];
}

/** How a change came about, part by part; null for fewer than two parts. */
export function waterfallChart(shape: Shape, pen: Pen): ChartBlock | null {
  const { words, format, language } = pen;
  const steps = waterfallSteps(shape, pen);
  if (steps.length < 2) return null;
  const text = (value: Decimal) => format.signedMoney(value, shape.currency);
  const said = steps.map(({ label, value }) => `${label} ${text(value)}`).join(", ");
  const total = shape.total.round(CENTS);
  return {
    kind: "chart",
    alt: words.digest.waterfall(shape.title, said, text(total)),
    chart: {
      type: "waterfall",
      size: "large",
      title: shape.title,
      subtitle: shape.subtitle,
      steps: steps.map(({ label, value, rest }) => ({
        label,
        value: value.toNumber(),
        valueText: text(value),
        ...(rest ? { rest: true as const } : {}),
      })),
      total: { label: words.digest.sumOf, value: total.toNumber(), valueText: text(total) },
      language,
    },
  };
}
