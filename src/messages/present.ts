import type { Answer, AnswerData } from "../answers/answer.ts";
import { demoLine, footerOf } from "./footer.ts";
import { helpDraft } from "./help.ts";
import type { Message } from "./message.ts";
import { type Draft, messageOf, type OkAnswer, type Pen, penOf } from "./page.ts";
import { presentAllocation } from "./present/allocation.ts";
import { presentAum } from "./present/aum.ts";
import { presentClarify } from "./present/clarify.ts";
import { presentClients } from "./present/clients.ts";
import { presentHistory } from "./present/history.ts";
import { presentHolders } from "./present/holders.ts";
import { presentHolding } from "./present/holding.ts";
import { presentIncome } from "./present/income.ts";
import { presentMovers } from "./present/movers.ts";
import { presentAssetNotFound, presentNotFound } from "./present/not-found.ts";
import { presentPerformance } from "./present/performance.ts";
import { presentPortfolio } from "./present/portfolio.ts";
import { presentQuote } from "./present/quote.ts";
import { presentRanking } from "./present/ranking.ts";
import { presentRisk } from "./present/risk.ts";
import { presentUnsupported } from "./present/unsupported.ts";

/** Puts an answer in words, in the language of its question. Pure: the same answer gives the same message. */
export function present(answer: Answer): Message {
  const pen = penOf(answer.question.language, answer.status === "ok" ? answer.session : null);
  if (answer.status === "ok") return messageOf(draftOf(answer.result, answer, pen), footerOf(answer, pen));
  // Nothing of the data is said here: a source's time could tell a client that exists from one that does not.
  const footer = demoLine(answer.demo, pen);
  switch (answer.status) {
    case "clarify":
      return messageOf(presentClarify(answer.question, answer.reason, pen), footer);
    case "not_found":
      return messageOf(isAboutAsset(answer) ? presentAssetNotFound(pen) : presentNotFound(pen), footer);
    case "unsupported":
      return messageOf(presentUnsupported(answer.question.intent, pen), footer);
  }
}

/** Whether only an asset can be what was not found: these questions name no client. */
function isAboutAsset({ question }: Answer): boolean {
  return question.client === null && (question.intent === "quote" || question.intent === "holders");
}

function draftOf(result: AnswerData, answer: OkAnswer, pen: Pen): Draft {
  switch (result.intent) {
    case "portfolio":
      return presentPortfolio(result.data, pen);
    case "holding":
      return presentHolding(result.data, pen);
    case "allocation":
      return presentAllocation(result.data, pen);
    case "performance":
      return presentPerformance(result.data, pen, answer);
    case "movers":
      return presentMovers(result.data, pen, answer);
    case "history":
      return presentHistory(result.data, pen, answer);
    case "income":
      return presentIncome(result.data, pen, answer);
    case "ranking":
      return presentRanking(result.data, pen, answer);
    case "holders":
      return presentHolders(result.data, pen);
    case "aum":
      return presentAum(result.data, pen);
    case "risk":
      return presentRisk(result.data, pen, answer);
    case "quote":
      return presentQuote(result.data, pen);
    case "clients":
      return presentClients(result.data, pen);
    case "help":
      return helpDraft(pen);
  }
}
