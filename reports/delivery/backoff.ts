export interface BackoffSettings {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const DEFAULT_BACKOFF: BackoffSettings = { firstMs: 5_000, mostMs: 15 * 60_000 };

/**
 * How long to wait before the next try, after so many of them: twice as long each time, up to the most, and somewhere in
 * the upper half of that, so that many which failed together do not come back together.
 */
export function backoffMs(
  attempts: number,
  random: () => number,
  { firstMs, mostMs }: BackoffSettings = DEFAULT_BACKOFF,
): number {
  const doubled = firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 30);
  const whole = Math.min(doubled, mostMs);
  return Math.round(whole / 2 + (whole / 2) * random());
}
