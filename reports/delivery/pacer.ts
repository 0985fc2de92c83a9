/** Keeps messages apart: so many a second for a channel, and one at a time in each place of it. */

export interface PaceSettings {
  readonly perSecond: number;
  /** Between two messages to the same place: chat services take about one a second there. */
  readonly samePlaceMs: number;
}

export interface Pacer {
  /** How long a message to a place must wait, in milliseconds; its turn is taken by this. */
  take(channel: string, place: string): number;
  /** For how much longer nothing goes out to a channel. */
  heldMs(channel: string): number;
  /** Lets nothing out to a channel for so long: it has asked for it. */
  hold(channel: string, forMs: number): void;
}

/** Places remembered at once; beyond that those whose turn is long over are forgotten. */
const PLACES_MAX = 10_000;

/** `clockMs` only ever grows (`performance.now`). */
export function createPacer({ perSecond, samePlaceMs }: PaceSettings, clockMs: () => number): Pacer {
  const gapMs = 1_000 / perSecond;
  /** When a channel or a place is free again. */
  const channels = new Map<string, number>();
  const places = new Map<string, number>();
  const held = new Map<string, number>();

  function forget(atMs: number): void {
    if (places.size <= PLACES_MAX) return;
    for (const [place, freeMs] of places) if (freeMs <= atMs) places.delete(place);
  }

  return {
    take(channel, place) {
      const atMs = clockMs();
      forget(atMs);
      // A place that has to wait does not keep the channel's other places waiting.
      const turnMs = Math.max(atMs, channels.get(channel) ?? 0, held.get(channel) ?? 0);
      channels.set(channel, turnMs + gapMs);
      const ownMs = Math.max(turnMs, places.get(`${channel} ${place}`) ?? 0);
      places.set(`${channel} ${place}`, ownMs + samePlaceMs);
      return ownMs - atMs;
    },
    heldMs: (channel) => Math.max((held.get(channel) ?? 0) - clockMs(), 0),
    hold(channel, forMs) {
      held.set(channel, Math.max(held.get(channel) ?? 0, clockMs() + forMs));
    },
  };
}
