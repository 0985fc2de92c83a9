import { setTimeout as sleep } from "node:timers/promises";
import { createPacer } from "../reports/delivery/pacer.ts";
import { createParcelCache } from "../reports/delivery/parcel-cache.ts";
import { type Composer, type Outlet, OutletError } from "../reports/delivery/ports.ts";
import { deliverDue, type WorkerDeps } from "../reports/delivery/worker.ts";
import type { Asker } from "../src/access/access.ts";
import { openState } from "../src/state/index.ts";

/**
 * A worker as a process of its own, to be killed: `node delivery-worker.testing.ts STATE URL`. It ends by itself once there is
 * nothing left to send or to look for.
 */

const [place = "", url = ""] = process.argv.slice(2);
const SEND_TIMEOUT_MS = 700;

/** A recipient whose name ends so is one of a channel that cannot be asked. */
const BLIND = "-blind";

async function ask(body: unknown, signal?: AbortSignal): Promise<Response> {
  return await fetch(url, { method: "POST", body: JSON.stringify(body), ...(signal && { signal }) });
}

const outlet: Outlet = {
  async send(_target, { part }, { key, signal }) {
    let response: Response;
    try {
      response = await ask({ key, part }, signal);
    } catch (error) {
      throw new OutletError({ code: "unknown", reason: "no_answer" }, error);
    }
    if (response.status === 429) {
      const retryAfterMs = Number(response.headers.get("retry-after")) * 1_000;
      throw new OutletError({ code: "retry_later", retryAfterMs });
    }
    if (!response.ok) throw new OutletError({ code: "retry_later", retryAfterMs: null });
    return (await response.json()) as { remoteId: string };
  },
  async reconcile({ who }, key, part) {
    if (who.endsWith(BLIND)) return { outcome: "cannot" };
    const { remoteId } = (await (await ask({ key, part, look: true })).json()) as { remoteId: string | null };
    return remoteId === null ? { outcome: "absent" } : { outcome: "found", remoteId };
  },
};

const askerOf = async (userId: string): Promise<Asker> => ({
  userId,
  brokers: [userId],
  admin: false,
  language: "pt",
});

/** Every third broker gets two messages. */
const composer: Composer = {
  sharedBy: () => null,
  compose: async ({ owner }) => {
    const one = { text: owner, headline: owner, blocks: [], footer: [] };
    const twice = Number(/\d+/.exec(owner)?.[0]) % 3 === 0;
    return { messages: twice ? [one, one] : [one], record: { runId: "r", asOf: null } };
  },
};

const state = await openState(place);
const deps: WorkerDeps = {
  deliveries: state.deliveries,
  subscriptions: state.subscriptions,
  access: { again: askerOf, identify: askerOf },
  composers: { digest: composer },
  outlets: { console: outlet },
  pacer: createPacer({ perSecond: 10_000, samePlaceMs: 0 }, () => performance.now()),
  cache: createParcelCache(),
  settings: {
    attemptsMax: 30,
    leaseMs: 1_500,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    reconcileAfterMs: 300,
    concurrency: 8,
    backoff: { firstMs: 20, mostMs: 500 },
  },
  now: () => new Date(),
  random: Math.random,
  failed: (event, error) => process.stderr.write(`${event}: ${String(error)}\n`),
};

async function isOver(): Promise<boolean> {
  const left = await state.deliveries.list(1, { states: ["planned", "claimed", "sending"] });
  const unknown = await state.deliveries.list(1_000, { states: ["unknown"] });
  return left.length === 0 && unknown.every(({ nextTryAt }) => nextTryAt === null);
}

const stop = new AbortController();
process.stdout.write("working\n");
do {
  await deliverDue(deps, stop.signal);
  await sleep(50);
} while (!(await isOver()));
await state.close();
process.stdout.write("over\n");
