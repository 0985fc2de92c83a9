import type { Asker } from "../../src/access/access.ts";
import type { AuditedTurn } from "../../src/access/audit.ts";
import type { Answers } from "../../src/answers/answers.ts";
import type { Message } from "../../src/messages/message.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Language } from "../../src/questions/question.ts";
import {
  busyNotice,
  clientMissingNotice,
  notFoundNotice,
  notSetUpNotice,
  periodUnclearNotice,
  readyNotice,
  whichClientNotice,
} from "./notices.ts";
import { type ReportOrder, readReportOrder, reportWordIn } from "./read-order.ts";
import type { StatementFile, Statements } from "./statements.ts";

/** A report that was told to be made, as a conversation takes it. */
interface Told {
  readonly text: string;
  readonly language: Language;
  /** The instant that it is asked as of (ISO, with its offset); absent: now. */
  readonly at?: string;
}

interface Done {
  readonly reply: {
    readonly message: Message;
    readonly answer: null;
    readonly attachments?: readonly StatementFile[];
  };
  readonly audited: Pick<AuditedTurn, "intent" | "client" | "outcome">;
}

export interface StatementOrderDeps {
  readonly statements: Statements;
  readonly answers: Pick<Answers, "lexicon">;
  readonly demo: () => Promise<boolean>;
  readonly now: () => Date;
}

const INTENT = "statement";

/** Takes `relatório do cliente123 de outubro` and answers with the report as a file, for whoever asked and nobody else. */
export function createStatementOrder(deps: StatementOrderDeps): {
  take(told: Told, asker: Asker): Promise<Done | null>;
} {
  return {
    async take(told, asker) {
      const word = reportWordIn(told.text);
      if (word === null) return null;
      // Where nobody has set one, the answer is in the language of the order.
      const language = asker.person?.language ?? (told.language === "pt" ? word : told.language);
      const at = told.at === undefined ? null : new Date(told.at);
      const order = readReportOrder(told.text, {
        lexicon: await deps.answers.lexicon(asker.brokers),
        today: dayIn(at ?? deps.now()),
      });
      if (order === null) return null;
      if (order.kind === "report") return await make(deps, order, { asker, language, at });
      return await askedBack(deps, order, language);
    },
  };
}

async function make(
  { statements, demo }: StatementOrderDeps,
  { client, period, periodSaid }: Extract<ReportOrder, { kind: "report" }>,
  { asker, language, at }: { readonly asker: Asker; readonly language: Language; readonly at: Date | null },
): Promise<Done> {
  const request = { client, period, brokers: asker.brokers, language, at };
  const outcome = await statements.make(request).catch((error: unknown) => {
    if (isBusy(error)) return { kind: "busy" } as const;
    throw error;
  });
  switch (outcome.kind) {
    case "made":
      return {
        reply: {
          message: readyNotice(outcome.data, periodSaid, language),
          answer: null,
          attachments: [outcome.file],
        },
        audited: { intent: INTENT, client, outcome: "ok" },
      };
    case "not_found":
      return done(notFoundNotice(await demo(), language), "not_found");
    case "not_set_up":
      return done(notSetUpNotice(outcome.missing, language), "refused");
    case "busy":
      return done(busyNotice(language), "failed");
  }
}

async function askedBack(
  { demo }: StatementOrderDeps,
  order: Exclude<ReportOrder, { kind: "report" }>,
  language: Language,
): Promise<Done> {
  switch (order.kind) {
    case "which_client":
      return done(whichClientNotice(order.options, order.period, language), "clarify");
    case "client_missing":
      return done(clientMissingNotice(language), "clarify");
    case "period_unclear":
      return done(periodUnclearNotice(order.text, language), "clarify");
    case "not_found":
      return done(notFoundNotice(await demo(), language), "not_found");
  }
}

function done(message: Message, outcome: AuditedTurn["outcome"]): Done {
  return { reply: { message, answer: null }, audited: { intent: INTENT, client: null, outcome } };
}

/** Both the pictures' threads and the press turn away what comes when too many wait. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "busy";
}
