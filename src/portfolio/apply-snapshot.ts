import { perUnit } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { type Ledger, positionOf, report, takeRate, touchMoney } from "./ledger.ts";
import { NEVER, type Position, rememberPrice } from "./position.ts";
import { contribute, cross } from "./settlement.ts";
import { marketValue, paidAmount } from "./terms.ts";
import { addDayFlow, book, setDeal } from "./units.ts";

/** One instrument in one custody statement, its rows of several brokerages added up. */
interface Statement {
  readonly event: PortfolioEvent;
  quantity: bigint;
  /** Null once a row did not state its average cost. */
  cost: bigint | null;
}

/**
 * Takes a day's custody snapshots (`custodia`), which come after everything else of the day.
 *
 * A file is one statement: its rows of one instrument add up. A position that nothing ever touched is opened by
 * it; any other is compared with it and left as it is.
 */
export function applySnapshots(ledger: Ledger, events: readonly PortfolioEvent[]): void {
  const statements = new Map<string, Statement>();
  for (const event of events) {
    const key = `${event.sourceFile}\n${event.instrument}`;
    const quantity = event.quantityE8 ?? 0n;
    const cost = event.instrument.startsWith("CAIXA-") ? quantity : paidAmount(event);
    const statement = statements.get(key);
    if (statement === undefined) {
      statements.set(key, { event, quantity, cost });
    } else {
      statement.quantity += quantity;
      statement.cost = statement.cost === null || cost === null ? null : statement.cost + cost;
    }
  }
  for (const statement of statements.values()) applyStatement(ledger, statement);
}

function applyStatement(ledger: Ledger, statement: Statement): void {
  const { event, quantity } = statement;
  const position = positionOf(ledger, event.instrument, event.currency);
  takeRate(ledger, event);
  if (position.currency !== event.currency) {
    report(ledger, event, "currency_differs");
  } else if (position.isCash && !ledger.client.controlsCash) {
    report(ledger, event, "cash_not_controlled");
  } else if (position.changeDay === NEVER) {
    if (quantity === 0n) return;
    if (position.isCash) contribute(ledger, event, quantity);
    else openFrom(ledger, position, statement);
  } else if (position.quantity !== quantity) {
    report(ledger, event, "snapshot_differs", { expected: quantity, found: position.quantity });
  }
}

function openFrom(ledger: Ledger, position: Position, { event, quantity, cost }: Statement): void {
  touchMoney(ledger, position, event);
  setDeal(ledger, position, { quantity, value: cost ?? 0n, fees: 0n, valueKnown: cost !== null });
  book(ledger, position, event);
  if (cost === null) report(ledger, event, "cost_unknown");
  const value = marketValue(event, quantity) ?? cost;
  if (value === null) return;
  rememberPrice(position, perUnit({ amount: value, units: quantity }), event.day);
  addDayFlow(ledger, position, value);
  cross(ledger, event, value);
}
