import type { Asker } from "../../src/access/access.ts";
import type { Message } from "../../src/messages/message.ts";
import type { NewDelivery, State, Target } from "../../src/state/index.ts";
import { createPacer } from "./pacer.ts";
import { createParcelCache } from "./parcel-cache.ts";
import type { Composer, Outlet, Piece, Reconciled } from "./ports.ts";
import { DEFAULT_WORKER, type WorkerDeps, type WorkerSettings } from "./worker.ts";

const message = (text: string): Message => ({ text, headline: text, blocks: [], footer: [] });

/** Who owns what in these tests: the broker `bN` is reached as the console's user `bN`. */
export const askerOf = (userId: string): Asker => ({
  userId,
  brokers: [userId],
  admin: false,
  language: "pt",
});

interface Sent {
  readonly key: string;
  readonly part: number;
  readonly who: string;
  readonly text: string;
  readonly thread: string | null;
}

type Answer = "confirm" | Error | ((piece: Piece) => Promise<"confirm">);

/** A channel in this process that remembers what it accepted. `next` says what it answers, by turns; then it confirms. */
export function fakeOutlet() {
  const accepted: Sent[] = [];
  const next: Answer[] = [];
  let looks: (Reconciled | Error)[] = [];
  const outlet: Outlet = {
    async send(target: Target, piece, { key }) {
      const answer = next.shift() ?? "confirm";
      if (answer instanceof Error) throw answer;
      if (answer !== "confirm") await answer(piece);
      const { part, thread } = piece;
      accepted.push({ key, part, who: target.who, text: piece.message.text, thread });
      return { remoteId: `m${accepted.length}` };
    },
    async reconcile(_target, key, part) {
      const look = looks.shift();
      if (look instanceof Error) throw look;
      if (look !== undefined) return look;
      const at = accepted.findIndex((one) => one.key === key && one.part === part);
      return at === -1 ? { outcome: "absent" } : { outcome: "found", remoteId: `m${at + 1}` };
    },
  };
  return {
    outlet,
    accepted,
    next,
    look(...given: readonly (Reconciled | Error)[]) {
      looks = [...given];
    },
  };
}

/** A composer that says who it is for, in as many messages as the payload tells. */
export function countingComposer() {
  const composed: string[] = [];
  const composer: Composer = {
    sharedBy: () => "digest",
    async compose({ payload, slot }, { brokers }) {
      composed.push(`${brokers.join()} ${slot}`);
      const { messages = 1 } = payload as { messages?: number };
      return {
        messages: Array.from({ length: messages }, (_, part) => message(`${brokers.join()} ${part}`)),
        record: { runId: "run1", asOf: slot },
      };
    },
  };
  return { composer, composed };
}

export function rowFor(who: string, slot: Date, more: Partial<NewDelivery> = {}): NewDelivery {
  return {
    key: `digest ${who} ${slot.toISOString()}`,
    kind: "digest",
    subscriptionId: null,
    owner: who,
    target: { channel: "console", who, place: null },
    language: "pt",
    slot: slot.toISOString(),
    expiresAt: null,
    payload: { time: "before_open" },
    state: "planned",
    reason: null,
    ...more,
  };
}

/** What a worker needs, over a state and with a clock of the test's. */
export function workerOver(
  state: State,
  now: () => Date,
  more: Partial<Omit<WorkerDeps, "settings">> & { readonly settings?: Partial<WorkerSettings> } = {},
): WorkerDeps & { readonly failures: string[] } {
  const failures: string[] = [];
  return {
    deliveries: state.deliveries,
    subscriptions: state.subscriptions,
    access: { again: async (owner) => askerOf(owner), identify: async (who) => askerOf(who) },
    composers: { digest: countingComposer().composer },
    outlets: { console: fakeOutlet().outlet },
    pacer: createPacer({ perSecond: 1e6, samePlaceMs: 0 }, () => performance.now()),
    cache: createParcelCache(),
    now,
    random: () => 0.5,
    failed: (event) => failures.push(event),
    failures,
    ...more,
    settings: { ...DEFAULT_WORKER, ...more.settings },
  };
}
