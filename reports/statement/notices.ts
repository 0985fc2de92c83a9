import type { StatementData } from "../../src/answers/answer.ts";
import { demoLine, footerOf } from "../../src/messages/footer.ts";
import type { Block, Message } from "../../src/messages/message.ts";
import { clientEmphasis, clientTitle, messageOf, penOf, textBlock } from "../../src/messages/page.ts";
import { presentNotFound } from "../../src/messages/present/not-found.ts";
import type { Language, Period } from "../../src/questions/question.ts";
import { periodTitle } from "./period-title.ts";

/** As many choices as a person can read at a glance. */
const OPTIONS_MAX = 8;

/** What goes with the file: whose it is, and what to look at before it is handed over. */
export function readyNotice(data: StatementData, periodSaid: boolean, language: Language): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  const { toCheck, unpriced } = data;
  const count = (number: number) => [pen.format.count(number), number > 1] as const;
  return messageOf(
    {
      headline: chat.ready(clientTitle(data), periodTitle({ ...data.period, live: data.live }, pen)),
      emphasis: [clientEmphasis(data)],
      blocks: [textBlock(periodSaid ? chat.pages : `${chat.pages} ${chat.defaultPeriod}`)],
      notes: [
        unpriced === 0 ? null : chat.unpriced(...count(unpriced)),
        toCheck === null ? null : chat.toCheck(...count(toCheck.warnings)),
      ],
    },
    footerOf(data, pen),
  );
}

/** The clients that may be meant, each as the whole order again. */
export function whichClientNotice(
  options: readonly { readonly id: string; readonly name: string }[],
  period: Period | null,
  language: Language,
): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  const shown = options.slice(0, OPTIONS_MAX);
  const rest = options.length - shown.length;
  const labels = shown.map(({ id, name }) => clientTitle({ client: id, clientName: name }));
  const lines = [
    ...labels.map((label) => `• ${label}`),
    ...(rest > 0 ? [pen.words.more(pen.format.count(rest))] : []),
  ];
  const buttons = shown.map(({ id }, place) => ({
    label: labels[place] ?? id,
    command: reportCommand(id, period, language),
  }));
  return said(chat.whichClient, [chat.whichClientHint, ...lines].join("\n"), [{ kind: "buttons", buttons }]);
}

export function clientMissingNotice(language: Language): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  return said(chat.clientMissing, chat.clientMissingHint);
}

export function periodUnclearNotice(text: string, language: Language): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  return said(chat.periodUnclear(text), chat.periodHint);
}

/** Word for word what a question about such a client is answered. */
export function notFoundNotice(demo: boolean, language: Language): Message {
  const pen = penOf(language);
  return messageOf(presentNotFound(pen), demoLine(demo, pen));
}

export function notSetUpNotice(settings: readonly string[], language: Language): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  return said(chat.notSetUp, chat.notSetUpHint(settings.join(` ${pen.words.and} `)));
}

export function busyNotice(language: Language): Message {
  const pen = penOf(language);
  const { chat } = pen.words.statement;
  return said(chat.busy, chat.busyHint);
}

/** The order in words that it is read back from: `relatório do cliente123 de 01/10/2026 a 31/10/2026`. */
export function reportCommand(client: string, period: Period | null, language: Language): string {
  const pt = penOf("pt").format;
  const [report, of, from, to, start] =
    language === "pt"
      ? ["relatório", "do cliente", "de", "a", "desde o início"]
      : ["report", "of client", "from", "to", "since inception"];
  const when =
    period === null
      ? ""
      : period.from === null
        ? ` ${start}`
        : ` ${from} ${pt.day(period.from)} ${to} ${pt.day(period.to)}`;
  return `${report} ${of} ${client}${when}`;
}

function said(headline: string, text: string, more: readonly Block[] = []): Message {
  return messageOf({ headline, blocks: [textBlock(text), ...more] }, []);
}
