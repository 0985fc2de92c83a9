import type { Answer, AnswerData, AnswerStatus, SourceNote, StaleNote } from "../answers/answer.ts";
import type { Question } from "../questions/question.ts";

/** What `ask --json` prints. Written by JSON.stringify, every Decimal in it becomes a decimal string. */
export interface AnswerJson {
  readonly status: AnswerStatus;
  readonly question: Question;
  readonly asOf: string | null;
  readonly sources: readonly SourceNote[];
  readonly stale: readonly StaleNote[];
  /** The data of the intent; null unless the status is ok. */
  readonly data: AnswerData["data"] | null;
  readonly text: string;
}

/** The public object of an answer. `text` is its message's plain text. What was not said is null. */
export function answerToJson(answer: Answer, text: string): AnswerJson {
  const { intent, client, asset, period, benchmark, direction, limit } = answer.question;
  const answered = answer.status === "ok";
  return {
    status: answer.status,
    question: {
      intent,
      client,
      asset,
      period: period === null ? null : { kind: period.kind, from: period.from, to: period.to },
      benchmark,
      direction,
      limit,
    },
    asOf: answered ? answer.asOf : null,
    sources: answered ? answer.sources : [],
    stale: answered ? answer.stale : [],
    data: answered ? answer.result.data : null,
    text,
  };
}
