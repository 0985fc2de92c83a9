import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { deliveryKey } from "../reports/schedule/planning.ts";
import { type DeliveryRow, type NewDelivery, openState } from "../src/state/index.ts";
import { OutletServer } from "./outlet-server.testing.ts";

/** Digests sent by workers that are killed again and again, over a channel that misbehaves. */

const WORKER = fileURLToPath(new URL("./delivery-worker.testing.ts", import.meta.url));
/** Every so manieth recipient is one of a channel that cannot be asked what it has. */
const BLIND_EACH = 4;
const ROUND_TIMEOUT_MS = 300_000;

interface KillPlan {
  /** Place of the state. */
  readonly place: string;
  readonly rows: number;
  readonly kills: number;
  /** Workers at once. */
  readonly workers: number;
  /** A worker lives at most so long once it works. */
  readonly livesMs: number;
  readonly random: () => number;
}

interface Account {
  readonly rows: readonly DeliveryRow[];
  readonly kills: number;
  readonly answers: OutletServer["answers"];
  readonly tookMs: number;
  /** Messages that are at the channel, and how many of them more than once. */
  readonly arrived: number;
  readonly twice: number;
  /** Messages of confirmed rows that are not at the channel. */
  readonly lost: number;
  readonly confirmed: number;
  readonly unknown: number;
  /** Rows that are unknown though the channel could be asked. */
  readonly unknownAskable: number;
  /** Rows that are neither confirmed nor unknown. */
  readonly other: number;
  /** Of all changes on the trail, how often a row began to be sent. */
  readonly sends: number;
}

export async function killDeliveries(plan: KillPlan): Promise<Account> {
  const server = new OutletServer({ fails: 0.05, limits: 0.01, losesAnswer: 0.01 }, plan.random);
  const url = await server.open();
  const state = await openState(plan.place);
  const startMs = performance.now();
  try {
    await state.deliveries.add(deliveryRows(plan.rows));
    await state.close();
    const kills = await work(plan, url);
    const after = await openState(plan.place);
    const rows = await after.deliveries.list(plan.rows + 1);
    const trails = await Promise.all(rows.map(({ id }) => after.deliveries.trail(id)));
    await after.close();
    const sends = trails.flat().filter((step) => step.state === "sending").length;
    return { ...accountOf(rows, server), kills, sends, tookMs: performance.now() - startMs };
  } finally {
    await server.close();
  }
}

/** So many digests that are due now, each for a broker of its own. */
export function deliveryRows(count: number): readonly NewDelivery[] {
  const slot = new Date().toISOString();
  return Array.from({ length: count }, (_, at) => {
    const owner = `b${at}${at % BLIND_EACH === 0 ? "-blind" : ""}`;
    const target = { channel: "console", who: owner, place: null } as const;
    return {
      key: deliveryKey({ kind: "digest", subject: `s${at}`, slot, target }),
      kind: "digest",
      subscriptionId: null,
      owner,
      target,
      language: "pt",
      slot,
      expiresAt: null,
      payload: null,
      state: "planned",
      reason: null,
    };
  });
}

/** Runs workers until the work is over, killing one at random as often as planned. How often one was. */
async function work(plan: KillPlan, url: string): Promise<number> {
  const { place, workers, livesMs, random } = plan;
  let kills = 0;
  const deadlineMs = performance.now() + ROUND_TIMEOUT_MS;
  async function keepOne(): Promise<void> {
    while (performance.now() < deadlineMs) {
      const child = spawn(process.execPath, [WORKER, place, url], { stdio: ["ignore", "pipe", "inherit"] });
      const ended = once(child, "close") as Promise<[number | null]>;
      const killing = kills < plan.kills ? killSoon(child, random() * livesMs) : Promise.resolve(false);
      const [code] = await ended;
      if (await killing) kills += 1;
      else if (code === 0) return;
      else throw new Error(`a worker ended with ${code}`);
    }
    throw new Error("the workers did not come to an end");
  }
  await Promise.all(Array.from({ length: workers }, keepOne));
  return kills;
}

/** Kills a worker some time after it has begun; false where it had ended by then. */
async function killSoon(child: ChildProcess, afterMs: number): Promise<boolean> {
  const ended = once(child, "close");
  await Promise.race([once(child.stdout ?? child, "data"), ended]);
  await Promise.race([sleep(afterMs), ended]);
  return child.exitCode === null && child.signalCode === null && child.kill("SIGKILL");
}

function accountOf(
  rows: readonly DeliveryRow[],
  server: OutletServer,
): Omit<Account, "kills" | "tookMs" | "sends"> {
  const { accepted, answers } = server;
  const there = new Set(accepted.map(({ key, part }) => `${key} ${part}`));
  const isState = (wanted: string) => rows.filter(({ state }) => state === wanted);
  const confirmed = isState("confirmed");
  const unknown = isState("unknown");
  return {
    rows,
    answers,
    arrived: accepted.length,
    twice: accepted.filter(({ count }) => count > 1).length,
    lost: confirmed.flatMap(({ key, sentRecord }) =>
      Array.from({ length: sentRecord.total ?? 1 }, (_, part) => `${key} ${part}`).filter(
        (id) => !there.has(id),
      ),
    ).length,
    confirmed: confirmed.length,
    unknown: unknown.length,
    unknownAskable: unknown.filter(({ owner }) => !owner.endsWith("-blind")).length,
    other: rows.length - confirmed.length - unknown.length,
  };
}
