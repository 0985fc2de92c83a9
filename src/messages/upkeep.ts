import type { Finding, StaleNote, Upkeep } from "../answers/answer.ts";
import type { Language } from "../questions/question.ts";
import { sentenceOf } from "./findings.ts";
import { footerOf } from "./footer.ts";
import { UNKNOWN } from "./format.ts";
import type { Message } from "./message.ts";
import { clientTitle, messageOf, type Pen, penOf, tableOf } from "./page.ts";

/** Rows shown of each kind; the rest are counted. */
const SHOWN = 15;
/** What is worst stands first. */
const ORDER: readonly StaleNote["reason"][] = ["missing", "old", "late", "operation_price"];

/** What of the asker's book is stale, and what does not add up, each with what to do about it. */
export function presentUpkeep(upkeep: Upkeep, language: Language): Message {
  const pen = penOf(language);
  const { words, format } = pen;
  const stale = upkeep.stale.toSorted((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason));
  const findings = toLookAt(upkeep);
  const counts = [
    ...(stale.length === 0 ? [] : [words.upkeep.stale(format.count(stale.length), stale.length > 1)]),
    ...(findings.length === 0
      ? []
      : [words.findings.some(format.count(findings.length), findings.length > 1)]),
  ];
  // What is stale is told by the table, not once more below it.
  const footer = footerOf({ ...upkeep, stale: [] }, pen);
  if (counts.length === 0) return messageOf({ headline: words.upkeep.fine, blocks: [] }, footer);
  return messageOf(
    {
      headline: counts.join(" · "),
      emphasis: counts.map((text) => ({ text })),
      tone: "warning",
      blocks: [staleTable(stale, pen), findingsTable(findings, pen)],
    },
    footer,
  );
}

/** Warnings only, and none of a price that is told as missing already. */
function toLookAt({ findings, stale }: Upkeep): readonly Finding[] {
  const missing = new Set(stale.filter(({ reason }) => reason === "missing").map(({ asset }) => asset));
  return findings.filter(
    ({ severity, code, asset, mergedInto }) =>
      severity === "warning" &&
      !(code === "price_missing" && mergedInto === null && asset !== null && missing.has(asset)),
  );
}

function staleTable(stale: readonly StaleNote[], pen: Pen) {
  const { words, format } = pen;
  const { upkeep } = words;
  return tableOf(
    {
      title: upkeep.staleTitle,
      columns: [
        { label: words.columns.asset, cell: ({ asset }) => asset },
        {
          label: upkeep.priceOf,
          cell: ({ priceAt }) => (priceAt === null ? UNKNOWN : format.moment(priceAt)),
        },
        { label: upkeep.state, cell: ({ reason }) => ({ text: upkeep.reasons[reason], tone: "warning" }) },
      ],
      rows: stale.slice(0, SHOWN),
      more: stale.length - SHOWN,
    },
    pen,
  );
}

function findingsTable(findings: readonly Finding[], pen: Pen) {
  const { words, format } = pen;
  return tableOf(
    {
      title: words.upkeep.findingsTitle,
      columns: [
        {
          label: words.columns.client,
          cell: ({ client, clientName }) =>
            client === null
              ? words.findings.everybody
              : clientTitle({ client, clientName: clientName ?? "" }),
        },
        { label: words.columns.date, cell: ({ date }) => (date === null ? UNKNOWN : format.day(date)) },
        { label: words.upkeep.look, cell: (finding) => sentenceOf(ownRow(finding), pen) },
      ],
      rows: findings.slice(0, SHOWN),
      more: findings.length - SHOWN,
    },
    pen,
  );
}

/** The row is named where it is of the asker's client: of an instrument it may stand in anybody's file. */
function ownRow(finding: Finding): Finding {
  return finding.client === null ? { ...finding, sourceFile: null } : finding;
}
