import { Press } from "../../reports/statement/press.ts";
import { createStatements, type Statements } from "../../reports/statement/statements.ts";
import type { Answers } from "../answers/answers.ts";
import type { ChartPool } from "../charts/pool.ts";
import type { People } from "../state/index.ts";
import type { Shell } from "./shell.ts";

/** Reports on clients over a book; their thread starts with the first one and ends with the shell. */
export function openStatements(
  { config, io, onEnd }: Shell,
  book: {
    readonly answers: Answers;
    readonly people: Pick<People, "list">;
    readonly draw: ChartPool["draw"];
  },
): Statements {
  const press = new Press();
  onEnd(() => press.close());
  return createStatements({
    answers: book.answers,
    draw: book.draw,
    set: press.set,
    settings: config.statement,
    brokerName: (broker) => nameOf(broker, book.people),
    now: io.now,
  });
}

/** The name of the one person who is this broker; the broker's id where nobody is, or several are. */
async function nameOf(broker: string, people: Pick<People, "list">): Promise<string> {
  const named = (await people.list()).filter(
    ({ role, brokers, removedAt }) => role === "broker" && removedAt === null && brokers.includes(broker),
  );
  const [one] = named;
  return one === undefined || named.length > 1 ? broker : one.name;
}
