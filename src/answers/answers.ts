import { sessionOnOrBefore } from "../market/calendar.ts";
import { instantAt } from "../market/clock.ts";
import { type MarketHours, sessionOf } from "../market/hours.ts";
import { addDays, dayIn, type IsoDay } from "../money/day.ts";
import type {
  ClarifyReason,
  Intent as IntentName,
  Lexicon,
  ParsedQuestion,
  Period,
} from "../questions/question.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import {
  type Param,
  type Row,
  type Snapshot,
  type Warehouse,
  WarehouseError,
} from "../warehouse/warehouse.ts";
import type { Answer, ExplanationData, Findings, StatementData, Upkeep } from "./answer.ts";
import { briefingOf } from "./briefing.ts";
import type { Briefing, BriefingRequest } from "./briefing-data.ts";
import { BrokerShelf } from "./broker-shelf.ts";
import { type AnswerContext, dayParam, type Intent, NO_BASIS } from "./context.ts";
import { explainHolding } from "./explain.ts";
import { findingsOf, readClientFindings } from "./findings.ts";
import { allocation } from "./intents/allocation.ts";
import { aum } from "./intents/aum.ts";
import { clients } from "./intents/clients.ts";
import { help } from "./intents/help.ts";
import { history } from "./intents/history.ts";
import { holders } from "./intents/holders.ts";
import { holding } from "./intents/holding.ts";
import { income } from "./intents/income.ts";
import { movers } from "./intents/movers.ts";
import { performance } from "./intents/performance.ts";
import { portfolio } from "./intents/portfolio.ts";
import { quote } from "./intents/quote.ts";
import { ranking } from "./intents/ranking.ts";
import { risk } from "./intents/risk.ts";
import { BENCHMARKS, IndexLevels } from "./levels.ts";
import { LexiconShelf } from "./lexicon.ts";
import { readStatement } from "./statement.ts";
import { readUpkeep } from "./upkeep.ts";
import { Watch } from "./watch.ts";

interface Handler {
  readonly answer: Intent;
  readonly needs: readonly ("client" | "asset")[];
}

/** What can be answered; every other intent is `unsupported`. */
const HANDLERS: Readonly<Partial<Record<IntentName, Handler>>> = {
  portfolio: { answer: portfolio, needs: ["client"] },
  holding: { answer: holding, needs: ["client", "asset"] },
  allocation: { answer: allocation, needs: ["client"] },
  performance: { answer: performance, needs: ["client"] },
  movers: { answer: movers, needs: [] },
  history: { answer: history, needs: ["client"] },
  income: { answer: income, needs: ["client"] },
  ranking: { answer: ranking, needs: [] },
  holders: { answer: holders, needs: ["asset"] },
  aum: { answer: aum, needs: [] },
  risk: { answer: risk, needs: ["client"] },
  quote: { answer: quote, needs: ["asset"] },
  clients: { answer: clients, needs: [] },
  help: { answer: help, needs: [] },
};

/** The day before all history, where there is no session to compare prices with. */
const NO_SESSION = "0001-01-01";

export interface Answers {
  /**
   * Answers a question about the clients of `brokers`, now or as known today about the Brazilian day of `at`. Throws
   * WarehouseError (`not_ready` before anything is published) and CalendarError.
   */
  answer(question: ParsedQuestion, brokers: readonly string[], at: Date | null): Promise<Answer>;
  /** The names that questions of these brokers may use. */
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
  /** Every broker that the published clients name. */
  brokers(): Promise<readonly string[]>;
  /** Where a holding's figures come from; null where these brokers have no such client, or it never held the asset. */
  explain(
    client: string,
    asset: string,
    brokers: readonly string[],
    at: Date | null,
  ): Promise<ExplanationData | null>;
  /** What a digest is made of; null where these brokers have no such client. */
  briefing(request: BriefingRequest): Promise<Briefing | null>;
  /**
   * All figures of one client's report on a period, from one version of the data, as of now or of the day of `at`; null where these
   * brokers have no such client.
   */
  statement(
    asked: { readonly client: string; readonly period: Period },
    brokers: readonly string[],
    at: Date | null,
  ): Promise<StatementData | null>;
  /** What a person should look at among these brokers' clients, or in one of them; null where they have no such client. */
  findings(brokers: readonly string[], client: string | null): Promise<Findings | null>;
  /** What alerts watch of these brokers' clients, now. Throws WarehouseError likewise. */
  watch(brokers: readonly string[]): Promise<Watch>;
  /** What of these brokers' book is old, late, missing or does not add up. */
  upkeep(brokers: readonly string[]): Promise<Upkeep>;
}

/** Makes the answers over a warehouse; `now` is the clock, `hours` are B3's. */
export function createAnswers(deps: {
  readonly warehouse: Warehouse;
  readonly now: () => Date;
  readonly hours: MarketHours;
}): Answers {
  const { warehouse, now, hours } = deps;
  const directory = new BrokerShelf(warehouse);
  const lexicons = new LexiconShelf(warehouse);
  const levels = new LevelsShelf(warehouse);
  const current = async (): Promise<Snapshot> => {
    const snapshot = await warehouse.current();
    if (snapshot === null)
      throw new WarehouseError("not_ready", "nothing is published yet: load a file first");
    return snapshot;
  };
  const contextOf = async (question: ParsedQuestion, brokers: readonly string[], at: Date | null) => {
    const snapshot = await current();
    return makeContext({
      warehouse,
      snapshot,
      question,
      brokers,
      at,
      now: now(),
      hours,
      levels: () => levels.of(snapshot),
    });
  };
  return {
    async answer(question, brokers, at) {
      const context = await contextOf(question, brokers, at);
      return await answerWith(context);
    },
    async lexicon(brokers) {
      return await lexicons.of(await current(), brokers);
    },
    async brokers() {
      return await directory.of(await current());
    },
    async explain(client, asset, brokers, at) {
      return await explainHolding(await contextOf(questionOf("holding", client, asset), brokers, at), {
        client,
        asset,
      });
    },
    async briefing({ brokers, client, at, before }) {
      const snapshot = await current();
      const over = before !== null && (at !== null || hasBegun(before, snapshot.asOf, { now: now(), hours }));
      const context = await contextOf(
        questionOf("aum", client),
        brokers,
        over ? endOfDay(addDays(before, -1)) : at,
      );
      return await briefingOf(context, { client, before, day: before ?? context.today });
    },
    async statement({ client, period }, brokers, at) {
      const question = { ...questionOf("portfolio", client), period };
      return await readStatement(await contextOf(question, brokers, at), client, period);
    },
    async findings(brokers, client) {
      const context = await contextOf(questionOf("portfolio", client), brokers, null);
      const findings =
        client === null
          ? findingsOf(await context.run(CATALOGUE.bookFindings, {}))
          : await readClientFindings(context, client);
      return findings === null ? null : { findings, demo: context.snapshot.demo };
    },
    async watch(brokers) {
      return new Watch(await contextOf(questionOf("clients", null), brokers, null));
    },
    async upkeep(brokers) {
      return await readUpkeep(await contextOf(questionOf("aum", null), brokers, null));
    },
  };
}

async function answerWith(context: AnswerContext): Promise<Answer> {
  const { question, snapshot } = context;
  const frame = { question, demo: snapshot.demo, ...NO_BASIS };
  const handler = HANDLERS[question.intent];
  if (handler === undefined) return { ...frame, status: "unsupported" };
  const missing = handler.needs.find((need) => question[need] === null);
  if (missing !== undefined) return { ...frame, status: "clarify", reason: MISSING[missing] };
  const outcome = await handler.answer(context);
  if (outcome === null) return { ...frame, status: "not_found" };
  const { session = null, ...basis } = outcome.basis;
  return { ...frame, ...basis, session, status: "ok", result: outcome.result };
}

const MISSING: Readonly<Record<"client" | "asset", ClarifyReason>> = {
  client: { code: "client_missing" },
  asset: { code: "asset_missing" },
};

/** Whether a day's figures are there already, or are coming in: its morning is then told as of the day before. */
function hasBegun(
  day: IsoDay,
  asOf: string | null,
  { now, hours }: { readonly now: Date; readonly hours: MarketHours },
): boolean {
  if (asOf !== null && asOf >= day) return true;
  const opensAt = sessionOf(day, hours)?.opensAt ?? null;
  return opensAt !== null ? now >= opensAt : dayIn(now) > day;
}

function endOfDay(day: IsoDay): Date {
  return instantAt({ day, time: "23:59", zone: "America/Sao_Paulo" });
}

interface Asking {
  readonly warehouse: Warehouse;
  readonly snapshot: Snapshot;
  readonly question: ParsedQuestion;
  readonly brokers: readonly string[];
  readonly at: Date | null;
  readonly now: Date;
  readonly hours: MarketHours;
  readonly levels: () => Promise<IndexLevels>;
}

function makeContext(asking: Asking): AnswerContext {
  const { warehouse, snapshot, question, brokers, at, now, hours, levels } = asking;
  const past = at !== null;
  const today = dayIn(at ?? now);
  const asOfOn = (day: string): string | null => {
    if (snapshot.asOf === null || day >= snapshot.asOf) return snapshot.asOf;
    return sessionOnOrBefore(day);
  };
  const scope: Readonly<Record<string, Param>> = { brokers: { type: "texts", value: brokers } };
  return {
    question,
    snapshot,
    today,
    now,
    hours,
    past,
    asOf: past ? asOfOn(today) : snapshot.asOf,
    run: (query, params) => warehouse.run(snapshot, query, { ...params, ...scope }),
    value(query, params, on = null) {
      const day = on ?? (past ? today : null);
      const asOf = dayParam((day === null ? snapshot.asOf : asOfOn(day)) ?? NO_SESSION);
      const shared = { ...params, ...scope, as_of: asOf };
      if (day === null) return warehouse.run(snapshot, query.now, shared);
      return warehouse.run(snapshot, query.at, { ...shared, day: dayParam(day) });
    },
    market: (query, params) => warehouse.run(snapshot, query, params),
    levels,
  };
}

/** The indices' levels, read once for each version: every return is compared with them. */
class LevelsShelf {
  readonly #warehouse: Warehouse;
  #rows: { readonly key: string; readonly read: Promise<readonly Row[]> } | null = null;
  #levels: { readonly key: string; readonly read: Promise<IndexLevels> } | null = null;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  async of(snapshot: Snapshot): Promise<IndexLevels> {
    const key = `${snapshot.runId} ${snapshot.quotesRunId}`;
    if (this.#levels?.key !== key) this.#levels = { key, read: this.#read(snapshot) };
    const kept = this.#levels;
    try {
      return await kept.read;
    } catch (error) {
      if (this.#levels === kept) this.#levels = null;
      throw error;
    }
  }

  /** The closes change with gold only; the running session is a handful of rows, every minute others. */
  async #read(snapshot: Snapshot): Promise<IndexLevels> {
    const indexes: Param = { type: "texts", value: BENCHMARKS };
    if (this.#rows?.key !== snapshot.runId) {
      const read = this.#warehouse.run(snapshot, CATALOGUE.indexLevels, { indexes });
      this.#rows = { key: snapshot.runId, read };
    }
    const kept = this.#rows;
    try {
      const [rows, live] = await Promise.all([
        kept.read,
        this.#warehouse.run(snapshot, CATALOGUE.liveLevels, { indexes }),
      ]);
      return new IndexLevels(rows, live);
    } catch (error) {
      if (this.#rows === kept) this.#rows = null;
      throw error;
    }
  }
}

function questionOf(intent: IntentName, client: string | null, asset: string | null = null): ParsedQuestion {
  return {
    intent,
    client,
    asset,
    period: null,
    benchmark: null,
    direction: null,
    limit: null,
    grouping: null,
    language: "pt",
  };
}
