import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Upkeep } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { findingsOf } from "./findings.ts";
import { basisOfBook } from "./freshness.ts";

/** What the asker's book holds that is stale or unreconciled: of instruments that their clients hold, and of those clients. */
export async function readUpkeep(context: AnswerContext): Promise<Upkeep> {
  const [instruments, findings] = await Promise.all([
    context.value({ now: CATALOGUE.bookInstruments, at: CATALOGUE.bookInstrumentsAt }, {}),
    context.run(CATALOGUE.bookFindings, {}),
  ]);
  const { asOf, sources, stale } = basisOfBook(instruments, context);
  return { asOf, sources, stale, findings: findingsOf(findings), demo: context.snapshot.demo };
}
