import type { Finding, Findings, ToCheck } from "../answers/answer.ts";
import type { Language } from "../questions/question.ts";
import { demoLine } from "./footer.ts";
import { UNKNOWN } from "./format.ts";
import { clientTitle, type Pen, penOf } from "./page.ts";

/** A terminal shows this many; a script takes all of them. */
const SHOWN = 100;

/** What a person should look at, as lines for a terminal: what it means, what to do, and the row it comes from. */
export function presentFindings({ findings, demo }: Findings, language: Language): readonly string[] {
  const pen = penOf(language);
  const { words, format } = pen;
  const footer = demoLine(demo, pen);
  if (findings.length === 0) return [words.findings.none, ...footer];
  const more = findings.length - SHOWN;
  return [
    words.findings.some(format.count(findings.length), findings.length > 1),
    "",
    ...findings.slice(0, SHOWN).map((finding) => lineOf(finding, pen)),
    ...(more > 0 ? [words.findings.more(format.count(more))] : []),
    ...footer,
  ];
}

/** `2 pontos a conferir: venda de …; veja com …`, below an answer that they concern; null where there is none. */
export function toCheckLine(
  { client, toCheck }: { readonly client: string; readonly toCheck?: ToCheck | null },
  pen: Pen,
): string | null {
  if (toCheck === undefined || toCheck === null) return null;
  const { words, format } = pen;
  const count = words.findings.some(format.count(toCheck.warnings), toCheck.warnings > 1);
  return words.named(count, `${sentenceOf(toCheck.first, pen)}; ${words.findings.all(client)}`);
}

/** `aviso  08/01/2026  Ana Souza · cliente1  venda de …`. */
function lineOf(finding: Finding, pen: Pen): string {
  const { words, format } = pen;
  const { client, clientName, severity, date } = finding;
  const owner =
    client === null ? words.findings.everybody : clientTitle({ client, clientName: clientName ?? "" });
  const day = date === null ? UNKNOWN : format.day(date);
  return [words.findings[severity], day, owner, sentenceOf(finding, pen)].join("  ");
}

/** What it means and what to do, with the row it comes from. */
export function sentenceOf(
  { code, asset, mergedInto, expected, found, sourceFile, rowNumber }: Finding,
  pen: Pen,
): string {
  const { words, format } = pen;
  const name = asset ?? UNKNOWN;
  const said = Object.hasOwn(words.findings.codes, code) ? words.findings.codes[code] : undefined;
  const text =
    mergedInto !== null
      ? words.findings.merged(name, mergedInto)
      : said === undefined
        ? words.findings.other(code, name)
        : said(name, format.quantity(expected), format.quantity(found));
  if (sourceFile === null || rowNumber === null) return text;
  return `${text} (${words.findings.row(sourceFile, format.count(rowNumber))})`;
}
