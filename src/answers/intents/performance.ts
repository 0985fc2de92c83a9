import type { Intent } from "../context.ts";
import { basisOfPeriod, measure, performanceIn } from "../measure.ts";
import { twelveMonths } from "../period.ts";
import { clientOf } from "./required.ts";

/** A client's return over a period, twelve months where none is said, against CDI where no other index is. */
export const performance: Intent = async (context) => {
  const { question, today } = context;
  const measured = await measure(context, clientOf(question), question.period ?? twelveMonths(today));
  if (measured === null) return null;
  const data = await performanceIn(context, measured, question.benchmark ?? "CDI");
  return { result: { intent: "performance", data }, basis: await basisOfPeriod(context, measured) };
};
