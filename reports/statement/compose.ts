import type { StatementData } from "../../src/answers/answer.ts";
import { clientTitle, type Pen, penOf } from "../../src/messages/page.ts";
import type { Language } from "../../src/questions/question.ts";
import type { Issuer } from "./issuer.ts";
import { periodTitle } from "./period-title.ts";
import { coverOf } from "./sections/cover.ts";
import { incomeBlocks } from "./sections/income.ts";
import { methodBlocks } from "./sections/method.ts";
import { feesBlocks, operationsBlocks } from "./sections/operations.ts";
import { positionsBlocks } from "./sections/positions.ts";
import { resultBlocks } from "./sections/result.ts";
import { monthsBlocks, returnsBlocks } from "./sections/returns.ts";
import type { Sheet } from "./sheet.ts";

export interface Making {
  readonly issuer: Issuer;
  readonly madeAt: Date;
  readonly language: Language;
}

/** Puts a report's figures in words, in the order of reading. Pure: the same figures at the same moment give the same sheet. */
export function composeSheet(data: StatementData, { issuer, madeAt, language }: Making): Sheet {
  const pen = penOf(language);
  const { statement } = pen.words;
  const period = periodTitle({ ...data.period, live: data.live }, pen);
  const made = madeAt.toISOString();
  const asOf = asOfText(data, made, pen);
  const { footer } = statement;
  return {
    language,
    title: `${statement.title} — ${clientTitle(data)} — ${period}`,
    subject: statement.subject,
    author: issuer.broker,
    madeAt: made,
    cover: coverOf(data, issuer, asOf, pen),
    blocks: [
      ...returnsBlocks(data, pen),
      ...resultBlocks(data, pen),
      ...monthsBlocks(data, pen),
      ...positionsBlocks(data, asOf, pen),
      ...operationsBlocks(data, pen),
      ...incomeBlocks(data, pen),
      ...feesBlocks(data, pen),
      ...methodBlocks(data, issuer, pen),
    ],
    running: { left: `${clientTitle(data)} · ${period}`, right: statement.kind },
    foot: {
      left: [
        footer.made(pen.format.moment(made)),
        footer.asOf(data.asOf === null ? pen.format.day(data.day) : pen.format.moment(data.asOf)),
        footer.run(data.runId),
      ].join(" · "),
      page: statement.page,
    },
    mark: data.demo ? statement.demoMark : null,
  };
}

/** The close of a day, or the moment that a running day was looked at. */
function asOfText({ live, day }: StatementData, made: string, { format }: Pen): string {
  return live ? format.moment(made) : format.day(day);
}
