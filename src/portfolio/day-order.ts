import type { EventType, PortfolioEvent } from "./event.ts";

/** Types that change what a unit is: they come before every trade of the day. */
export const CORPORATE: ReadonlySet<EventType> = new Set([
  "desdobramento",
  "grupamento",
  "bonificacao",
  "conversao",
]);

/** Types that take units or cash away. */
export const TAKES: ReadonlySet<EventType> = new Set([
  "venda",
  "resgate",
  "vencimento",
  "fracao",
  "come_cotas",
  "transferencia_saida",
  "ir",
  "taxa",
  "retirada",
]);

/**
 * The place of an event in its day: corporate actions, then the rows of B3's exports that add, then rows of our own
 * format, then the rows of B3's exports that take away, and custody snapshots when all is done.
 */
function rank({ type, unordered }: PortfolioEvent): number {
  if (CORPORATE.has(type)) return 0;
  if (type === "custodia") return 4;
  if (!unordered) return 2;
  return TAKES.has(type) ? 3 : 1;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rows with a time before rows without one. */
function compareTime(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  return right === null ? -1 : compareText(left, right);
}

/**
 * Orders two events of one client and day (docs/money.md, rule 2): rank, time, file, row. A total order:
 * the result does not depend on the order in which files were loaded.
 */
export function compareWithinDay(left: PortfolioEvent, right: PortfolioEvent): number {
  return (
    rank(left) - rank(right) ||
    compareTime(left.time, right.time) ||
    compareText(left.sourceFile, right.sourceFile) ||
    left.rowNumber - right.rowNumber ||
    compareText(left.rowHash, right.rowHash)
  );
}

/** Whether a day is in order already, as it is in most files. */
export function isOrdered(day: readonly PortfolioEvent[]): boolean {
  let previous: PortfolioEvent | null = null;
  for (const event of day) {
    if (previous !== null && compareWithinDay(previous, event) > 0) return false;
    previous = event;
  }
  return true;
}
