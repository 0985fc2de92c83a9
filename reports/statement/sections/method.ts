import type { StatementData } from "../../../src/answers/answer.ts";
import { footerOf } from "../../../src/messages/footer.ts";
import type { Pen } from "../../../src/messages/page.ts";
import type { Issuer } from "../issuer.ts";
import type { SheetBlock } from "../sheet.ts";
import { capital } from "./cells.ts";

/** How figures are made and from what (docs/money.md in short), and what the law wants said beside them. */
export function methodBlocks(data: StatementData, issuer: Issuer, pen: Pen): readonly SheetBlock[] {
  const { method, notices } = pen.words.statement;
  const { asOf, sources, stale } = data;
  const [times, ...late] = footerOf({ asOf, sources, stale, demo: false }, pen);
  const used = times === undefined ? [] : [`${capital(times)}.`];
  return [
    {
      kind: "text",
      title: method.title,
      paragraphs: [...Object.values(method.lines), ...used, ...late.map((line) => `${line}.`)],
      style: "small",
    },
    {
      kind: "text",
      title: notices.title,
      paragraphs: [
        ...(data.demo ? [notices.demo] : []),
        notices.managerial(issuer.intermediary),
        notices.past,
        notices.gross,
        notices.noAdvice,
        notices.ombudsman(issuer.intermediary, issuer.ombudsman),
      ],
      style: "body",
    },
  ];
}
