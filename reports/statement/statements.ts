import type { StatementData } from "../../src/answers/answer.ts";
import type { Answers } from "../../src/answers/answers.ts";
import type { ChartPool } from "../../src/charts/pool.ts";
import { instantAt } from "../../src/market/clock.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Language, Period } from "../../src/questions/question.ts";
import { composeSheet } from "./compose.ts";
import { type IntermediarySettings, intermediaryOf } from "./issuer.ts";
import { periodSlug } from "./period-title.ts";
import type { Press } from "./press.ts";
import type { Sheet, SheetChart } from "./sheet.ts";

/** 190 dots an inch across the text of an A4 page: what a printer shows of a chart, at two thirds of the drawing. */
const PICTURE_PX = 1_280;

/** One client's report, asked for by somebody who sees these brokers' clients. */
interface StatementRequest {
  readonly client: string;
  readonly period: Period;
  readonly brokers: readonly string[];
  readonly language: Language;
  /** The moment it is asked as of; null: now. */
  readonly at: Date | null;
}

export interface StatementFile {
  readonly fileName: string;
  readonly mimeType: "application/pdf";
  readonly body: Uint8Array;
}

/** What became of a request. `not_found` alike for a client that does not exist and for another broker's. */
type StatementOutcome =
  | { readonly kind: "made"; readonly file: StatementFile; readonly data: StatementData }
  | { readonly kind: "not_found" }
  | { readonly kind: "not_set_up"; readonly missing: readonly string[] };

export interface StatementDeps {
  readonly answers: Pick<Answers, "statement">;
  readonly draw: ChartPool["draw"];
  readonly set: Press["set"];
  readonly settings: IntermediarySettings;
  /** What a broker is called in a report, by id. */
  readonly brokerName: (broker: string) => Promise<string>;
  readonly now: () => Date;
}

export interface Statements {
  /** Throws WarehouseError, CalendarError, ChartPoolError, and PressError. */
  make(request: StatementRequest): Promise<StatementOutcome>;
}

export function createStatements(deps: StatementDeps): Statements {
  return {
    async make(request) {
      const { client, period, brokers, language } = request;
      const madeAt = deps.now();
      const data = await deps.answers.statement({ client, period }, brokers, momentOf(request, madeAt));
      if (data === null) return { kind: "not_found" };
      const intermediary = intermediaryOf(deps.settings, { demo: data.demo, language });
      if ("missing" in intermediary) return { kind: "not_set_up", missing: intermediary.missing };
      const issuer = { broker: await deps.brokerName(data.broker), ...intermediary };
      const sheet = composeSheet(data, { issuer, madeAt, language });
      const body = await deps.set(sheet, await picturesOf(sheet, deps.draw));
      return { kind: "made", file: { fileName: nameOf(data), mimeType: "application/pdf", body }, data };
    },
  };
}

/**
 * The moment that figures are as of: the end of the period's last day, or the moment of asking where that day is not over. Null
 * is now, whose prices may still move.
 */
function momentOf({ period, at }: StatementRequest, now: Date): Date | null {
  if (period.to >= dayIn(at ?? now)) return at;
  return instantAt({ day: period.to, time: "23:59", zone: "America/Sao_Paulo" });
}

/** The pictures of a sheet, in the order of its charts: light, since they are printed, and without transparency. */
async function picturesOf({ blocks }: Sheet, draw: StatementDeps["draw"]): Promise<readonly Uint8Array[]> {
  const charts = blocks.filter((block): block is SheetChart => block.kind === "chart");
  return await Promise.all(
    charts.map(({ chart }) => draw(chart, { theme: "light", widthPx: PICTURE_PX, opaque: true })),
  );
}

/** Of letters that every system takes, as ids are anybody's to choose. */
function nameOf({ client, period }: StatementData): string {
  const id = client
    .normalize("NFD")
    .replace(/[^A-Za-z0-9._-]+/g, "")
    .slice(0, 60);
  return `relatorio-${id === "" ? "cliente" : id}-${periodSlug(period)}.pdf`;
}
