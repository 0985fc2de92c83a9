import type { AllocationSlice, SeriesPoint } from "../../answers/answer.ts";
import { Decimal, sum } from "../../money/decimal.ts";
import type { ChartBlock, ChartSpec } from "../message.ts";
import type { Pen } from "../page.ts";

/** Fewer points make no line worth looking at. */
const RETURNS_POINTS_MIN = 5;
/** A doughnut of more slices cannot be read: the rest is added up as "Outros". */
const SLICES_MAX = 8;
/** A thinner slice is added up too, where there are two of them. */
const SLICE_PERCENT_MIN = Decimal.parse("1.5");
const BARS_MAX = 12;
/** One bar alone compares nothing. */
const BARS_MIN = 2;

interface Titles {
  readonly title: string;
  readonly subtitle: string;
}

/** Returns of the portfolio against CDI and IBOV; null where there are too few points. */
export function returnsChart(series: readonly SeriesPoint[], titles: Titles, pen: Pen): ChartBlock | null {
  const { words, format, language } = pen;
  const known = (values: readonly (Decimal | null)[]) => values.filter((value) => value !== null);
  const all = [
    { label: words.performance.chartLine, values: series.map(({ portfolio }) => portfolio) },
    { label: "CDI", values: series.map(({ cdi }) => cdi) },
    { label: "IBOV", values: series.map(({ ibov }) => ibov) },
  ];
  if (known(all[0]?.values ?? []).length < RETURNS_POINTS_MIN) return null;
  const lines = all.filter(({ values }) => known(values).length > 1);
  const ends = lines.map(
    ({ label, values }) => `${label} ${format.signedPercent(known(values).at(-1) ?? null)}`,
  );
  return {
    kind: "chart",
    alt: words.charts.lines(titles.title, ends.join(", ")),
    chart: {
      type: "returns",
      ...titles,
      days: series.map(({ date }) => date),
      lines: lines.map(({ label, values }) => ({
        label,
        values: values.map((value) => value?.toNumber() ?? null),
      })),
      language,
    },
  };
}

interface AllocationShape extends Titles {
  readonly slices: readonly AllocationSlice[];
  readonly currency: string;
  readonly centreLabel: string;
  readonly labelOf: (key: string) => string;
}

/** The parts of a whole as a doughnut; as signed bars where one of them is negative; null where there is none. */
export function allocationChart(shape: AllocationShape, pen: Pen): ChartBlock | null {
  const { words, format, language } = pen;
  const parts = shape.slices.filter(({ value }) => value.sign() !== 0);
  if (parts.length === 0) return null;
  const shares = parts.map(
    ({ key, weightPercent }) => `${shape.labelOf(key)} ${format.percent(weightPercent, 1)}`,
  );
  const titles = { title: shape.title, subtitle: shape.subtitle };
  if (parts.some(({ value }) => value.sign() < 0)) {
    const bars = parts.map(({ key, value }) => ({
      label: shape.labelOf(key),
      value,
      text: format.amount(value),
    }));
    return barsChart({ ...titles, bars, style: "signed" }, pen);
  }
  const folded = foldSlices(parts);
  const chart: ChartSpec = {
    type: "allocation",
    ...titles,
    centreLabel: shape.centreLabel,
    centreValue: format.money(sum(parts.map(({ value }) => value)), shape.currency),
    slices: folded.map(({ key, value }) => ({
      label: key === null ? words.others : shape.labelOf(key),
      value: value.toNumber(),
      valueText: format.amount(value),
      ...(key === null ? { rest: true as const } : {}),
    })),
    language,
  };
  return { kind: "chart", alt: words.charts.shares(shape.title, shares.join(", ")), chart };
}

/** Largest first; what is thin or beyond the limit is added up exactly under the key null, last. */
function foldSlices(parts: readonly AllocationSlice[]): readonly { key: string | null; value: Decimal }[] {
  const sorted = parts.toSorted((left, right) => right.value.compare(left.value));
  const fits = (slice: AllocationSlice, index: number) =>
    index < SLICES_MAX - 1 && slice.weightPercent.compare(SLICE_PERCENT_MIN) >= 0;
  const rest = sorted.filter((slice, index) => !fits(slice, index));
  if (rest.length < 2) return sorted;
  const kept = sorted.filter(fits).map(({ key, value }) => ({ key, value }));
  return [...kept, { key: null, value: sum(rest.map(({ value }) => value)) }];
}

interface BarsShape extends Titles {
  readonly bars: readonly { readonly label: string; readonly value: Decimal; readonly text: string }[];
  readonly style: "signed" | "plain";
}

/** Horizontal bars, the first ones where there are more than fit; null for fewer than two. */
export function barsChart(shape: BarsShape, pen: Pen): ChartBlock | null {
  if (shape.bars.length < BARS_MIN) return null;
  const bars = shape.bars.slice(0, BARS_MAX);
  return {
    kind: "chart",
    alt: pen.words.charts.bars(shape.title, bars.map(({ label, text }) => `${label} ${text}`).join(", ")),
    chart: {
      type: "bars",
      title: shape.title,
      subtitle: shape.subtitle,
      bars: bars.map(({ label, value, text }) => ({ label, value: value.toNumber(), valueText: text })),
      style: shape.style,
      language: pen.language,
    },
  };
}
