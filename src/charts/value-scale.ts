/** What steps of a value axis may be, times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];
/** More steps than these crowd the axis. */
const STEPS_MAX = 7;
/** A flat line is shown in a range of this, percent. */
const RANGE_MIN = 1;
/** Room between the outermost points and the edge, as a share of the range. */
const ROOM = 0.03;

export interface ValueScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Digits after the point that tell two ticks apart. */
  readonly digits: number;
}

/** A scale with round steps that holds all the values and zero, with as little beyond them as the steps allow. */
export function valueScale(values: readonly number[]): ValueScale {
  let low = Math.min(0, ...values);
  let high = Math.max(0, ...values);
  if (high - low < RANGE_MIN) {
    const missing = (RANGE_MIN - (high - low)) / 2;
    low -= missing;
    high += missing;
  }
  const room = (high - low) * ROOM;
  const bottom = low < 0 ? low - room : low;
  const top = high > 0 ? high + room : high;
  const power = 10 ** Math.floor(Math.log10((top - bottom) / STEPS_MAX));
  const fits = (step: number) => Math.ceil(top / step) - Math.floor(bottom / step) <= STEPS_MAX;
  const step = STEPS.map((part) => part * power).find(fits) ?? 20 * power;
  return {
    min: Math.floor(bottom / step) * step,
    max: Math.ceil(top / step) * step,
    step,
    digits: digitsOf(step),
  };
}

function digitsOf(step: number): number {
  for (let digits = 0; digits < 4; digits += 1) {
    if (Math.abs(step - Number(step.toFixed(digits))) < step / 1_000) return digits;
  }
  return 4;
}
