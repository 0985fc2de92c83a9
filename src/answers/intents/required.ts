import type { Question } from "../../questions/question.ts";

/** The client of a question of which `needs` says that it has one. */
export function clientOf(question: Question): string {
  if (question.client === null) throw new TypeError(`a question about ${question.intent} names a client`);
  return question.client;
}

/** The asset of a question of which `needs` says that it has one. */
export function assetOf(question: Question): string {
  if (question.asset === null) throw new TypeError(`a question about ${question.intent} names an asset`);
  return question.asset;
}
