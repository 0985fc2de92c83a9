/** Limits of what one user may ask, so that a flood of one person's leaves the others answered. */

export interface LimitSettings {
  readonly turnsPerMinute: number;
  readonly uploadsPerMinute: number;
}

/** `warn`: too many, and the user is to be told so. `drop`: too many, and they were told within the last minute. */
export type Verdict = "go" | "warn" | "drop";

export interface Limits {
  /** Counts one turn or upload of a user. What is turned away does not count against the next. */
  admit(who: string, kind: "turn" | "upload"): Verdict;
}

const MINUTE_MS = 60_000;
/** Users remembered at once; beyond that the one who was quiet the longest is forgotten. */
const USERS_MAX = 10_000;

interface Recent {
  readonly turn: number[];
  readonly upload: number[];
  warnedAtMs: number;
}

/** Limits in this process's memory: at most so many in any 60 seconds. */
export function createLimits(settings: LimitSettings, now: () => Date, usersMax: number = USERS_MAX): Limits {
  const perMinute = { turn: settings.turnsPerMinute, upload: settings.uploadsPerMinute };
  /** In the order in which they last spoke. */
  const users = new Map<string, Recent>();

  function recentOf(who: string): Recent {
    const recent = users.get(who) ?? { turn: [], upload: [], warnedAtMs: Number.NEGATIVE_INFINITY };
    users.delete(who);
    users.set(who, recent);
    const [quietest] = users.keys();
    if (users.size > usersMax && quietest !== undefined) users.delete(quietest);
    return recent;
  }

  return {
    admit(who, kind) {
      const atMs = now().getTime();
      const recent = recentOf(who);
      const times = recent[kind];
      while (times[0] !== undefined && times[0] <= atMs - MINUTE_MS) times.shift();
      if (times.length < perMinute[kind]) {
        times.push(atMs);
        return "go";
      }
      if (recent.warnedAtMs > atMs - MINUTE_MS) return "drop";
      recent.warnedAtMs = atMs;
      return "warn";
    },
  };
}
