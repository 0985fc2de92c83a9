import type { Finding, StaleNote } from "../../../src/answers/answer.ts";
import { sentenceOf } from "../../../src/messages/findings.ts";
import { UNKNOWN } from "../../../src/messages/format.ts";
import type { Block } from "../../../src/messages/message.ts";
import { clientTitle, type Pen, tableOf, textBlock } from "../../../src/messages/page.ts";
import type { RejectedFile } from "../rejected.ts";
import { type Contents, ROWS_MAX, type Section } from "../section.ts";

/** What is stale, refused or does not agree: what a figure above may owe to the data. */
export const dataSection: Section = {
  line: (contents, pen) => {
    const said = parts(contents, pen);
    return said.length === 0
      ? null
      : textBlock(pen.words.named(pen.words.digest.data, said.join(" · ")), "warning");
  },
  draft: (contents, pen) => {
    const { briefing, rejected } = contents;
    const said = parts(contents, pen);
    if (said.length === 0) return null;
    return {
      headline: pen.words.named(pen.words.digest.data, said.join(" · ")),
      blocks: [
        findingsTable(warningsOf(briefing.findings), pen),
        staleTable(briefing.stale, pen),
        rejectedTable(rejected, pen),
      ],
    };
  },
};

function parts({ briefing, rejected }: Contents, { words, format }: Pen): readonly string[] {
  const rows = rejected.reduce((total, file) => total + file.rejected, 0);
  const counted = [
    { count: warningsOf(briefing.findings).length, say: words.digest.findings },
    { count: briefing.stale.length, say: words.digest.stale },
    { count: rows, say: words.digest.rejected },
  ];
  return counted.flatMap(({ count, say }) => (count === 0 ? [] : [say(format.count(count), count > 1)]));
}

function warningsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "warning");
}

function findingsTable(findings: readonly Finding[], pen: Pen): Block | null {
  const { words, format } = pen;
  return tableOf(
    {
      title: words.digest.findingsTitle,
      columns: [
        { label: words.columns.date, cell: ({ date }) => (date === null ? UNKNOWN : format.day(date)) },
        {
          label: words.columns.client,
          cell: ({ client, clientName }) =>
            client === null
              ? words.findings.everybody
              : clientTitle({ client, clientName: clientName ?? "" }),
        },
        { label: words.digest.columns.problem, cell: (finding) => sentenceOf(finding, pen) },
      ],
      rows: findings.slice(0, ROWS_MAX),
      more: findings.length - ROWS_MAX,
    },
    pen,
  );
}

function staleTable(stale: readonly StaleNote[], pen: Pen): Block | null {
  const { words, format } = pen;
  return tableOf(
    {
      title: words.digest.staleTitle,
      columns: [
        { label: words.columns.asset, cell: ({ asset }) => asset },
        {
          label: words.digest.columns.priceOf,
          cell: ({ priceAt }) => (priceAt === null ? UNKNOWN : format.moment(priceAt)),
        },
        { label: words.digest.columns.problem, cell: ({ reason }) => words.digest.staleReasons[reason] },
      ],
      rows: stale.slice(0, ROWS_MAX),
      more: stale.length - ROWS_MAX,
    },
    pen,
  );
}

function rejectedTable(rejected: readonly RejectedFile[], pen: Pen): Block | null {
  const { words, format } = pen;
  return tableOf(
    {
      title: words.digest.rejectedTitle,
      columns: [
        { label: words.digest.columns.file, cell: ({ fileName }) => fileName },
        { label: words.digest.columns.when, cell: ({ receivedAt }) => format.moment(receivedAt) },
        {
          label: words.digest.columns.rejected,
          align: "right",
          cell: ({ rejected: rows }) => format.count(rows),
        },
      ],
      rows: rejected.slice(0, ROWS_MAX),
      more: rejected.length - ROWS_MAX,
    },
    pen,
  );
}
