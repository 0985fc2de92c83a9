import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccess } from "../../src/access/access.ts";
import { type OpenBook, openTestBook } from "../../src/answers/book.testing.ts";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import { type AlertNotice, openState, type State } from "../../src/state/index.ts";
import { type Alerts, createAlerts } from "./alerts.ts";
import type { Announced } from "./watched.ts";

/** Alerts over a real state, a real warehouse and a clock of the test's own; notices are recorded. */
export interface AlertBench {
  readonly alerts: Alerts;
  readonly book: OpenBook;
  readonly state: State;
  readonly planned: AlertNotice[];
  /** What the ledger of corporate actions tells of income. */
  announce(rows: readonly Announced[]): void;
  /** Sets the clock. */
  at(instant: string): void;
  now(): Date;
  /** What an owner is told when saying something: the plain text; null where it was no order about alerts. */
  say(text: string, owner?: string, language?: "pt" | "en"): Promise<string | null>;
  /** Judges the rules and plans the notices; the plain texts of what was planned, as their owners read them. */
  turn(): Promise<readonly string[]>;
  compose(notice: AlertNotice): Promise<string>;
  /** The same after a restart: on the same file, with nothing in memory. */
  restarted(): Promise<AlertBench>;
  /** Another evaluator at the same time. It shares the connection: in one process a second one would wait for the first without end. */
  beside(): Promise<AlertBench>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly asOf?: string;
  readonly at: string;
  readonly maxPerHour?: number;
}

export type BenchGold = Parameters<typeof openTestBook>[0];

export async function openAlertBench(gold: BenchGold, options: BenchOptions): Promise<AlertBench> {
  const folder = await mkdtemp(join(tmpdir(), "alerts-"));
  const clock = { now: new Date(options.at) };
  const book = await openTestBook(gold, { asOf: options.asOf ?? null, clock: () => clock.now });
  const bench = await openOn({ folder, book, clock, options });
  return {
    ...bench,
    async close() {
      await bench.close();
      await book.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Shared {
  readonly folder: string;
  readonly book: OpenBook;
  readonly clock: { now: Date };
  readonly options: BenchOptions;
}

async function openOn(shared: Shared, kept?: State): Promise<AlertBench> {
  const { folder, book, clock, options } = shared;
  const now = () => clock.now;
  const state = kept ?? (await openState(join(folder, "state.db"), now));
  const { answers } = book;
  const access = createAccess({ brokers: () => answers.brokers() }, state.people);
  const planned: AlertNotice[] = [];
  const income: { rows: readonly Announced[] } = { rows: [] };
  const alerts = createAlerts({
    state,
    watch: answers.watch,
    lexicon: answers.lexicon,
    again: access.again,
    announced: async () => income.rows,
    hours: DEFAULT_HOURS,
    maxPerHour: options.maxPerHour ?? 6,
    now,
  });
  const plan = async (notice: AlertNotice): Promise<void> => {
    planned.push(notice);
  };
  const compose = async (notice: AlertNotice): Promise<string> => {
    const asker = await access.again(notice.owner);
    if (asker === null) return "access_gone";
    const made = await alerts.compose(notice.payload, asker);
    return "skip" in made ? made.skip : made.messages.map(({ text }) => text).join("\n---\n");
  };
  return {
    alerts,
    book,
    state,
    planned,
    announce: (rows) => {
      income.rows = rows;
    },
    at: (instant) => {
      clock.now = new Date(instant);
    },
    now,
    async say(text, owner = "corretor1", language = "pt") {
      const asker = await access.again(owner);
      if (asker === null) throw new Error(`${owner} may see nothing`);
      const turn = await alerts.order.take({ text, language }, { ...asker, language });
      return turn?.reply.message.text ?? null;
    },
    async turn() {
      const before = planned.length;
      await alerts.lookForAlerts(now());
      await alerts.notices(now(), plan);
      return Promise.all(planned.slice(before).map(compose));
    },
    compose,
    restarted: () => openOn(shared),
    beside: () => openOn(shared, state),
    close: () => state.close(),
  };
}
